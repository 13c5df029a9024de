import { keys } from "../../kv/mod.ts";
import { BLOCK } from "./index_room.ts";
import type { Asked } from "./terms.ts";

/** Where entries of a room's ledger may be found, read from the newest to the oldest. */
export interface Postings {
  /** The highest block up to `block` that has any; -1 when there is none. */
  below(block: number): Promise<number>;
  /** The entries of that block, as bits; `below` has found it. */
  bits(block: number): bigint;
}

const ALL = (1n << BigInt(BLOCK)) - 1n;

/** Every entry, for a query without words. */
export const EVERYTHING: Postings = {
  below: (block) => Promise.resolve(block),
  bits: () => ALL,
};

/** Words that a beginning stands for, at most; a longer beginning finds the others. */
export const MAX_EXPANSION = 64;

/** The words of a room that an asked one stands for. */
export async function expand(
  kv: Deno.Kv,
  channel: string,
  { word, beginning }: Asked,
): Promise<string[]> {
  if (!beginning) return [word];
  const words: string[] = [];
  let start = keys.postings(channel, word);
  const end = keys.postings(channel, `${word}\u{10ffff}`);
  while (words.length < MAX_EXPANSION) {
    const next = kv.list({ start, end }, { limit: 1 });
    const found = await next.next();
    if (found.done) break;
    const one = String(found.value.key[2]);
    words.push(one);
    // Past all blocks of this word.
    start = keys.postings(channel, `${one}\u0000`);
  }
  return words;
}

/** Where any of some words is. */
export function anyOf(
  kv: Deno.Kv,
  channel: string,
  words: string[],
): Postings {
  const lists = words.map((word) => new WordPostings(kv, channel, word));
  return {
    async below(block) {
      const found = await Promise.all(lists.map((list) => list.below(block)));
      return Math.max(-1, ...found);
    },
    bits: (block) => lists.reduce((bits, list) => bits | list.bits(block), 0n),
  };
}

/** Where one word is; blocks are asked for from high to low. */
class WordPostings implements Postings {
  readonly #open: (block: number) => Deno.KvListIterator<bigint>;
  #rows: Deno.KvListIterator<bigint> | null = null;
  #block = Infinity;
  #bits = 0n;

  constructor(kv: Deno.Kv, channel: string, word: string) {
    this.#open = (block) =>
      kv.list<bigint>({
        prefix: keys.postings(channel, word),
        end: keys.posting(channel, word, block + 1),
      }, { reverse: true, batchSize: 50 });
  }

  async below(block: number): Promise<number> {
    this.#rows ??= this.#open(block);
    while (this.#block > block) {
      const next = await this.#rows.next();
      if (next.done) {
        this.#block = -1;
        this.#bits = 0n;
        break;
      }
      this.#block = Number(next.value.key[3]);
      this.#bits = next.value.value;
    }
    return this.#block;
  }

  bits(block: number): bigint {
    return block === this.#block ? this.#bits : 0n;
  }
}

/** Numbers of entries up to `from`, the newest first, that are in all of `lists`, or in `extra`. */
export async function* inAll(
  lists: Postings[],
  extra: ReadonlySet<number>,
  from: number,
): AsyncGenerator<number> {
  const more = [...extra].filter((n) => n <= from).sort((a, b) => b - a);
  let next = 0;
  let block = Math.floor(from / BLOCK);
  while (block >= 0) {
    const found = await Promise.all(lists.map((list) => list.below(block)));
    const low = Math.min(...found);
    const agreed = low === Math.max(...found);
    const moreBlock = next < more.length ? Math.floor(more[next]! / BLOCK) : -1;
    block = Math.max(low, moreBlock);
    if (block < 0) return;
    // Where the lists differ, nothing above the lowest is in all of them: they are asked again from there.
    if (!agreed && moreBlock < low) continue;
    let bits = agreed && block === low
      ? lists.reduce((all, list) => all & list.bits(block), ALL)
      : 0n;
    while (next < more.length && Math.floor(more[next]! / BLOCK) === block) {
      bits |= 1n << BigInt(more[next++]! % BLOCK);
    }
    for (let i = BLOCK - 1; i >= 0; i--) {
      const n = block * BLOCK + i;
      if ((bits >> BigInt(i)) & 1n && n <= from && n > 0) yield n;
    }
    // The same block again when only what is extra was looked at and the lists have yet to agree on it.
    if (agreed || moreBlock !== low) block--;
  }
}
