import type { SearchEntry } from "./entry.ts";
import { wordsOf } from "./words.ts";

/**
 * A second index, of names: in a large world thousands have each word, and looking at the first thousand of them may
 * miss the one that is meant. Here the phrase that was typed is a place, and best stands first: whose whole name it is,
 * then whose name goes on from it, in the order of the alphabet.
 */
export interface PlacedPhrase {
  /** 0: a name of something that weighs much, 1: of something that weighs little, 2: inside a name. */
  tier: Tier;
  phrase: string;
}

export const TIERS = [0, 1, 2] as const;
export type Tier = typeof TIERS[number];

/** Longer phrases are cut. */
const LONGEST = 64;
/** Words of a name that are combined with each other: who types two of them in any order finds it. */
const COMBINED = 4;
/** Words of a name from which a phrase begins. */
const BEGINNINGS = 8;

/** Text as a phrase: its different words, folded. */
export function phraseOf(text: string): string {
  return cut(wordsOf(text));
}

export function cut(words: readonly string[]): string {
  return words.join(" ").slice(0, LONGEST).toWellFormed();
}

/** The names by which a thing is called: its title and, of people, the handle. */
export function namesOf({ title, subtitle }: SearchEntry): string[] {
  const names = [title, ...subtitle.startsWith("@") ? [subtitle] : []];
  return [...new Set(names.map(phraseOf))].filter((name) => name !== "");
}

/** Of those whose names have the same inside, the first by name stand first. */
const NAMED = "\u0001";

/** The phrases under which a thing stands. */
export function phrasesOf(entry: SearchEntry): PlacedPhrase[] {
  const tier = entry.weight >= 0.5 ? 0 : 1;
  const names = namesOf(entry);
  const inner = new Set<string>();
  const words = wordsOf(entry.title);
  for (let i = 1; i < Math.min(words.length, BEGINNINGS); i++) {
    inner.add(cut(words.slice(i)));
  }
  const combined = words.slice(0, COMBINED);
  for (const [i, one] of combined.entries()) {
    for (const [j, other] of combined.entries()) {
      // Those beside each other, in order, begin a phrase that is there already.
      if (i !== j && j !== i + 1) inner.add(cut([one, other]));
    }
  }
  return [
    ...names.map((phrase): PlacedPhrase => ({ tier, phrase })),
    ...[...inner].map((phrase): PlacedPhrase => ({
      tier: 2,
      phrase: `${phrase}${NAMED}${cut(words)}`,
    })),
  ];
}
