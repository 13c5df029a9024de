import { z } from "zod";
import { ERRORS, NexoraError } from "../../errors.ts";
import { del, keys, set, unchanged } from "../../kv/mod.ts";
import { nullIfOvertaken } from "../../kv/overtaken.ts";
import { getUser } from "../../users/mod.ts";
import type { MessageDeps } from "../change.ts";
import { enterRoom } from "../room.ts";
import { sendMessage } from "../send.ts";
import { scheduledEvent } from "./schedule.ts";
import type { ScheduledMessage } from "./types.ts";

export const ScheduledPayload = z.object({
  authorId: z.string(),
  id: z.string(),
  revision: z.number(),
});

/**
 * Sends a message whose time has come, once: its row goes in the commit that sends it. Whether its author may still
 * write there is asked now; if not, it stays as failed and its author is told.
 */
export async function sendScheduled(
  deps: MessageDeps,
  { authorId, id, revision }: z.infer<typeof ScheduledPayload>,
): Promise<void> {
  const { kv } = deps;
  const entry = await kv.get<ScheduledMessage>(keys.scheduled(authorId, id));
  const waiting = entry.value;
  if (waiting?.state !== "waiting" || waiting.revision !== revision) return;
  try {
    const author = await getUser(kv, authorId);
    const { room, user } = await enterRoom(
      deps,
      author,
      "write",
      waiting.channel,
    );
    await sendMessage(deps, {
      channel: room.name,
      author: user,
      content: waiting.content,
      clientId: `scheduled-${id}`,
      parentId: waiting.parentId ?? undefined,
      quote: waiting.quote ?? undefined,
      also: {
        events: [scheduledEvent({ ...waiting, state: "sent" })],
        checks: [unchanged(entry)],
        mutations: [del(entry.key)],
      },
    });
  } catch (error) {
    // What may succeed later (slow mode, a store that is away) is tried again by the queue.
    if (!(error instanceof NexoraError) || ERRORS[error.code].retry) {
      throw error;
    }
    const failed: ScheduledMessage = {
      ...waiting,
      state: "failed",
      reason: error.message,
    };
    await nullIfOvertaken(deps.log.append({
      events: [scheduledEvent(failed)],
      checks: [unchanged(entry)],
      mutations: [set(entry.key, failed)],
    }));
  }
}
