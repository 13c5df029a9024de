import type { Embedder } from "../../../lib/ai/embedding/embedder.ts";
import {
  packVectors,
  unpackVectors,
} from "../../../lib/ai/embedding/packed.ts";
import { rankOffers } from "../../../lib/ai/matching/fit.ts";
import { indexWords } from "../../../lib/ai/matching/lexical.ts";
import { prepare, type Profile } from "../../../lib/ai/matching/profile.ts";
import { BOUNTIES, type LabelledBounty } from "./bounties.ts";
import { GUILDS } from "./guilds.ts";

/** Normalised discounted cumulated gain of the first ten; gain `2^grade − 1`. */
export function ndcg10(
  order: readonly string[],
  fits: Readonly<Record<string, number>>,
): number {
  const discounted = (grades: number[]) =>
    grades.slice(0, 10).reduce(
      (sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2),
      0,
    );
  const ideal = discounted(Object.values(fits).sort((a, b) => b - a));
  return ideal === 0 ? 0 : discounted(order.map((id) => fits[id] ?? 0)) / ideal;
}

/** A way of ordering guilds for a bounty. */
export type Order = (bounty: LabelledBounty) => string[];

export type Part = LabelledBounty["part"];

export const part = (name: Part) => BOUNTIES.filter((b) => b.part === name);

/** nDCG@10 on average over a part of the set. */
export function judge(order: Order, name: Part): number {
  const bounties = part(name);
  return bounties.reduce((sum, b) => sum + ndcg10(order(b), b.fits), 0) /
    bounties.length;
}

const wordsOf = (x: { name: string; description: string; skills: string[] }) =>
  `${x.name} ${x.description} ${x.skills.join(" ")}`;

/** Plain keyword matching: minisearch's BM25 with its own settings, over name, description and skills alike. */
export function keywordOrder(stem = false): Order {
  const index = indexWords(
    GUILDS.map((guild) => ({ id: guild.id, text: wordsOf(guild) })),
    { stem },
  );
  return (b) => {
    const scores = index.scores(
      wordsOf({ name: b.title, description: b.description, skills: b.skills }),
    );
    const score = (id: string) => scores.get(id) ?? 0;
    return GUILDS.map(({ id }) => id).sort((x, y) =>
      score(y) - score(x) || (x < y ? -1 : 1)
    );
  };
}

/** The labelled set, prepared as the matchmaker prepares, vectors through their packed form. */
export async function prepareSet(embedder: Embedder | null): Promise<{
  needs: Map<string, Profile>;
  offers: { id: string; profile: Profile }[];
}> {
  const packed = (profile: Profile): Profile => {
    if (!profile.whole) return profile;
    const [whole, ...parts] = unpackVectors(
      packVectors([profile.whole, ...profile.parts], profile.whole.length),
    );
    return { ...profile, whole: whole!, parts };
  };
  const needs = new Map<string, Profile>();
  for (const { id, title, description, skills } of BOUNTIES) {
    const need = { title, text: description, skills };
    needs.set(id, packed(await prepare(need, "need", embedder)));
  }
  const offers = [];
  for (const { id, name, description, skills } of GUILDS) {
    const offer = { title: name, text: description, skills };
    offers.push({
      id,
      profile: packed(await prepare(offer, "offer", embedder)),
    });
  }
  return { needs, offers };
}

/** The matchmaker's order. */
export async function matchmakerOrder(
  embedder: Embedder | null,
): Promise<Order> {
  const { needs, offers } = await prepareSet(embedder);
  return (b) => rankOffers(needs.get(b.id)!, offers).map(({ id }) => id);
}
