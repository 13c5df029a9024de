import type { ParentChange, PlacedMessage } from "../../messages/types.ts";
import type { Unsent } from "./outbox.ts";
import { isFields } from "./frames.ts";

type Core = "id" | "channel" | "authorId" | "content" | "sentAt";

/** A message as the server tells it. What is not its core may be missing where an event tells less. */
export type Message =
  & Pick<PlacedMessage, Core>
  & Partial<Omit<PlacedMessage, Core>>;

/** A message as shown. */
export interface ChatItem extends Message {
  /** The same from the first keystroke to the last edit: for lists. */
  key: string;
  state: "sending" | "sent" | "failed";
  /** Why it failed. */
  error?: string;
  /** A change of it is on its way. */
  changing?: boolean;
}

/** Somebody writing in this browser. */
export interface Me {
  id: string;
  handle: string;
  name: string;
}

/** Reads the fields that everything here depends on; `null` for what is not a message. */
export function readMessage(value: unknown): Message | null {
  return isFields(value) && typeof value.id === "string" &&
      typeof value.authorId === "string" && typeof value.content === "string"
    ? value as unknown as Message
    : null;
}

export function readMessages(value: unknown): Message[] {
  return Array.isArray(value)
    ? value.flatMap((one) => readMessage(one) ?? [])
    : [];
}

/** Somebody else's client id says nothing to us, and must not take a pending message of ours away. */
export function ownClientId(message: Message, me: Me): string | null {
  return message.authorId === me.id ? message.clientId ?? null : null;
}

export function sentItem(message: Message, me: Me): ChatItem {
  const key = ownClientId(message, me) ?? message.id;
  return { ...message, key, state: "sent" };
}

export function unsentItem(unsent: Unsent, me: Me): ChatItem {
  const { clientId, channel, content, sentAt, parentId, state, error } = unsent;
  return {
    id: clientId,
    key: clientId,
    channel,
    content,
    sentAt,
    parentId,
    state,
    error,
    quote: unsent.quote ?? null,
    attachments: unsent.attachments ?? [],
    authorId: me.id,
    author: { handle: me.handle, name: me.name },
  };
}

/** What a list shows: the room's own messages, or the replies to one of them. */
export type Strand = string | null;

/** An event of the channel as a change of a list. Each may come twice: applied again, it changes nothing. */
export type MessageChange =
  | { kind: "new"; message: Message }
  /** `revision` of the message after it; without one it is taken to be newer than what is shown. */
  | { kind: "edit"; id: string; change: Partial<Message>; revision?: number }
  | { kind: "delete"; id: string };

/** What an event changes in any of the channel's lists. */
export function readChanges(
  event: string,
  data: unknown,
  position?: string,
): MessageChange[] {
  if (!isFields(data)) return [];
  // The event may be about the message or carry it.
  const about = isFields(data.message) ? data.message : data;
  const parent = parentChange(about.parent);
  if (event === "message:new") {
    const message = readMessage(about);
    if (!message) return parent;
    const placed = position === undefined ? message : { ...message, position };
    return [{ kind: "new", message: placed }, ...parent];
  }
  const id = about.id ?? about.messageId;
  if (typeof id !== "string") return [];
  const revision = typeof about.revision === "number"
    ? about.revision
    : undefined;
  switch (event) {
    case "message:edit":
    case "message:reaction":
    case "message:pin":
      return [{ kind: "edit", id, change: changeOf(about), revision }];
    case "message:delete": {
      if (!isFields(about.deleted)) return [{ kind: "delete", id }];
      const change = { ...TOMBSTONE, ...changeOf(about) };
      return [{ kind: "edit", id, change, revision }, ...parent];
    }
    default:
      return [];
  }
}

const TOMBSTONE: Partial<Message> = {
  content: "",
  reactions: [],
  pinned: null,
  quote: null,
  attachments: [],
};

/** Of an event only what a message has: who reacted and the like is not of the message. */
function changeOf(about: Record<string, unknown>): Partial<Message> {
  const change: Record<string, unknown> = {};
  for (
    const name of [
      "content",
      "editedAt",
      "mentions",
      "deleted",
      "reactions",
      "pinned",
      "revision",
      "thread",
    ]
  ) {
    if (name in about) change[name] = about[name];
  }
  return change as Partial<Message>;
}

function parentChange(parent: unknown): MessageChange[] {
  if (!isFields(parent) || typeof parent.id !== "string") return [];
  const { id, thread, revision } = parent as unknown as ParentChange;
  return [{ kind: "edit", id, change: { thread, revision }, revision }];
}

/**
 * Applies a change to a list of a strand, oldest first.
 *
 * @param strand the message whose replies the list shows; `null` for the room's own list
 */
export function applyChange(
  items: ChatItem[],
  change: MessageChange,
  me: Me,
  strand: Strand = null,
): ChatItem[] {
  if (change.kind === "new") {
    const { message } = change;
    if ((message.parentId ?? null) !== strand) return items;
    return items.some((item) => item.id === message.id)
      ? items
      : [...items, sentItem(message, me)];
  }
  const at = items.findIndex((item) => item.id === change.id);
  if (at < 0) return items;
  if (change.kind === "delete") return items.toSpliced(at, 1);
  const item = items[at]!;
  // An answer or a page may have told it already, and more.
  if ((change.revision ?? Infinity) <= (item.revision ?? 0)) return items;
  return items.with(at, { ...item, ...change.change, id: item.id });
}
