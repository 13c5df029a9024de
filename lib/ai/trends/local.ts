import {
  type Bounty,
  BOUNTY_CATEGORIES,
  listBounties,
} from "../../bounties/mod.ts";
import { DAY } from "../../clock.ts";
import type { Deps } from "../../platform.ts";
import { canonicalSkills } from "../matching/skills.ts";
import { compareCounts, median } from "./compare.ts";
import type { Trend, TrendReport } from "./types.ts";

const WEEK = 7 * DAY;
/** Weeks that are shown. */
export const WEEKS = 8;
/** Weeks of each of the two windows that are compared. */
const WINDOW = 2;
/** Bounties read at most, the newest first; as many in eight weeks are 180 a day. */
const READ_AT_MOST = 10_000;
const PAGE = 200;
/** Skills reported, and how many bounties one has to have had in both windows together. */
const SKILLS = 24;
const ENOUGH = 3;
/** States of a bounty that a guild has taken. */
const TAKEN = ["accepted", "submitted", "completed", "rejected"];

/** What was opened lately, as far as trends need it. */
export type Opened =
  & Pick<Bounty, "category" | "skills" | "reward" | "state">
  & { at: number };

/** Reads what was opened in the last eight weeks. */
export async function readOpened(
  { kv, now }: Pick<Deps, "kv" | "now">,
  signal?: AbortSignal,
): Promise<{ opened: Opened[]; cut: boolean }> {
  const since = now() - WEEKS * WEEK;
  const opened: Opened[] = [];
  let cursor: string | undefined;
  do {
    signal?.throwIfAborted();
    const page = await listBounties(kv, { cursor, limit: PAGE });
    for (const { openedAt, createdAt, ...bounty } of page.items) {
      const at = openedAt ?? createdAt;
      if (at < since) return { opened, cut: false };
      const { category, skills, reward, state } = bounty;
      // Cancelled drafts were never open.
      if (openedAt !== null) {
        opened.push({ category, skills, reward, state, at });
      }
    }
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined && opened.length < READ_AT_MOST);
  return { opened, cut: cursor !== undefined };
}

/** What rises and falls among what was opened. Pure. */
export function analyse(
  opened: readonly Opened[],
  to: number,
  cut = false,
): TrendReport {
  const from = to - WINDOW * WEEK;
  const before = from - WINDOW * WEEK;
  const within = (a: number, b: number) =>
    opened.filter(({ at }) => at >= a && at < b).length;
  const bySkill = new Map<string, Opened[]>();
  for (const bounty of opened) {
    for (const skill of canonicalSkills(bounty.skills)) {
      const some = bySkill.get(skill) ?? [];
      some.push(bounty);
      bySkill.set(skill, some);
    }
  }
  const skills = [...bySkill]
    .map(([name, of]) => trendOf(name, of, to))
    .filter(({ now, before }) => now + before >= ENOUGH);
  return {
    before,
    from,
    to,
    opened: { now: within(from, to + 1), before: within(before, from) },
    categories: strongestFirst(
      BOUNTY_CATEGORIES.map((name) =>
        trendOf(name, opened.filter(({ category }) => category === name), to)
      ),
    ),
    skills: strongestFirst(skills).slice(0, SKILLS),
    cut,
    summary: null,
  };
}

/** The trend analyst's local answer. */
export async function analyseLocally(
  deps: Pick<Deps, "kv" | "now">,
  signal?: AbortSignal,
): Promise<TrendReport> {
  const to = deps.now();
  const { opened, cut } = await readOpened(deps, signal);
  return analyse(opened, to, cut);
}

function trendOf(name: string, of: readonly Opened[], to: number): Trend {
  const weeks = new Array<number>(WEEKS).fill(0);
  const current: Opened[] = [];
  let before = 0;
  for (const bounty of of) {
    const ago = Math.floor(Math.max(0, to - 1 - bounty.at) / WEEK);
    if (ago < WEEKS) weeks[WEEKS - 1 - ago]!++;
    if (ago < WINDOW) current.push(bounty);
    else if (ago < 2 * WINDOW) before++;
  }
  const taken = current.filter(({ state }) => TAKEN.includes(state)).length;
  return {
    name,
    ...compareCounts(current.length, before),
    now: current.length,
    before,
    weeks,
    reward: median(current.map(({ reward }) => reward)),
    taken: current.length > 0 ? taken / current.length : null,
    note: null,
  };
}

/** What moves comes first, by how much; then what is large. */
function strongestFirst(trends: Trend[]): Trend[] {
  const strength = ({ direction, ratio }: Trend) =>
    direction === "steady" ? 0 : Math.abs(Math.log(ratio));
  return trends.sort((a, b) =>
    strength(b) - strength(a) || b.now - a.now || (a.name < b.name ? -1 : 1)
  );
}
