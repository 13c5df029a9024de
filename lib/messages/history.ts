import { NexoraError } from "../errors.ts";
import { keys } from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import type { Channel } from "../realtime/mod.ts";
import type { User } from "../users/mod.ts";
import { readStored } from "./find.ts";
import type { StoredMessage } from "./rows.ts";
import type { MessageVersion } from "./types.ts";

/** What a message says now, as a version of it. */
export function wordsOf(stored: StoredMessage): MessageVersion {
  return {
    revision: stored.wordsSince,
    content: stored.content,
    at: stored.editedAt ?? stored.sentAt,
  };
}

/**
 * What a message has said, the oldest first, its present words last. In disputes everybody in the room sees it, also
 * of what was deleted; elsewhere its author and the officers do.
 *
 * @throws {NexoraError} `not_found`, `forbidden`
 */
export async function listVersions(
  { kv, policy }: Pick<Deps, "kv" | "policy">,
  room: Channel,
  id: string,
  reader: Pick<User, "id" | "role">,
): Promise<MessageVersion[]> {
  const { value: stored } = await readStored(kv, room.name, id);
  const open = room.subject.kind === "dispute" ||
    stored.authorId === reader.id ||
    await policy.may(reader, "administer", room);
  if (!open) {
    throw new NexoraError(
      "forbidden",
      "Its author and officers see what a message said before",
    );
  }
  const rows = kv.list<MessageVersion>({
    prefix: keys.messageVersions(room.name, id),
  });
  const versions = await Array.fromAsync(rows, (row) => row.value);
  return stored.deleted ? versions : [...versions, wordsOf(stored)];
}
