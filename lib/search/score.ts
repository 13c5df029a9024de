import { indexedWords, type SearchEntry } from "./entry.ts";
import { cut, namesOf } from "./phrases.ts";

/** Points of a word that is meant, and of one that begins so, by field. */
const WHOLE = [10, 6, 2] as const;
const BEGINNING = [6, 3, 1] as const;
/** Whose name or handle it is comes first, whatever else fits and however well. */
const SAME_NAME = 1_000;
/** A name begins with what was typed. */
const NAME_BEGINS = 8;

/** How well an entry fits; `null` when one of the words is missing. Every word may be the beginning of one. */
export function scoreOf(entry: SearchEntry, asked: string[]): number | null {
  const words = indexedWords(entry);
  let score = 0;
  for (const word of asked) {
    let best = 0;
    const field = words.get(word);
    if (field !== undefined) best = WHOLE[field];
    for (const [other, at] of words) {
      if (BEGINNING[at] > best && other.startsWith(word)) best = BEGINNING[at];
    }
    if (best === 0) return null;
    score += best;
  }
  const phrase = cut(asked);
  const names = namesOf(entry);
  if (names.includes(phrase)) score += SAME_NAME;
  else if (names.some((name) => name.startsWith(phrase))) score += NAME_BEGINS;
  return score * (1 + entry.weight / 2);
}
