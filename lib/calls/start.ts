import { absent, keys, retryConflicts, set, unchanged } from "../kv/mod.ts";
import type { Channel } from "../realtime/mod.ts";
import type { User } from "../users/mod.ts";
import { type CallDeps, commitCall } from "./change.ts";
import { getCall } from "./find.ts";
import { LOOK_KIND } from "./look.ts";
import { RINGS_FOR } from "./limits.ts";
import { ringing, whomToRing } from "./ring.ts";
import type { Call } from "./types.ts";

/**
 * Starts a call in a room, or finds the one that goes on there: two who call each other at once meet in one call. The
 * caller must be allowed to write there; nobody is in it until they join.
 */
export async function startCall(
  deps: CallDeps,
  room: Channel,
  user: Pick<User, "id" | "handle" | "name">,
  { video }: { video: boolean },
): Promise<{ call: Call; started: boolean }> {
  const { kv, now, newId } = deps;
  const rung = await whomToRing(kv, room, user.id);
  const { id, handle, name } = user;
  return await retryConflicts(async () => {
    const pointer = await kv.get<string>(keys.callInRoom(room.name));
    const present = pointer.value && await getCall(kv, pointer.value);
    if (present && present.state !== "ended") {
      return { call: present, started: false };
    }
    const call: Call = {
      id: newId(),
      channel: room.name,
      video,
      startedBy: { id, handle, name },
      startedAt: now(),
      state: "ringing",
      people: {},
      endedAt: null,
      outcome: null,
      revision: 1,
    };
    const committed = await commitCall(deps, {
      call,
      event: "call:started",
      events: ringing(call, rung),
      jobs: [{
        kind: LOOK_KIND,
        payload: { callId: call.id },
        delay: RINGS_FOR,
      }],
      result: null,
    }, {
      checks: [unchanged(pointer), absent(keys.call(call.id))],
      mutations: [set(pointer.key, call.id)],
    });
    return committed ? { call, started: true } : null;
  });
}
