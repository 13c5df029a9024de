export * from "./types.ts";
export { ACTIVITY_KEPT, activityOf, activityRow } from "./record.ts";
export { listActivity } from "./list.ts";
