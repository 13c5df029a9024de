import { SECOND } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import {
  absent,
  type Check,
  keys,
  retryConflicts,
  set,
  unchanged,
} from "../kv/mod.ts";
import { nullIfOvertaken } from "../kv/overtaken.ts";
import { inTurn } from "../kv/turns.ts";
import {
  type Channel,
  formatPosition,
  orderKey,
  parseChannel,
} from "../realtime/mod.ts";
import { messageActivity } from "./activity.ts";
import type { MessageDeps } from "./change.ts";
import { compose, type SendMessage } from "./compose.ts";
import { indexJob, roomRows } from "./follow.ts";
import type { AuthorHead, RoomHead } from "./ledger.ts";
import { slowMode } from "./moderation/slow.ts";
import { onceRow, readOnce } from "./once.ts";
import { conversationRows, messageRow, placeMessage } from "./rows.ts";
import { planTellings } from "./tell.ts";
import { newFollowers, NO_FOLLOWERS } from "./threads/followers.ts";
import { readParent, withReply } from "./thread.ts";
import { expectReader } from "./reader.ts";
import type { Message, MessageNew } from "./types.ts";

export interface SentMessage {
  message: Message;
  /** `epoch.seq.index`: the position of its event. */
  position: string;
  /** It had been sent before; there was no second event. */
  repeated: boolean;
}

/**
 * Sends a message: rows, ledger, counts, jobs and `message:new` in one commit. The same client id, whether one after
 * the other or at the same time in several isolates, is one message with one event.
 *
 * @throws {NexoraError} `not_found` when there is nobody at the other end of a direct conversation, no parent, or no
 * message to quote; `rate_limited` in slow mode; `illegal_transition` for a thread in a thread; `bad_request`
 */
export async function sendMessage(
  deps: MessageDeps,
  given: SendMessage,
): Promise<SentMessage> {
  const room = parseChannel(given.channel);
  if (!room) throw new NexoraError("not_found", "There is no such channel");
  await expectReader(deps.kv, room.subject, given.author.id);
  const message = await compose(deps, room, given);
  const { channel, parentId } = message;
  // Replies to one message change its row: in one isolate one after the other, or they would overtake each other.
  return parentId === null
    ? await commitMessage(deps, room, given, message)
    : await inTurn(
      `message ${channel} ${parentId}`,
      () => commitMessage(deps, room, given, message),
    );
}

async function commitMessage(
  deps: MessageDeps,
  room: Channel,
  { author, device = null, also }: SendMessage,
  message: Message,
): Promise<SentMessage> {
  const { kv, log, queue } = deps;
  const { channel, clientId, parentId, sentAt } = message;
  const { subject } = room;
  const told = await planTellings(deps, room, message);
  const did = messageActivity(deps, subject, author.id, device);
  const follow = indexJob(deps, channel);
  const onceKey = clientId === null
    ? null
    : keys.messageByClientId(channel, author.id, clientId);
  let onceCheck: Check | null = onceKey && absent(onceKey);
  const sentBefore = async (): Promise<SentMessage | null> => {
    if (!onceKey) return null;
    const { entry, sent } = await readOnce(kv, onceKey, channel, sentAt);
    onceCheck = unchanged(entry);
    // Our own message, when the first answer of the store was lost on the way.
    return sent && { ...sent, repeated: sent.message.id !== message.id };
  };

  return await retryConflicts(async () => {
    const slow = await slowMode(deps, room, author);
    if (slow.wait > 0) {
      const before = await sentBefore();
      if (before) return before;
      throw new NexoraError(
        "rate_limited",
        "This room is in slow mode, wait a little",
        { retryAfter: slow.wait / SECOND },
      );
    }
    const parent = parentId === null
      ? null
      : await readParent(kv, channel, parentId);
    const followers = parent
      ? await newFollowers(kv, parent.value, message, told.named)
      : NO_FOLLOWERS;
    const answered = parent && withReply(parent.value, message);
    const data: MessageNew = answered
      ? {
        ...message,
        parent: {
          id: answered.id,
          thread: answered.thread,
          revision: answered.revision,
        },
      }
      : message;
    let jobs = false;
    const positions = await nullIfOvertaken(log.append({
      events: [
        { channel, event: "message:new", data },
        ...followers.events,
        ...(also?.events ?? []),
      ],
      checks: [
        ...(onceCheck ? [onceCheck] : []),
        ...slow.checks,
        ...(parent ? [unchanged(parent)] : []),
        ...(also?.checks ?? []),
      ],
      kept: [keys.room(channel), keys.author(channel, author.id)],
      rows: 12 + told.rows + followers.count + (also?.mutations.length ?? 0),
      mutations: ([position], at, [roomHead, authorHead]) => {
        const order = orderKey(position!);
        const placed = placeMessage(
          message,
          order,
          roomHead as RoomHead | null,
          authorHead as AuthorHead | null,
        );
        const rooms = roomRows(channel, placed.room, at, follow);
        jobs = told.jobs.length > 0 || rooms.length > 1;
        return [
          ...placed.rows,
          ...rooms,
          set(keys.author(channel, author.id), placed.author),
          ...told.mentions(order),
          ...told.jobs,
          ...did,
          ...(answered ? [messageRow({ ...answered, lastReply: order })] : []),
          ...followers.rows(order),
          ...(subject.kind === "dm" && !answered
            ? conversationRows(message, subject.userIds)
            : []),
          ...(onceKey ? [onceRow(onceKey, { order, parentId }, sentAt)] : []),
          ...(also?.mutations ?? []),
        ];
      },
    }));
    if (positions === null) return await sentBefore();
    if (jobs) queue.ring();
    const [position] = positions;
    return { message, position: formatPosition(position!), repeated: false };
  });
}
