import { z } from "zod";
import { MINUTE } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import { sendMessage } from "../messages/mod.ts";
import type { Queue } from "../queue/types.ts";
import { callChannel, parseChannel } from "../realtime/mod.ts";
import { getUser } from "../users/mod.ts";
import { type CallDeps, decideOnCall } from "./change.ts";
import { ended, without } from "./join.ts";
import { LOOK_EVERY, LOST_AFTER, RINGS_FOR } from "./limits.ts";
import { silent, whomToRing } from "./ring.ts";
import type { Call } from "./types.ts";

export const LOOK_KIND = "calls:look";

const LookPayload = z.object({ callId: z.string() });

export interface CallJobDeps extends CallDeps {
  realtime: {
    presence: { isMember(channel: string, userId: string): Promise<boolean> };
  };
}

/** Registers the job that ends calls which nobody answers, and lets go of people who were cut off. */
export function registerCallJobs(queue: Queue, deps: CallJobDeps): void {
  queue.handle(LOOK_KIND, async (job) => {
    const { callId } = LookPayload.parse(job.payload);
    let call: Call;
    try {
      call = await lookAtCall(deps, callId);
    } catch (error) {
      if (error instanceof NexoraError && error.code === "not_found") return;
      throw error;
    }
    if (call.outcome === "missed") await tellMissed(deps, call);
    if (call.state === "ended") return;
    await queue.enqueue({
      kind: LOOK_KIND,
      payload: { callId },
      delay: LOOK_EVERY,
    });
  });
}

/** Ends a call that rang in vain, takes out who has been away from its channel for too long. */
export async function lookAtCall(
  deps: CallJobDeps,
  callId: string,
): Promise<Call> {
  return await decideOnCall<Call>(deps, callId, async (call) => {
    if (call.state === "ended") return { result: call };
    const at = deps.now();
    if (call.state === "ringing" && at - call.startedAt >= RINGS_FOR) {
      const room = parseChannel(call.channel)!;
      const after = ended(call, "missed", at);
      const rung = await whomToRing(deps.kv, room, call.startedBy.id);
      return {
        call: after,
        event: "call:ended",
        events: silent(after, rung),
        result: after,
      };
    }
    const lost: string[] = [];
    for (const [userId, { joinedAt }] of Object.entries(call.people)) {
      if (at - joinedAt < LOST_AFTER) continue;
      const there = await deps.realtime.presence.isMember(
        callChannel(call.id),
        userId,
      );
      if (!there) lost.push(userId);
    }
    return lost.length > 0 ? await without(deps, call, lost) : { result: call };
  });
}

/** Between two people a missed call stays in the conversation, where it is unread and notified like any message. */
async function tellMissed(deps: CallJobDeps, call: Call): Promise<void> {
  const room = parseChannel(call.channel);
  if (room?.subject.kind !== "dm") return;
  if (deps.now() - (call.endedAt ?? 0) > 10 * MINUTE) return;
  const author = await getUser(deps.kv, call.startedBy.id);
  if (!author) return;
  await sendMessage(deps, {
    channel: call.channel,
    author,
    content: call.video ? "📹 Missed video call" : "📞 Missed call",
    clientId: `missed-${call.id}`,
  });
}
