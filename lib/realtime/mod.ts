export * from "./channels.ts";
export * from "./events.ts";
export * from "./position.ts";
export * from "./closes.ts";
export type { Append, EventLog, LoggedEvent, NewEvent } from "./log/types.ts";
export { shardOf } from "./log/shards.ts";
export { accessChanged, channelClosed, sessionEnded } from "./control.ts";
