import { keys } from "../../kv/mod.ts";
import { positionOf, rowKey } from "../find.ts";
import { wordsOf } from "../history.ts";
import type { LedgerEntry } from "../ledger.ts";
import type { MessagePlace, StoredMessage } from "../rows.ts";
import type { MessageVersion } from "../types.ts";
import type { ExportEntry, Words } from "./types.ts";

/** The entries of a room's ledger up to `last`, in order, each with its words. Reads on as they are taken. */
export async function* exportEntries(
  kv: Deno.Kv,
  channel: string,
  last: number,
): AsyncGenerator<ExportEntry> {
  /** How often each message has been edited so far; only those that were are remembered. */
  const edits = new Map<string, number>();
  const rows = kv.list<LedgerEntry>({
    prefix: keys.ledger(channel),
    end: keys.ledgerEntry(channel, last + 1),
  }, { batchSize: 200 });
  for await (const { value: entry } of rows) {
    const { messageId, kind } = entry;
    const nth = kind === "edit" ? (edits.get(messageId) ?? 0) + 1 : 0;
    if (nth > 0) edits.set(messageId, nth);
    const stored = await readMessage(kv, channel, messageId);
    yield {
      ...entry,
      position: positionOf(entry.order),
      author: stored && { id: stored.authorId, ...stored.author },
      words: stored && kind !== "delete"
        ? await wordsAt(kv, stored, nth)
        : null,
    };
  }
}

async function readMessage(
  kv: Deno.Kv,
  channel: string,
  id: string,
): Promise<StoredMessage | null> {
  const place = await kv.get<MessagePlace>(keys.messageById(channel, id));
  if (place.value === null) return null;
  return (await kv.get<StoredMessage>(rowKey(channel, place.value))).value;
}

/** What a message said after its `nth` edit; `null` when that has been deleted. */
async function wordsAt(
  kv: Deno.Kv,
  stored: StoredMessage,
  nth: number,
): Promise<Words | null> {
  const { channel, id, versions } = stored;
  const { quote, attachments } = stored.lost ?? stored;
  const revision = versions[nth];
  if (revision !== undefined) {
    const { value } = await kv.get<MessageVersion>(
      keys.messageVersion(channel, id, revision),
    );
    return value && { content: value.content, quote, attachments };
  }
  if (stored.deleted) return null;
  return { content: wordsOf(stored).content, quote, attachments };
}
