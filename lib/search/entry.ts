import { del, keys, type Mutation, set } from "../kv/mod.ts";
import { phrasesOf } from "./phrases.ts";
import { wordsOf } from "./words.ts";

/** What can be searched for here. Messages have an index of their own, a room each. */
export const SEARCH_KINDS = ["user", "guild", "bounty"] as const;
export type SearchKind = typeof SEARCH_KINDS[number];

/** A thing as the search knows it. */
export interface SearchEntry {
  kind: SearchKind;
  id: string;
  title: string;
  /** Short, shown beside the title, found like a keyword: a handle. */
  subtitle: string;
  keywords: string[];
  /** Only its beginning is kept. */
  text: string;
  /** Path of its page. */
  link: string;
  /** 0–1: of two that fit alike the larger comes first. */
  weight: number;
  /** The only person who may find it; everybody when absent. */
  only?: string;
}

/** Characters of text that are kept and indexed. */
const TEXT_KEPT = 2_000;
/** Words of one entry: its rows have to fit into its subject's atomic. */
const WORDS = 150;

/** Where a word stands, best first. */
export type Field = 0 | 1 | 2;

/** The words of an entry, each with its best field. */
export function indexedWords(entry: SearchEntry): Map<string, Field> {
  const words = new Map<string, Field>();
  const add = (text: string, field: Field) => {
    for (const word of wordsOf(text)) {
      if (words.size >= WORDS) return;
      if (!words.has(word)) words.set(word, field);
    }
  };
  add(entry.title, 0);
  add(entry.subtitle, 1);
  for (const keyword of entry.keywords) add(keyword, 1);
  add(entry.text, 2);
  return words;
}

/** An entry as it is kept. */
export function bounded(entry: SearchEntry): SearchEntry {
  if (entry.text.length <= TEXT_KEPT) return entry;
  return { ...entry, text: entry.text.slice(0, TEXT_KEPT).toWellFormed() };
}

/**
 * Rows that change when a thing changes; they belong into the atomic of its own row. `null` before it is there and
 * after it has gone. An entry that says the same costs nothing.
 */
export function searchRows(
  before: SearchEntry | null,
  after: SearchEntry | null,
): Mutation[] {
  const old = before && bounded(before);
  const now = after && bounded(after);
  if (JSON.stringify(old) === JSON.stringify(now)) return [];
  const { kind, id } = (now ?? old)!;
  const had = old ? indexKeys(old) : new Map<string, Deno.KvKey>();
  const has = now ? indexKeys(now) : new Map<string, Deno.KvKey>();
  return [
    now
      ? set(keys.searchEntry(kind, id), now)
      : del(keys.searchEntry(kind, id)),
    ...[...had].filter(([name]) => !has.has(name)).map(([, key]) => del(key)),
    ...[...has].filter(([name]) => !had.has(name))
      .map(([, key]) => set(key, true)),
  ];
}

/** The keys under which an entry is found, by a name of each. */
export function indexKeys(entry: SearchEntry): Map<string, Deno.KvKey> {
  const { kind, id } = entry;
  const all = [
    ...[...indexedWords(entry)].map(([word, field]) =>
      keys.searchWord(kind, word, field, id)
    ),
    ...phrasesOf(entry).map(({ tier, phrase }) =>
      keys.searchPhrase(kind, tier, phrase, id)
    ),
  ];
  return new Map(all.map((key) => [key.join("\n"), key]));
}
