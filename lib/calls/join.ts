import { NexoraError } from "../errors.ts";
import type { User } from "../users/mod.ts";
import { type CallDeps, callEnded, decideOnCall } from "./change.ts";
import { MAX_PEOPLE } from "./limits.ts";
import { silent, whomToRing } from "./ring.ts";
import { parseChannel } from "../realtime/mod.ts";
import type { Call } from "./types.ts";

/**
 * Lets somebody into a call with one of their tabs. Joining from a second tab moves them there.
 *
 * @throws {NexoraError} `not_found`, `illegal_transition` when it has ended, `call_full`
 */
export function joinCall(
  deps: CallDeps,
  callId: string,
  user: Pick<User, "id" | "handle" | "name">,
  peer: string,
): Promise<Call> {
  const { id, handle, name } = user;
  return decideOnCall<Call>(deps, callId, (call) => {
    if (call.state === "ended") throw callEnded();
    const present = call.people[id];
    if (present?.peer === peer) return { result: call };
    if (!present && Object.keys(call.people).length >= MAX_PEOPLE) {
      throw new NexoraError(
        "call_full",
        `At most ${MAX_PEOPLE} people can be in a call`,
      );
    }
    const people = {
      ...call.people,
      [id]: { handle, name, peer, joinedAt: deps.now() },
    };
    const after: Call = {
      ...call,
      people,
      state: Object.keys(people).length > 1 ? "active" : call.state,
      revision: call.revision + 1,
    };
    return {
      call: after,
      event: "call:updated",
      events: silent(after, [id]),
      result: after,
    };
  });
}

/**
 * Takes somebody out; the call ends with the last, or with the second-last between two. Leaving a call that one is not
 * in, or with a tab that another has replaced, changes nothing.
 */
export function leaveCall(
  deps: CallDeps,
  callId: string,
  userId: string,
  peer: string | null,
): Promise<Call> {
  return decideOnCall<Call>(deps, callId, async (call) => {
    const present = call.people[userId];
    if (call.state === "ended" || !present) return { result: call };
    if (peer !== null && present.peer !== peer) return { result: call };
    return await without(deps, call, [userId]);
  });
}

/** Says that one does not come: between two people that ends the call. */
export function declineCall(
  deps: CallDeps,
  callId: string,
  userId: string,
): Promise<Call> {
  return decideOnCall<Call>(deps, callId, (call) => {
    const direct = parseChannel(call.channel)?.subject.kind === "dm";
    if (call.state !== "ringing" || userId === call.startedBy.id || !direct) {
      return {
        call: { ...call, revision: call.revision + 1 },
        event: "call:updated",
        events: silent(call, [userId]),
        result: call,
      };
    }
    const after = ended(call, "declined", deps.now());
    return {
      call: after,
      event: "call:ended",
      events: silent(after, [userId]),
      result: after,
    };
  });
}

/** The call without some of its people, and what follows from that. */
export async function without(deps: CallDeps, call: Call, userIds: string[]) {
  const people = Object.fromEntries(
    Object.entries(call.people).filter(([id]) => !userIds.includes(id)),
  );
  const left = Object.keys(people).length;
  const room = parseChannel(call.channel)!;
  const over = left === 0 ||
    (left === 1 && call.state === "active" && room.subject.kind === "dm");
  const after = over
    ? ended(
      { ...call, people: {} },
      call.state === "ringing" ? "cancelled" : "ended",
      deps.now(),
    )
    : { ...call, people, revision: call.revision + 1 };
  const rung = over && call.state === "ringing"
    ? await whomToRing(deps.kv, room, call.startedBy.id)
    : [];
  return {
    call: after,
    event: over ? "call:ended" as const : "call:updated" as const,
    events: silent(after, rung),
    result: after,
  };
}

export function ended(
  call: Call,
  outcome: NonNullable<Call["outcome"]>,
  at: number,
): Call {
  return {
    ...call,
    people: {},
    state: "ended",
    outcome,
    endedAt: at,
    revision: call.revision + 1,
  };
}
