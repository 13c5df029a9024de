export type { OwnStatus, PersonCard, Status, StatusState } from "./types.ts";
export { readCard } from "./card.ts";
export { IdleChange, StatusChange } from "./fields.ts";
export { getOwnStatus, getStatus, IDLE_AFTER, listStatuses } from "./read.ts";
export { listWatched } from "./watched.ts";
export { noteInput, setStatus } from "./change.ts";
