import { listGuildsOf } from "../../guilds/mod.ts";
import type { Deps } from "../../platform.ts";
import type { User } from "../../users/mod.ts";
import type { TrendReport } from "../trends/types.ts";
import { findChances } from "./chances.ts";
import { insight } from "./insight.ts";
import { readStanding } from "./standing.ts";
import { type Advice, GROUPS, type Insight } from "./types.ts";
import { findWaiting } from "./waiting.ts";

/** More is nothing that one reads. */
const MOST = 12;

export interface AdvisorDeps extends Pick<Deps, "kv" | "now"> {
  /** What rises and falls, from the cache; `null` when it is not known. */
  trends(): Promise<TrendReport | null>;
}

/** What somebody might want to know and do now. Reads a bounded number of rows, whatever they have done. */
export async function adviseLocally(
  deps: AdvisorDeps,
  user: User,
): Promise<Advice> {
  const guilds = await listGuildsOf(deps.kv, user.id);
  const [trends, waiting, standing] = await Promise.all([
    deps.trends(),
    findWaiting(deps, user.id, guilds),
    readStanding(deps, user),
  ]);
  const chances = await findChances(deps, user, guilds, trends);
  const insights = [
    ...waiting,
    ...standing.insights,
    ...chances.insights,
    ...firstSteps(user, guilds.length),
  ].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))
    .slice(0, MOST);
  return {
    userId: user.id,
    basis: basisOf(user),
    insights,
    trust: standing.trust,
    rank: standing.rank,
    demand: chances.demand,
    summary: null,
  };
}

/** Changes with what a person can do and has become. */
export function basisOf({ skills, rank }: User): string {
  return JSON.stringify([rank, ...[...skills].sort()]);
}

/** What is read anew for every page: nobody wants to be told to do what they have just done. */
export async function adviseNow(
  deps: Pick<Deps, "kv" | "now">,
  user: User,
): Promise<Insight[]> {
  const guilds = await listGuildsOf(deps.kv, user.id);
  return [
    ...await findWaiting(deps, user.id, guilds),
    ...firstSteps(user, guilds.length),
  ];
}

/**
 * Kept advice with what waits at this moment: what is done is gone, what is new is there, and what a model said of the
 * rest stays where it was.
 */
export function brought(advice: Advice, live: readonly Insight[]): Advice {
  const now = new Map(live.map((one) => [one.id, one]));
  const insights: Insight[] = [];
  for (const one of advice.insights) {
    const momentary = GROUPS.waiting.includes(one.kind) ||
      GROUPS.start.includes(one.kind);
    const fresh = now.get(one.id);
    if (momentary && !fresh) continue;
    now.delete(one.id);
    insights.push(fresh ? { ...fresh, note: one.note } : one);
  }
  for (const one of now.values()) {
    const before = insights.findIndex(({ weight }) => weight < one.weight);
    insights.splice(before < 0 ? insights.length : before, 0, one);
  }
  return { ...advice, insights: insights.slice(0, MOST) };
}

function firstSteps(user: User, guilds: number): Insight[] {
  const steps: Insight[] = [];
  if (user.skills.length === 0) {
    steps.push(
      insight("own", { kind: "skills" }, { href: "/settings", weight: 0.75 }),
    );
  }
  if (guilds === 0) {
    steps.push(
      insight("own", { kind: "guild" }, { href: "/guilds", weight: 0.7 }),
    );
  }
  if (user.bio === "") {
    steps.push(
      insight("own", { kind: "bio" }, { href: "/settings", weight: 0.25 }),
    );
  }
  return steps;
}
