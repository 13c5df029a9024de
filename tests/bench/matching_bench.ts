/**
 * How well bounties are matched with guilds: nDCG@10 on the labelled set, each signal alone and all together, against
 * plain keyword search; weights fitted anew; what the encoder costs; and a shortlist of 10,000 guilds.
 */
import { createSentenceEncoder } from "../../lib/ai/embedding/sentence_encoder.ts";
import { packVectors } from "../../lib/ai/embedding/packed.ts";
import {
  type Fit,
  rankOffers,
  type Signals,
  WEIGHTS,
} from "../../lib/ai/matching/fit.ts";
import { shortlistGuilds } from "../../lib/ai/matching/guild_profiles.ts";
import { pack } from "../../lib/ai/matching/profile.ts";
import { commit, keys, type Mutation, set } from "../../lib/kv/mod.ts";
import { GUILDS } from "../support/matching/guilds.ts";
import { fitWeights } from "../support/matching/fit.ts";
import {
  judge,
  keywordOrder,
  type Order,
  part,
  prepareSet,
} from "../support/matching/judge.ts";

const rss = () => (Deno.memoryUsage().rss / 1e6).toFixed(0);
const row = (name: string, ...cells: (string | number)[]) =>
  console.log(
    name.padEnd(44),
    ...cells.map((cell) =>
      (typeof cell === "number" ? cell.toFixed(3) : cell).padStart(10)
    ),
  );

const before = rss();
let start = performance.now();
const embedder = createSentenceEncoder();
await embedder.embed(["one"]);
const loaded = performance.now() - start;
start = performance.now();
const { needs, offers } = await prepareSet(embedder);
const prepared = performance.now() - start;

const fitsOf = new Map<string, Fit[]>();
for (const b of [...part("tuning"), ...part("judging")]) {
  fitsOf.set(b.id, rankOffers(needs.get(b.id)!, offers));
}
const by = (value: (fit: Fit) => number): Order => (b) =>
  [...fitsOf.get(b.id)!].sort((x, y) =>
    value(y) - value(x) || (x.id < y.id ? -1 : 1)
  ).map(({ id }) => id);
const signal = (name: keyof Signals) => by((fit) => fit[name]);

console.log(
  `${part("tuning").length} bounties for tuning, ${
    part("judging").length
  } for judging, ${GUILDS.length} guilds\n`,
);
row("nDCG@10", "tuning", "judging", "× keywords");
const keywords = judge(keywordOrder(), "judging");
for (
  const [name, order] of [
    ["keywords (minisearch BM25)", keywordOrder()],
    ["words, stemmed", keywordOrder(true)],
    ["skills with synonyms", signal("skills")],
    ["meaning of the whole", signal("whole")],
    ["meaning of the parts", signal("parts")],
    ["fused, as the matchmaker does", by((fit) => fit.score)],
  ] as const
) {
  const judged = judge(order, "judging");
  row(name, judge(order, "tuning"), judged, (judged / keywords).toFixed(2));
}
const without = await prepareSet(null);
const blind: Order = (b) =>
  rankOffers(without.needs.get(b.id)!, without.offers).map(({ id }) => id);
row(
  "fused, without the encoder",
  judge(blind, "tuning"),
  judge(blind, "judging"),
  (judge(blind, "judging") / keywords).toFixed(2),
);

const refitted = fitWeights(
  part("tuning").map((b) => ({
    fits: b.fits,
    asksSkills: needs.get(b.id)!.skills.length > 0,
    offers: fitsOf.get(b.id)!,
  })),
);
console.log("\nWeights in the code:", JSON.stringify(WEIGHTS));
console.log("Fitted anew:        ", JSON.stringify(refitted));

console.log(
  `\nEncoder: loaded in ${loaded.toFixed(0)} ms, ${
    needs.size + offers.length
  } texts with their parts in ${
    prepared.toFixed(0)
  } ms; memory ${before} MB before, ${rss()} MB now`,
);
embedder.close();
await new Promise((resolve) => setTimeout(resolve, 500));
console.log(`Memory half a second after it was put away: ${rss()} MB`);

const kv = await Deno.openKv(":memory:");
let rows: Mutation[] = [];
const COUNT = 10_000;
for (let i = 0; i < COUNT; i++) {
  const { profile } = offers[i % offers.length]!;
  const id = `g${i}`;
  const glance = {
    skills: profile.skills,
    whole: packVectors([profile.whole!], profile.whole!.length),
  };
  rows.push(
    set(keys.guildGlance(id), glance),
    set(keys.guildProfile(id), pack(profile, "h", 0)),
  );
  if (rows.length >= 60) {
    await commit(kv, { mutations: rows });
    rows = [];
  }
}
await commit(kv, { mutations: rows });
const need = [...needs.values()][0]!;
const times: number[] = [];
for (let i = 0; i < 5; i++) {
  start = performance.now();
  rankOffers(need, await shortlistGuilds(kv, need));
  times.push(performance.now() - start);
}
times.sort((a, b) => a - b);
console.log(
  `A bounty against ${COUNT.toLocaleString("en")} guilds: ${
    times[2]!.toFixed(0)
  } ms (median of 5); memory ${rss()} MB`,
);
kv.close();
