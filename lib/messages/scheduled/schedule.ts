import { DAY } from "../../clock.ts";
import { NexoraError } from "../../errors.ts";
import {
  absent,
  type Check,
  del,
  keys,
  retryConflicts,
  set,
  unchanged,
} from "../../kv/mod.ts";
import { nullIfOvertaken } from "../../kv/overtaken.ts";
import type { NewJob } from "../../queue/types.ts";
import { type NewEvent, userChannel } from "../../realtime/mod.ts";
import type { User } from "../../users/mod.ts";
import type { MessageDeps } from "../change.ts";
import { readParent } from "../thread.ts";
import { quoteOf, type QuoteRef } from "../quote.ts";
import type { ScheduledMessage } from "./types.ts";

export const SCHEDULED_KIND = "messages:scheduled";
/** How far ahead, and how many of somebody wait at most. */
const FARTHEST = 365 * DAY;
const MOST = 100;

export interface ScheduleMessage {
  channel: string;
  /** May write in the room now; asked again when it is sent. */
  author: Pick<User, "id" | "role">;
  content: string;
  /** Milliseconds. */
  sendAt: number;
  parentId?: string;
  quote?: QuoteRef;
}

/**
 * Keeps a message to be sent at a time.
 *
 * @throws {NexoraError} `bad_request` for a time that has passed or is too far, `not_found`, `illegal_transition`
 */
export async function scheduleMessage(
  deps: MessageDeps,
  given: ScheduleMessage,
): Promise<ScheduledMessage> {
  const { kv, now, newId } = deps;
  const { channel, author, content, sendAt, parentId, quote } = given;
  expectTime(sendAt, now());
  if (parentId) await readParent(kv, channel, parentId);
  if (quote) await quoteOf(deps, author, quote);
  if ((await listScheduled(deps, author.id)).length >= MOST) {
    throw new NexoraError(
      "illegal_transition",
      `At most ${MOST} messages can wait`,
    );
  }
  const message: ScheduledMessage = {
    id: newId(),
    channel,
    authorId: author.id,
    content,
    parentId: parentId ?? null,
    quote: quote ?? null,
    sendAt,
    createdAt: now(),
    state: "waiting",
    reason: null,
    revision: 0,
  };
  await put(deps, message, absent(keys.scheduled(author.id, message.id)));
  return message;
}

function expectTime(sendAt: number, now: number): void {
  if (sendAt > now && sendAt <= now + FARTHEST) return;
  throw new NexoraError("bad_request", undefined, {
    fields: { sendAt: "A time within the coming year" },
  });
}

/** Commits a message that waits with its job and its event. */
async function put(
  { log, queue, now }: MessageDeps,
  message: ScheduledMessage,
  check: Check,
): Promise<boolean> {
  const jobs = queue.plan([sendJob(message, now())]);
  const positions = await nullIfOvertaken(log.append({
    events: [scheduledEvent(message)],
    checks: [check, ...jobs.checks],
    mutations: [
      set(keys.scheduled(message.authorId, message.id), message),
      ...jobs.mutations,
    ],
  }));
  if (positions === null) return false;
  queue.ring();
  return true;
}

/** The job of one revision: an edit leaves the earlier job with nothing to do. */
function sendJob(
  { authorId, id, revision, sendAt }: ScheduledMessage,
  now: number,
): NewJob {
  return {
    kind: SCHEDULED_KIND,
    payload: { authorId, id, revision },
    delay: Math.max(0, sendAt - now),
  };
}

export function scheduledEvent(message: ScheduledMessage): NewEvent {
  return {
    channel: userChannel(message.authorId),
    event: "message:scheduled",
    data: message,
  };
}

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

/** What of somebody waits, the next first; of one room where one is given. */
export async function listScheduled(
  { kv }: Pick<MessageDeps, "kv">,
  userId: string,
  channel?: string,
): Promise<ScheduledMessage[]> {
  const rows = kv.list<ScheduledMessage>(
    { prefix: keys.scheduledOf(userId) },
    { limit: 2 * MOST },
  );
  const all = await Array.fromAsync(rows, (row) => row.value);
  return all.filter((one) => channel === undefined || one.channel === channel)
    .sort((a, b) => a.sendAt - b.sendAt);
}
