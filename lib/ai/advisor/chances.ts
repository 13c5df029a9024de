import {
  type Bounty,
  listBounties,
  listBountiesForGuild,
} from "../../bounties/mod.ts";
import type { listGuildsOf } from "../../guilds/mod.ts";
import type { Deps } from "../../platform.ts";
import type { User } from "../../users/mod.ts";
import { fitOf } from "../matching/fit.ts";
import { readBountyProfiles, readPersonProfile } from "../matching/needs.ts";
import { canonicalSkills, spellingsOf } from "../matching/skills.ts";
import type { TrendReport } from "../trends/types.ts";
import { demandFor, inDemand, worthLearning } from "./demand.ts";
import { insight } from "./insight.ts";
import type { Insight, SkillDemand } from "./types.ts";

type Guilds = Awaited<ReturnType<typeof listGuildsOf>>;

/** Bounties looked at for each spelling of a skill. */
const LOOKED_AT = 10;
const SKILLS = 8;
const BOUNTIES = 3;
/** A bounty that fits less is not worth a word. */
const WORTH_SAYING = 0.35;

/** Open bounties that suit somebody, and what their skills are worth at the moment. */
export async function findChances(
  { kv }: Pick<Deps, "kv">,
  user: User,
  guilds: Guilds,
  trends: TrendReport | null,
): Promise<{ insights: Insight[]; demand: SkillDemand[] }> {
  const skills = canonicalSkills(user.skills);
  const [bounties, proposed] = await Promise.all([
    fittingBounties(kv, user, skills),
    proposedToGuilds(kv, guilds),
  ]);
  return {
    insights: [
      ...bounties,
      ...proposed,
      ...inDemand(skills, trends),
      ...worthLearning(skills, trends),
    ],
    demand: demandFor(skills, trends),
  };
}

async function fittingBounties(
  kv: Deno.Kv,
  user: User,
  skills: readonly string[],
): Promise<Insight[]> {
  const found = new Map<string, Bounty>();
  await Promise.all(
    skills.slice(0, SKILLS).flatMap((skill) => spellingsOf(skill)).map(
      async (skill) => {
        const { items } = await listBounties(kv, {
          states: ["open", "matched"],
          skill,
          limit: LOOKED_AT,
        });
        for (const bounty of items) found.set(bounty.id, bounty);
      },
    ),
  );
  const open = [...found.values()].filter((b) => b.clientId !== user.id);
  const [profiles, person] = await Promise.all([
    readBountyProfiles(kv, open.map(({ id }) => id)),
    readPersonProfile(kv, user.id),
  ]);
  const offer = person ?? bare([...skills]);
  return open.map((bounty) => {
    const need = profiles.get(bounty.id) ??
      bare(canonicalSkills(bounty.skills));
    return { bounty, score: fitOf(need, offer) };
  }).filter(({ score }) => score >= WORTH_SAYING)
    .sort((a, b) => b.score - a.score || (a.bounty.id < b.bounty.id ? -1 : 1))
    .slice(0, BOUNTIES)
    .map(({ bounty: { id, title, reward, skills: asked }, score }) =>
      insight(id, {
        kind: "bounty",
        title,
        reward,
        skills: canonicalSkills(asked).filter((skill) =>
          skills.includes(skill)
        ),
      }, { href: `/bounties/${id}`, weight: 0.35 + 0.2 * score })
    );
}

/** Skills alone, for what no job has prepared yet. */
const bare = (skills: string[]) => ({
  title: "",
  text: "",
  skills,
  whole: null,
  parts: [],
});

async function proposedToGuilds(
  kv: Deno.Kv,
  guilds: Guilds,
): Promise<Insight[]> {
  const found: Insight[] = [];
  for (const { guild, role } of guilds) {
    if (role === "member") continue;
    const { items } = await listBountiesForGuild(kv, guild.id, { limit: 20 });
    if (items.length === 0) continue;
    found.push(
      insight(guild.id, {
        kind: "proposed",
        guild: guild.name,
        count: items.length,
      }, { href: "/bounties/mine?part=proposed", weight: 0.58 }),
    );
  }
  return found.slice(0, BOUNTIES);
}
