import { z } from "zod";
import type { NewEvent } from "./log/types.ts";

/**
 * Words of one isolate to all others, over the same log as every event. Clients cannot name the channel: `#` is not
 * allowed in their channel names.
 */
export const CONTROL_CHANNEL = "#control";

export const Control = z.discriminatedUnion("type", [
  /** Close every connection of a user (Pusher's `terminate_connections`). */
  z.object({ type: z.literal("terminate"), userId: z.string() }),
  /** Somebody's rights have changed: ask the policy again for what it let in. */
  z.object({ type: z.literal("recheck"), userId: z.string() }),
  /** A room is no more: ask the policy again for everybody in it and in its twins. */
  z.object({ type: z.literal("close-channel"), channel: z.string() }),
  /** A session has ended: its connections are nobody's now. */
  z.object({ type: z.literal("end-session"), tokenHash: z.string() }),
  /** An isolate has started: its subscribers count from now on. */
  z.object({ type: z.literal("node-up"), nodeId: z.string() }),
  /** An admin looks at the page that node `by` serves: report for some seconds. */
  z.object({ type: z.literal("inspect"), by: z.string() }),
]);
export type Control = z.infer<typeof Control>;

export function controlEvent(control: Control): NewEvent {
  return { channel: CONTROL_CHANNEL, event: "control", data: control };
}

/** To commit together with a change of what `userId` may see. */
export function accessChanged(userId: string): NewEvent {
  return controlEvent({ type: "recheck", userId });
}

/** To commit together with the end of a session. */
export function sessionEnded(tokenHash: string): NewEvent {
  return controlEvent({ type: "end-session", tokenHash });
}

/** To commit together with the end of what `channel` is about, e.g. of a guild. */
export function channelClosed(channel: string): NewEvent {
  return controlEvent({ type: "close-channel", channel });
}
