import { cosine } from "../embedding/embedder.ts";
import { indexWords } from "./lexical.ts";
import { type Profile, wordsOf } from "./profile.ts";
import { skillAffinity } from "./skills.ts";

/** Signs that an offer meets a need, each 0–1; what a score is made of. */
export interface Signals {
  /** Cosine of the wholes. */
  whole: number;
  /** How well the best part of the offer meets each sentence of the need, on average. */
  parts: number;
  /** Share of the skills asked for that are there; near ones count in part. */
  skills: number;
  /** BM25, saturating. */
  words: number;
}

/**
 * Fusion by logistic regression, fitted on the `tuning` part of the labelled set (tests/support/matching);
 * `deno task bench matching` fits it again and reports on the part that it has not seen.
 */
export const WEIGHTS = {
  bias: -5.26,
  /** In the place of the skills, where a need names none. */
  noSkills: 1.51,
  whole: 4.62,
  parts: 2.81,
  skills: 5.4,
  words: 0.77,
} as const;

/** A BM25 score that counts half. */
const HALF = 6;

/** How an offer stands to a need. */
export interface Fit extends Signals {
  id: string;
  /** 0–1: how likely it is that they suit each other. */
  score: number;
}

/** Scores offers against a need, best first; ties by id, so that the same input gives the same order. */
export function rankOffers(
  need: Profile,
  offers: readonly { id: string; profile: Profile }[],
): Fit[] {
  const lexical = indexWords(
    offers.map(({ id, profile }) => ({ id, text: wordsOf(profile) })),
  ).scores(wordsOf(need));
  return offers.map(({ id, profile }) => {
    const bm25 = lexical.get(id) ?? 0;
    const signals = {
      ...meaning(need, profile),
      skills: coverage(need.skills, profile.skills),
      words: bm25 / (bm25 + HALF),
    };
    return { id, ...signals, score: scoreOf(signals, need) };
  }).sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

/** 0–1 from the signals. */
export function scoreOf(
  { whole, parts, skills, words }: Signals,
  need: Pick<Profile, "skills" | "whole">,
): number {
  const w = WEIGHTS;
  const semantic = need.whole
    ? w.whole * whole + w.parts * parts
    // Without a model: as if the meaning were middling, so that skills and words decide.
    : w.whole * 0.35 + w.parts * 0.3;
  const z = w.bias + semantic + w.words * words +
    (need.skills.length > 0 ? w.skills * skills : w.noSkills);
  return 1 / (1 + Math.exp(-z));
}

/** 0–1 for one offer alone, where there is no corpus to weigh words in. */
export function fitOf(need: Profile, offer: Profile): number {
  const known = need.whole !== null && offer.whole !== null;
  return scoreOf({
    ...meaning(need, offer),
    skills: coverage(need.skills, offer.skills),
    words: 0,
  }, known ? need : { ...need, whole: null });
}

/** What can be told from one cosine and the skills: enough to leave most offers aside unread. */
export function glance(
  need: Profile,
  offer: { meaning: number; skills: readonly string[] },
): number {
  return WEIGHTS.skills * coverage(need.skills, offer.skills) +
    (WEIGHTS.whole + WEIGHTS.parts) * offer.meaning;
}

function meaning(
  need: Profile,
  offer: Profile,
): { whole: number; parts: number } {
  if (!need.whole || !offer.whole) return { whole: 0, parts: 0 };
  let sum = 0;
  for (const sentence of need.parts) {
    let best = 0;
    for (const part of offer.parts) {
      best = Math.max(best, cosine(sentence, part));
    }
    sum += best;
  }
  return {
    whole: cosine(need.whole, offer.whole),
    parts: need.parts.length > 0 ? sum / need.parts.length : 0,
  };
}

/** Share of `wanted` that `offered` covers. */
export function coverage(
  wanted: readonly string[],
  offered: readonly string[],
): number {
  if (wanted.length === 0) return 0;
  let sum = 0;
  for (const want of wanted) {
    let best = 0;
    for (const have of offered) {
      best = Math.max(best, skillAffinity(want, have));
      if (best === 1) break;
    }
    sum += best;
  }
  return sum / wanted.length;
}
