import { NexoraError } from "../errors.ts";
import { keys } from "../kv/mod.ts";
import { readStored } from "./find.ts";
import type { StoredMessage } from "./rows.ts";
import type { Message, Thread } from "./types.ts";

/** Authors that a parent names. */
const NAMED = 5;
/** Replies looked at for the last one that is not deleted. */
const LOOKED_AT = 50;

/**
 * The message that begins a thread.
 *
 * @throws {NexoraError} `not_found`, `illegal_transition` for a reply, or a deleted message without replies
 */
export async function readParent(
  kv: Deno.Kv,
  channel: string,
  id: string,
): Promise<Deno.KvEntry<StoredMessage>> {
  const entry = await readStored(kv, channel, id);
  const { parentId, deleted, thread } = entry.value;
  if (parentId !== null) {
    throw new NexoraError(
      "illegal_transition",
      "Reply to the message that begins the thread",
    );
  }
  if (deleted && !thread) {
    throw new NexoraError("illegal_transition", "This message was deleted");
  }
  return entry;
}

/** A parent after a reply. */
export function withReply(
  parent: StoredMessage,
  { authorId, sentAt }: Pick<Message, "authorId" | "sentAt">,
): StoredMessage {
  const { count = 0, lastAt = 0, authorIds = [] } = parent.thread ?? {};
  const thread: Thread = {
    count: count + 1,
    lastAt: Math.max(lastAt, sentAt),
    authorIds: [authorId, ...authorIds.filter((id) => id !== authorId)]
      .slice(0, NAMED),
  };
  return { ...parent, thread, revision: parent.revision + 1 };
}

/** A parent after the reply at `order` was deleted. */
export async function withoutReply(
  kv: Deno.Kv,
  parent: StoredMessage,
  order: string,
): Promise<StoredMessage> {
  const count = (parent.thread?.count ?? 1) - 1;
  const revision = parent.revision + 1;
  if (count <= 0) return { ...parent, thread: null, revision };
  const rows = kv.list<StoredMessage>(
    { prefix: keys.replies(parent.channel, parent.id) },
    { reverse: true, limit: LOOKED_AT },
  );
  const left = (await Array.fromAsync(rows, (row) => row.value))
    .filter((reply) => reply.order !== order && !reply.deleted);
  const thread: Thread = {
    count,
    lastAt: left[0]?.sentAt ?? parent.thread!.lastAt,
    authorIds: [...new Set(left.map((reply) => reply.authorId))]
      .slice(0, NAMED),
  };
  return { ...parent, thread, revision };
}
