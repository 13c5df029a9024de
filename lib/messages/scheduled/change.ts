import { NexoraError } from "../../errors.ts";
import { del, keys, retryConflicts, unchanged } from "../../kv/mod.ts";
import { nullIfOvertaken } from "../../kv/overtaken.ts";
import type { MessageDeps } from "../change.ts";
import { expectTime, put, scheduledEvent } from "./schedule.ts";
import type { ScheduledMessage } from "./types.ts";

/**
 * Changes words or time of a message that waits, or gives one that failed another try.
 *
 * @throws {NexoraError} `not_found` when it has been sent or cancelled, `bad_request`
 */
export function editScheduled(
  deps: MessageDeps,
  userId: string,
  channel: string,
  id: string,
  { content, sendAt }: { content?: string; sendAt?: number },
): Promise<ScheduledMessage> {
  return retryConflicts(async () => {
    const entry = await find(deps, userId, channel, id);
    if (sendAt !== undefined || entry.value.state === "failed") {
      expectTime(sendAt ?? entry.value.sendAt, deps.now());
    }
    const after: ScheduledMessage = {
      ...entry.value,
      content: content ?? entry.value.content,
      sendAt: sendAt ?? entry.value.sendAt,
      state: "waiting",
      reason: null,
      revision: entry.value.revision + 1,
    };
    return await put(deps, after, unchanged(entry)) ? after : null;
  });
}

/** Lets a message not be sent. @throws {NexoraError} `not_found` when it has been sent or cancelled */
export function cancelScheduled(
  deps: MessageDeps,
  userId: string,
  channel: string,
  id: string,
): Promise<ScheduledMessage> {
  return retryConflicts(async () => {
    const entry = await find(deps, userId, channel, id);
    const after: ScheduledMessage = { ...entry.value, state: "cancelled" };
    const positions = await nullIfOvertaken(deps.log.append({
      events: [scheduledEvent(after)],
      checks: [unchanged(entry)],
      mutations: [del(entry.key)],
    }));
    return positions && after;
  });
}

async function find(
  { kv }: Pick<MessageDeps, "kv">,
  userId: string,
  channel: string,
  id: string,
): Promise<Deno.KvEntry<ScheduledMessage>> {
  const entry = await kv.get<ScheduledMessage>(keys.scheduled(userId, id));
  if (entry.value?.channel === channel) {
    return entry as Deno.KvEntry<ScheduledMessage>;
  }
  throw new NexoraError("not_found", "There is no such message that waits");
}
