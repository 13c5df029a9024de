import { DAY } from "../../clock.ts";
import { NexoraError } from "../../errors.ts";
import { absent, type Check, keys, set } from "../../kv/mod.ts";
import { nullIfOvertaken } from "../../kv/overtaken.ts";
import type { NewJob } from "../../queue/types.ts";
import { type NewEvent, userChannel } from "../../realtime/mod.ts";
import type { User } from "../../users/mod.ts";
import type { MessageDeps } from "../change.ts";
import { readParent } from "../thread.ts";
import { quoteOf, type QuoteRef } from "../quote.ts";
import { listScheduled, MOST } from "./list.ts";
import type { ScheduledMessage } from "./types.ts";

export const SCHEDULED_KIND = "messages:scheduled";
/** How far ahead a message can wait. */
const FARTHEST = 365 * DAY;

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

export function expectTime(sendAt: number, now: number): void {
  if (sendAt > now && sendAt <= now + FARTHEST) return;
  throw new NexoraError("bad_request", undefined, {
    fields: { sendAt: "A time within the coming year" },
  });
}

/** Commits a message that waits with its job and its event. */
export async function put(
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
