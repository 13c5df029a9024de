import type { Unsent } from "./outbox.ts";
import { isFields } from "./frames.ts";

/** A message as the server tells it. */
export interface Message {
  id: string;
  channel: string;
  authorId: string;
  content: string;
  /** Milliseconds. */
  sentAt: number;
  clientId?: string | null;
  author?: { handle: string; name: string };
  editedAt?: number | null;
}

/** A message as shown. */
export interface ChatItem extends Message {
  /** The same from the first keystroke to the last edit: for lists. */
  key: string;
  state: "sending" | "sent" | "failed";
  /** Why it failed. */
  error?: string;
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
  return {
    ...unsent,
    id: unsent.clientId,
    key: unsent.clientId,
    authorId: me.id,
    author: { handle: me.handle, name: me.name },
  };
}

/** An event of the channel as a change of a list. Each may come twice: applied again, it changes nothing. */
export type MessageChange =
  | { kind: "new"; message: Message }
  | { kind: "edit"; id: string; change: Partial<Message> }
  | { kind: "delete"; id: string };

export function readChange(
  event: string,
  data: unknown,
): MessageChange | null {
  if (!isFields(data)) return null;
  // The event may be about the message or carry it.
  const about = isFields(data.message) ? data.message : data;
  if (event === "message:new") {
    const message = readMessage(about);
    return message && { kind: "new", message };
  }
  const id = about.id ?? about.messageId;
  if (typeof id !== "string") return null;
  if (event === "message:edit") {
    return { kind: "edit", id, change: about as Partial<Message> };
  }
  return event === "message:delete" ? { kind: "delete", id } : null;
}

/** @param items oldest first */
export function applyChange(
  items: ChatItem[],
  change: MessageChange,
  me: Me,
): ChatItem[] {
  if (change.kind === "new") {
    return items.some((item) => item.id === change.message.id)
      ? items
      : [...items, sentItem(change.message, me)];
  }
  const at = items.findIndex((item) => item.id === change.id);
  if (at < 0) return items;
  return change.kind === "delete"
    ? items.toSpliced(at, 1)
    : items.with(at, { ...items[at]!, ...change.change, id: change.id });
}
