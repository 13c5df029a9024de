import { commitTogether } from "../commit_together.ts";
import { NexoraError } from "../errors.ts";
import {
  type Check,
  keys,
  type Mutation,
  retryConflicts,
  set,
  unchanged,
} from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import type { NewJob } from "../queue/types.ts";
import type { NewEvent } from "../realtime/mod.ts";
import { KEPT } from "./limits.ts";
import type { Call, CallTold } from "./types.ts";

export type CallDeps = Pick<
  Deps,
  "kv" | "now" | "newId" | "log" | "queue" | "policy"
>;

/** What becomes of a call. */
export interface CallDecision<T> {
  call: Call;
  /** On the room's channel. */
  event: "call:started" | "call:updated" | "call:ended";
  /** For people: their devices ring, or stop ringing. */
  events?: NewEvent[];
  jobs?: NewJob[];
  result: T;
}

/** Reads a call, decides, commits row, room's pointer, events and jobs together; anew when somebody came in between. */
export function decideOnCall<T>(
  deps: CallDeps,
  callId: string,
  decide: (
    call: Call,
  ) =>
    | CallDecision<T>
    | { result: T }
    | Promise<
      CallDecision<T> | { result: T }
    >,
): Promise<T> {
  const { kv } = deps;
  return retryConflicts(async () => {
    const entry = await kv.get<Call>(keys.call(callId));
    if (entry.value === null) throw noSuchCall();
    const decision = await decide(entry.value);
    if (!("call" in decision)) return { result: decision.result };
    const pointer = await kv.get<string>(keys.callInRoom(entry.value.channel));
    const points = decision.call.state === "ended" && pointer.value === callId;
    const committed = await commitCall(deps, decision, {
      checks: [unchanged(entry), ...points ? [unchanged(pointer)] : []],
      mutations: points ? [{ type: "delete", key: pointer.key }] : [],
    });
    return committed ? { result: decision.result } : null;
  }).then(({ result }) => result);
}

/** One atomic for what became of a call; `false` when somebody came in between. */
export function commitCall<T>(
  deps: CallDeps,
  { call, event, events = [], jobs }: CallDecision<T>,
  rows: { checks: Check[]; mutations: Mutation[] },
): Promise<boolean> {
  const data: CallTold = { call };
  return commitTogether(deps, {
    checks: rows.checks,
    mutations: [callRow(call), ...rows.mutations],
    events: [{ channel: call.channel, event, data }, ...events],
    jobs,
  });
}

function callRow(call: Call): Mutation {
  return set(
    keys.call(call.id),
    call,
    call.state === "ended" ? KEPT : undefined,
  );
}

export function noSuchCall(): NexoraError {
  return new NexoraError("not_found", "There is no such call");
}

export function callEnded(): NexoraError {
  return new NexoraError("illegal_transition", "The call has ended");
}
