import { neighboursOf } from "../matching/skills.ts";
import type { Trend, TrendReport } from "../trends/types.ts";
import { insight } from "./insight.ts";
import type { Insight, SkillDemand } from "./types.ts";

/** Skills shown. */
const SKILLS = 8;
/** Bounties in two weeks that make a demand. */
const DEMANDED = 2;

const byName = (trends: TrendReport | null) =>
  new Map<string, Trend>(trends?.skills.map((trend) => [trend.name, trend]));

/** Somebody's skills, the most wanted first. */
export function demandFor(
  skills: readonly string[],
  trends: TrendReport | null,
): SkillDemand[] {
  const known = byName(trends);
  return skills.map((skill) => ({
    skill,
    now: known.get(skill)?.now ?? 0,
    before: known.get(skill)?.before ?? 0,
  })).sort((a, b) => b.now - a.now || (a.skill < b.skill ? -1 : 1))
    .slice(0, SKILLS);
}

/** The own skill that is asked for most, rather one that rises. */
export function inDemand(
  skills: readonly string[],
  trends: TrendReport | null,
): Insight[] {
  const known = byName(trends);
  const [best] = skills.flatMap((skill) => known.get(skill) ?? [])
    .filter(({ now, direction }) => now >= DEMANDED && direction !== "falling")
    .sort((a, b) => b.now * b.ratio - a.now * a.ratio);
  if (!best) return [];
  const rising = best.direction === "rising";
  return [
    insight(best.name, {
      kind: "demand",
      skill: best.name,
      open: best.now,
      rising,
    }, {
      href: `/bounties?skill=${encodeURIComponent(best.name)}`,
      weight: rising ? 0.45 : 0.34,
    }),
  ];
}

/** A skill that rises and is near to one that is there. */
export function worthLearning(
  skills: readonly string[],
  trends: TrendReport | null,
): Insight[] {
  for (const { name, direction, now, before } of trends?.skills ?? []) {
    if (direction !== "rising" || skills.includes(name)) continue;
    const near = neighboursOf(name).find((skill) => skills.includes(skill));
    if (!near) continue;
    return [insight(name, { kind: "learn", skill: name, near, now, before }, {
      href: "/trending",
      weight: 0.32,
    })];
  }
  return [];
}
