import { indexedWords, type SearchEntry } from "./entry.ts";
import { fold } from "./words.ts";

/** Points of a word that is meant, and of one that begins so, by field. */
const WHOLE = [10, 6, 2] as const;
const BEGINNING = [6, 3, 1] as const;
/** The title is, or begins with, what was typed. */
const SAME_TITLE = 20;
const TITLE_BEGINS = 8;

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
  const title = fold(entry.title);
  const phrase = asked.join(" ");
  if (title === phrase) score += SAME_TITLE;
  else if (title.startsWith(phrase)) score += TITLE_BEGINS;
  return score * (1 + entry.weight / 2);
}
