export type { OwnStatus, Status, StatusState } from "./types.ts";
export { IdleChange, StatusChange } from "./fields.ts";
export { getOwnStatus, getStatus, IDLE_AFTER, listStatuses } from "./read.ts";
export { noteInput, setStatus } from "./change.ts";
