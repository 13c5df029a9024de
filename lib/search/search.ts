import { keys } from "../kv/mod.ts";
import { SEARCH_KINDS, type SearchEntry, type SearchKind } from "./entry.ts";
import { excerptOf, highlight, type Piece } from "./highlight.ts";
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
/** Entries of one kind that are read and judged. */
const JUDGED = 300;

interface Scored {
  entry: SearchEntry;
  score: number;
}

/**
 * Things that have all the words, each word or beginning of one, best first. Bounded work whatever is asked: of words
 * that thousands have, the first thousand are looked at, titles before texts.
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
    const { ids, more } = await candidates(kv, each, asked);
    const fitting = await judged(kv, each, ids, asked, readerId);
    found[each] = { count: fitting.length, more };
    if (kind === undefined || kind === each) scored.push(...fitting);
  }));
  scored.sort((a, b) =>
    b.score - a.score || (a.entry.title < b.entry.title ? -1 : 1) ||
    (a.entry.id < b.entry.id ? -1 : 1)
  );
  const page = scored.slice(cursor, cursor + limit);
  return {
    hits: page.map(({ entry }) => hitOf(entry, asked)),
    cursor: cursor + limit < scored.length ? cursor + limit : null,
    found,
  };
}

/** Ids that may have all the words, and whether there were more than were looked at. */
async function candidates(
  kv: Deno.Kv,
  kind: SearchKind,
  asked: string[],
): Promise<{ ids: string[]; more: boolean }> {
  const lists = await Promise.all(asked.map((word) => idsWith(kv, kind, word)));
  // A list that was cut says nothing about who is not in it.
  const whole = lists.filter((list) => !list.cut);
  const [first, ...rest] = (whole.length > 0 ? whole : lists.slice(0, 1))
    .sort((a, b) => a.ids.size - b.ids.size);
  const ids = [...first!.ids].filter((id) =>
    rest.every((list) => list.ids.has(id))
  );
  return {
    ids: ids.slice(0, JUDGED),
    more: whole.length === 0 || ids.length > JUDGED,
  };
}

async function idsWith(kv: Deno.Kv, kind: SearchKind, word: string) {
  const ids = new Set<string>();
  let rows = 0;
  const list = kv.list({
    start: keys.searchWordsFrom(kind, word),
    end: keys.searchWordsFrom(kind, `${word}\u{10ffff}`),
  }, { limit: SCANNED, batchSize: SCANNED });
  for await (const { key } of list) {
    ids.add(key.at(-1) as string);
    rows++;
  }
  return { ids, cut: rows === SCANNED };
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
    return score === null ? [] : [{ entry, score }];
  });
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
