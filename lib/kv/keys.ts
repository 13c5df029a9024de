/**
 * Every key of the store, a file a subject in `keys/`. Nobody writes an array-literal key anywhere else.
 * One function a row; `…Prefix` functions and plurals are for `kv.list`.
 */
export * from "./keys/realtime.ts";
export * from "./keys/users.ts";
export * from "./keys/own.ts";
export * from "./keys/standings.ts";
export * from "./keys/guilds.ts";
export * from "./keys/messages.ts";
export * from "./keys/notifications.ts";
export * from "./keys/bounties.ts";
export * from "./keys/disputes.ts";
export * from "./keys/activity.ts";
export * from "./keys/jobs.ts";
export * from "./keys/oracle.ts";
export * from "./keys/cache.ts";
export * from "./keys/blobs.ts";
export * from "./keys/search.ts";
export * from "./keys/ai.ts";
export * from "./keys/status.ts";
export * from "./keys/store.ts";
export * from "./keys/calls.ts";
export * from "./keys/uploads.ts";
