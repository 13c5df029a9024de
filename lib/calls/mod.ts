export type {
  Call,
  CallPerson,
  CallSignal,
  CallTold,
  Signal,
} from "./types.ts";
export { Joining, NewCall, Signalling } from "./fields.ts";
export { MAX_PEOPLE } from "./limits.ts";
export { type CallDeps } from "./change.ts";
export { getCall, getCallOf } from "./find.ts";
export { startCall } from "./start.ts";
export { declineCall, joinCall, leaveCall } from "./join.ts";
export { sendSignal } from "./signal.ts";
export { lookAtCall, registerCallJobs } from "./look.ts";
export { type IceConfig, iceServers } from "./ice.ts";
