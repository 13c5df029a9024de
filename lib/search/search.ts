import { keys } from "../kv/mod.ts";
import { SEARCH_KINDS, type SearchEntry, type SearchKind } from "./entry.ts";
import { excerptOf, highlight, type Piece } from "./highlight.ts";
import { cut, phraseOf, TIERS } from "./phrases.ts";
import { scoreOf } from "./score.ts";
import { wordsOf } from "./words.ts";

export interface SearchQuery {
  q: string;
  kind?: SearchKind;
  /** Where the last page ended. */
  cursor?: number;
  limit?: number;
}

export interface SearchHit {
  kind: SearchKind;
  id: string;
  title: Piece[];
  subtitle: string;
  excerpt: Piece[];
  /** Path. */
  link: string;
}

export interface SearchPage {
  hits: SearchHit[];
  /** `null` at the end. */
  cursor: number | null;
  /** Of each kind; `more` when only the first of many were looked at. */
  found: Record<SearchKind, { count: number; more: boolean }>;
}

/** Words of a query that count. */
const ASKED = 8;
/** Rows read for one word of one kind; 24 µs each. */
const SCANNED = 1_000;
/** Where each of several words has more: rows that are then read to find who has them all. */
const SCANNED_DEEP = 3_000;
/** Entries of one kind that are read and judged because of their words. */
const JUDGED = 300;
/** Those that are judged because of their name, of each tier. */
const NAMED = 100;

interface Scored {
  entry: SearchEntry;
  score: number;
  /** As names are put in order. */
  name: string;
}

/**
 * Things that have all the words, each word or beginning of one, best first. Bounded work whatever is asked, and the
 * top is right in the largest world: whose name or handle was typed is always there and first, then the first 100
 * whose name begins so, in the order of the alphabet; the index of names gives them, however many have the words. Of
 * words that thousands have, the first are looked at; `more` says so.
 */
export async function search(
  kv: Deno.Kv,
  readerId: string | null,
  { q, kind, cursor = 0, limit = 20 }: SearchQuery,
): Promise<SearchPage> {
  const asked = wordsOf(q).slice(0, ASKED);
  const found: SearchPage["found"] = {
    user: { count: 0, more: false },
    guild: { count: 0, more: false },
    bounty: { count: 0, more: false },
  };
  if (asked.length === 0) return { hits: [], cursor: null, found };
  const scored: Scored[] = [];
  await Promise.all(SEARCH_KINDS.map(async (each) => {
    const [named, { ids, more }] = await Promise.all([
      idsNamed(kv, each, cut(asked)),
      candidates(kv, each, asked),
    ]);
    const all = [...new Set([...named, ...ids])];
    const fitting = await judged(kv, each, all, asked, readerId);
    found[each] = { count: fitting.length, more };
    if (kind === undefined || kind === each) scored.push(...fitting);
  }));
  scored.sort((a, b) =>
    b.score - a.score || compare(a.name, b.name) ||
    compare(a.entry.id, b.entry.id)
  );
  const page = scored.slice(cursor, cursor + limit);
  return {
    hits: page.map(({ entry }) => hitOf(entry, asked)),
    cursor: cursor + limit < scored.length ? cursor + limit : null,
    found,
  };
}

/** Ids of things whose name, or a part of it, begins with a phrase: those that are called so first. */
async function idsNamed(
  kv: Deno.Kv,
  kind: SearchKind,
  phrase: string,
): Promise<string[]> {
  const lists = await Promise.all(TIERS.map((tier) =>
    Array.fromAsync(
      kv.list({
        start: keys.searchPhrasesFrom(kind, tier, phrase),
        end: keys.searchPhrasesFrom(kind, tier, `${phrase}\u{10ffff}`),
      }, { limit: NAMED, batchSize: NAMED }),
      ({ key }) => key.at(-1) as string,
    )
  ));
  return lists.flat();
}

/** Ids that may have all the words, and whether there were more than were looked at. */
async function candidates(
  kv: Deno.Kv,
  kind: SearchKind,
  asked: string[],
): Promise<{ ids: string[]; more: boolean }> {
  const read = (limit: number) =>
    Promise.all(asked.map((word) => idsWith(kv, kind, word, limit)));
  let lists = await read(SCANNED);
  // A list that was cut says nothing about who is not in it.
  let whole = lists.filter((list) => !list.cut);
  if (whole.length === 0 && asked.length > 1) {
    lists = await read(SCANNED_DEEP);
    whole = lists.filter((list) => !list.cut);
  }
  const [first, ...rest] = (whole.length > 0 ? whole : [...lists])
    .sort((a, b) => a.ids.size - b.ids.size);
  const inAll = [...first!.ids].filter((id) =>
    rest.every((list) => list.ids.has(id))
  );
  // Of cut lists nobody is shut out by what is not in them; who is in all of them is looked at first.
  const ids = whole.length > 0
    ? inAll
    : [...new Set([...inAll, ...lists[0]!.ids])];
  return {
    ids: ids.slice(0, JUDGED),
    more: whole.length === 0 || ids.length > JUDGED,
  };
}

async function idsWith(
  kv: Deno.Kv,
  kind: SearchKind,
  word: string,
  limit: number,
) {
  const ids = new Set<string>();
  let rows = 0;
  const list = kv.list({
    start: keys.searchWordsFrom(kind, word),
    end: keys.searchWordsFrom(kind, `${word}\u{10ffff}`),
  }, { limit, batchSize: 1_000 });
  for await (const { key } of list) {
    ids.add(key.at(-1) as string);
    rows++;
  }
  return { ids, cut: rows === limit };
}

async function judged(
  kv: Deno.Kv,
  kind: SearchKind,
  ids: string[],
  asked: string[],
  readerId: string | null,
): Promise<Scored[]> {
  const reads: Promise<Deno.KvEntryMaybe<SearchEntry>[]>[] = [];
  for (let i = 0; i < ids.length; i += 10) {
    reads.push(
      kv.getMany<SearchEntry[]>(
        ids.slice(i, i + 10).map((id) => keys.searchEntry(kind, id)),
      ),
    );
  }
  return (await Promise.all(reads)).flat().flatMap(({ value: entry }) => {
    if (entry === null) return [];
    if (entry.only !== undefined && entry.only !== readerId) return [];
    const score = scoreOf(entry, asked);
    return score === null
      ? []
      : [{ entry, score, name: phraseOf(entry.title) }];
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function hitOf(entry: SearchEntry, asked: string[]): SearchHit {
  const { kind, id, subtitle, link } = entry;
  return {
    kind,
    id,
    title: highlight(entry.title, asked),
    subtitle,
    excerpt: highlight(
      excerptOf(
        [entry.text, entry.keywords.join(", ")].filter(Boolean).join(" · "),
        asked,
      ),
      asked,
    ),
    link,
  };
}
