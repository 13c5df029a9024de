import { NexoraError } from "../errors.ts";
import type { Deps } from "../platform.ts";
import { callChannel } from "../realtime/mod.ts";
import { callEnded, noSuchCall } from "./change.ts";
import { getCall } from "./find.ts";
import type { Signalling } from "./fields.ts";
import type { CallSignal } from "./types.ts";

/**
 * Passes a signal on to the others in a call. It is an event of the log like any other, so whoever reconnects in the
 * middle of a handshake gets what they missed, in order.
 *
 * @throws {NexoraError} `not_found`, `illegal_transition`, `forbidden` for whoever is not in it with this tab
 */
export async function sendSignal(
  { kv, log }: Pick<Deps, "kv" | "log">,
  callId: string,
  userId: string,
  { peer, to, signal }: Signalling,
): Promise<void> {
  const call = await getCall(kv, callId);
  if (call === null) throw noSuchCall();
  if (call.state === "ended") throw callEnded();
  if (call.people[userId]?.peer !== peer) {
    throw new NexoraError("forbidden", "Join the call with this tab first");
  }
  await log.append({
    events: [{
      channel: callChannel(callId),
      event: "call:signal",
      data: { from: { userId, peer }, to, signal } satisfies CallSignal,
    }],
  });
}
