import { commitStamped, del, keys, type Mutation, set } from "../../kv/mod.ts";
import type { LedgerEntry } from "../ledger.ts";
import { rowKey } from "../find.ts";
import type { MessagePlace, StoredMessage } from "../rows.ts";
import { termsOf } from "./terms.ts";

/** How far the index has followed a room; `tick` changes with every commit of an indexer. */
export interface IndexMark {
  n: number;
  tick: number;
}

/** Entries of the ledger in one row of the index. */
export const BLOCK = 64;
/** Entries looked at in one step, and rows written in one commit. */
const STEP = 64;
const ROWS = 400;

/**
 * Brings a room's index up to its ledger. Several that run at once do not disturb each other: every commit checks the
 * mark and changes it, so whoever is overtaken reads again.
 */
export async function indexRoom(
  kv: Deno.Kv,
  channel: string,
  signal?: AbortSignal,
): Promise<void> {
  while (await step(kv, channel)) signal?.throwIfAborted();
}

/** One step; whether there may be another. */
async function step(kv: Deno.Kv, channel: string): Promise<boolean> {
  const entry = await kv.get<IndexMark>(keys.messagesIndexed(channel));
  const mark = entry.value ?? { n: 0, tick: 0 };
  const rows = kv.list<LedgerEntry>({
    prefix: keys.ledger(channel),
    start: keys.ledgerEntry(channel, mark.n + 1),
  }, { limit: STEP });
  const entries = await Array.fromAsync(rows, (row) => row.value);
  if (entries.length === 0) return false;
  const { bits, terms } = await changesOf(kv, channel, entries);
  const mutations = [...await postingRows(kv, channel, bits), ...terms];
  let { versionstamp } = entry;
  let { tick } = mark;
  const n = entries.at(-1)!.n;
  for (let i = 0; i === 0 || i < mutations.length; i += ROWS) {
    const last = i + ROWS >= mutations.length;
    const committed = await commitStamped(kv, {
      checks: [{ key: entry.key, versionstamp }],
      mutations: [
        ...mutations.slice(i, i + ROWS),
        set(
          entry.key,
          { n: last ? n : mark.n, tick: ++tick } satisfies IndexMark,
        ),
      ],
    });
    if (committed === null) return true;
    versionstamp = committed;
  }
  return entries.length === STEP;
}

/** Bits of a posting that come and go. */
interface BitChange {
  term: string;
  block: number;
  on: bigint;
  off: bigint;
}

/** What the messages of some entries have to change in the index, as they are now. */
async function changesOf(
  kv: Deno.Kv,
  channel: string,
  entries: LedgerEntry[],
): Promise<{ bits: BitChange[]; terms: Mutation[] }> {
  const bits = new Map<string, BitChange>();
  const terms: Mutation[] = [];
  const ids = [...new Set(entries.map((entry) => entry.messageId))];
  await Promise.all(ids.map(async (id) => {
    const place = await kv.get<MessagePlace>(keys.messageById(channel, id));
    if (place.value === null) return;
    const message = await kv.get<StoredMessage>(rowKey(channel, place.value));
    if (message.value === null) return;
    const n = message.value.entry;
    const key = keys.indexedWords(channel, n);
    const known = (await kv.get<string[]>(key)).value ?? [];
    const wanted = termsOf(message.value);
    terms.push(wanted.length > 0 ? set(key, wanted) : del(key));
    const bit = 1n << BigInt(n % BLOCK);
    const note = (term: string, which: "on" | "off") => {
      const block = Math.floor(n / BLOCK);
      const name = `${block} ${term}`;
      const change = bits.get(name) ?? { term, block, on: 0n, off: 0n };
      change[which] |= bit;
      bits.set(name, change);
    };
    for (const term of wanted) note(term, "on");
    for (const term of known) if (!wanted.includes(term)) note(term, "off");
  }));
  return { bits: [...bits.values()], terms };
}

async function postingRows(
  kv: Deno.Kv,
  channel: string,
  changes: BitChange[],
): Promise<Mutation[]> {
  const reads: Promise<Deno.KvEntryMaybe<bigint>[]>[] = [];
  for (let i = 0; i < changes.length; i += 10) {
    reads.push(
      kv.getMany<bigint[]>(
        changes.slice(i, i + 10).map(({ term, block }) =>
          keys.posting(channel, term, block)
        ),
      ),
    );
  }
  return (await Promise.all(reads)).flat().flatMap(({ key, value }, i) => {
    const { on, off } = changes[i]!;
    const before = value ?? 0n;
    const after = (before & ~off) | on;
    if (after === before) return [];
    return [after === 0n ? del(key) : set(key, after)];
  });
}
