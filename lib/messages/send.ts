import { activityRow } from "../activity/mod.ts";
import { DAY } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import {
  absent,
  type Check,
  keys,
  type Mutation,
  retryConflicts,
  set,
  unchanged,
} from "../kv/mod.ts";
import { nullIfOvertaken } from "../kv/overtaken.ts";
import type { Deps } from "../platform.ts";
import {
  formatPosition,
  orderKey,
  parseChannel,
  parseOrderKey,
  type Subject,
} from "../realtime/mod.ts";
import { getUser, type User } from "../users/mod.ts";
import {
  conversationRows,
  headRows,
  newMessage,
  placeMessage,
  type StoredMessage,
} from "./rows.ts";
import { messageOf } from "./find.ts";
import type { AuthorHead, RoomHead } from "./ledger.ts";
import type { Message } from "./types.ts";

/** Milliseconds for which the same client id is the same message. */
export const CLIENT_ID_KEPT = DAY;

export interface SendMessage {
  /** Name of a room that the author may write into; see `enterRoom`. */
  channel: string;
  author: Pick<User, "id" | "handle" | "name">;
  /** Parsed by `Content`. */
  content: string;
  clientId?: string;
  device?: string | null;
}

export interface SentMessage {
  message: Message;
  /** `epoch.seq.index`: the position of its event. */
  position: string;
  /** It had been sent before; there was no second event. */
  repeated: boolean;
}

/** What a client id became. */
interface ByClientId {
  order: string;
  expiresAt: number;
}

/**
 * Sends a message: rows and `message:new` in one commit. The hot path reads nothing; the same client id, whether one
 * after the other or at the same time in several isolates, is one message with one event.
 *
 * @throws {NexoraError} `not_found` when there is nobody at the other end of a direct conversation
 */
export async function sendMessage(
  deps: Pick<Deps, "kv" | "now" | "newId" | "log">,
  { channel, author, content, clientId, device = null }: SendMessage,
): Promise<SentMessage> {
  const { kv, log, now, newId } = deps;
  const subject = parseChannel(channel)?.subject;
  if (!subject) throw new NexoraError("not_found", "There is no such channel");
  await expectReader(kv, subject, author.id);
  const sentAt = now();
  const message = newMessage({
    id: newId(),
    channel,
    authorId: author.id,
    author: { handle: author.handle, name: author.name },
    content,
    sentAt,
    clientId: clientId ?? null,
  });
  const did = activity(deps, subject, author.id, device);
  const onceKey = clientId === undefined
    ? null
    : keys.messageByClientId(channel, author.id, clientId);
  let onceCheck: Check | null = onceKey && absent(onceKey);

  return await retryConflicts(async () => {
    const positions = await nullIfOvertaken(log.append({
      events: [{ channel, event: "message:new", data: message }],
      checks: onceCheck ? [onceCheck] : [],
      kept: [keys.room(channel), keys.author(channel, author.id)],
      mutations: ([position], _at, [room, by]) => {
        const order = orderKey(position!);
        const placed = placeMessage(
          message,
          order,
          room as RoomHead | null,
          by as AuthorHead | null,
        );
        const rows = [
          ...placed.rows,
          ...headRows(message, placed.room, placed.author),
          ...did,
        ];
        if (subject.kind === "dm") {
          rows.push(...conversationRows(message, subject.userIds));
        }
        if (onceKey) {
          const once: ByClientId = {
            order,
            expiresAt: sentAt + CLIENT_ID_KEPT,
          };
          rows.push(set(onceKey, once, CLIENT_ID_KEPT));
        }
        return rows;
      },
    }));
    if (positions) {
      return {
        message,
        position: formatPosition(positions[0]!),
        repeated: false,
      };
    }
    const once = await kv.get<ByClientId>(onceKey!);
    if (once.value !== null && once.value.expiresAt > sentAt) {
      const { order } = once.value;
      const stored = await kv.get<StoredMessage>(keys.message(channel, order));
      if (stored.value !== null) {
        return {
          message: messageOf(stored.value),
          position: formatPosition(parseOrderKey(order)!),
          // Our own message, when the first answer of the store was lost on the way.
          repeated: stored.value.id !== message.id,
        };
      }
    }
    // The row has expired but is still there, or its message is gone: the client id is free again.
    onceCheck = unchanged(once);
    return null;
  });
}

/** A direct conversation needs somebody at its other end. */
async function expectReader(
  kv: Deno.Kv,
  subject: Subject,
  authorId: string,
): Promise<void> {
  if (subject.kind !== "dm") return;
  const other = subject.userIds.find((id) => id !== authorId) ?? authorId;
  if (await getUser(kv, other) === null) {
    throw new NexoraError("not_found", "There is no such person");
  }
}

/** The oracle reads of messages to a guild or to a person; what is said before a tribunal is not its business. */
function activity(
  deps: Pick<Deps, "now" | "newId">,
  subject: Subject,
  actorId: string,
  device: string | null,
): Mutation[] {
  if (subject.kind === "guild") {
    return [
      activityRow(deps, {
        kind: "message_sent",
        actorId,
        guildId: subject.guildId,
        device,
      }),
    ];
  }
  if (subject.kind === "dm") {
    const counterpartyId = subject.userIds.find((id) => id !== actorId) ??
      actorId;
    return [
      activityRow(deps, {
        kind: "message_sent",
        actorId,
        counterpartyId,
        device,
      }),
    ];
  }
  return [];
}
