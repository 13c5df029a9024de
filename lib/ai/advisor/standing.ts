import { DAY } from "../../clock.ts";
import type { Deps } from "../../platform.ts";
import {
  getStanding,
  listTrustHistory,
  meritsOf,
  nextRank,
  type Step,
  type TrustRecord,
  type User,
} from "../../users/mod.ts";
import { insight } from "./insight.ts";
import type { Advice, Insight } from "./types.ts";

/** Days of trust that are shown, and of which is spoken. */
const SHOWN = 90;
const LATELY = 30;
/** Points that are worth a word. */
const NOTABLE = 3;
/** A requirement that is this far done is near. */
const NEAR = 0.5;

/** How somebody stands: trust, rank, and what is worth saying about them. */
export async function readStanding(
  { kv, now }: Pick<Deps, "kv" | "now">,
  user: User,
): Promise<Pick<Advice, "trust" | "rank"> & { insights: Insight[] }> {
  const [standing, records] = await Promise.all([
    getStanding(kv, user.id),
    listTrustHistory(kv, user.id, 200),
  ]);
  const at = now();
  const next = nextRank(user.rank, meritsOf(user, standing, at));
  return {
    trust: { now: user.trust, history: historyOf(user, records, at) },
    rank: {
      now: user.rank,
      next: next?.rank ?? null,
      steps: next?.steps ?? [],
    },
    insights: [
      ...trustInsight(user, records, at),
      ...next ? rankInsight(next.rank, next.steps) : [],
    ],
  };
}

/** Trust over time, oldest first: each change, from the beginning of the time shown to now. */
function historyOf(
  user: User,
  records: readonly TrustRecord[],
  now: number,
): { at: number; trust: number }[] {
  const since = Math.max(user.createdAt, now - SHOWN * DAY);
  const shown = records.filter(({ at }) => at > since).reverse();
  return [
    { at: since, trust: shown[0]?.from ?? user.trust },
    ...shown.map(({ at, to }) => ({ at, trust: to })),
    { at: now, trust: user.trust },
  ];
}

function trustInsight(
  user: User,
  records: readonly TrustRecord[],
  now: number,
): Insight[] {
  const byReason = new Map<TrustRecord["reason"], number>();
  let delta = 0;
  for (const { at, from, to, reason } of records) {
    if (now - at >= LATELY * DAY) continue;
    delta += to - from;
    byReason.set(reason, (byReason.get(reason) ?? 0) + to - from);
  }
  if (Math.abs(delta) < NOTABLE) return [];
  // What explains most of it.
  const [first] = [...byReason].sort((a, b) =>
    Math.sign(delta) * (b[1] - a[1])
  );
  const reason = first![0];
  return [insight("lately", { kind: "trust", delta, days: LATELY, reason }, {
    href: `/people/${user.handle}`,
    weight: delta < 0 ? 0.62 : 0.42,
  })];
}

/** What is nearest to being enough, of what is not. */
function rankInsight(
  next: NonNullable<Advice["rank"]["next"]>,
  steps: readonly Step[],
): Insight[] {
  const open = steps.filter(({ done }) => done < 1);
  const [nearest] = [...open].sort((a, b) => b.done - a.done);
  if (!nearest) return [];
  const { what, has, asked, done } = nearest;
  return [insight(next, { kind: "rank", next, what, has, asked }, {
    href: "/ranks",
    weight: open.length === 1 && done >= NEAR ? 0.55 : 0.3,
  })];
}
