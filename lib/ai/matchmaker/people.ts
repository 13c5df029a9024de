import type { Bounty } from "../../bounties/mod.ts";
import { DAY } from "../../clock.ts";
import type { Deps } from "../../platform.ts";
import { getUsers, listUsersWithSkill, type User } from "../../users/mod.ts";
import { canonicalSkills, spellingsOf } from "../matching/skills.ts";
import { personReason } from "./reasons.ts";
import type { PersonMatch } from "./types.ts";

/** People told of a bounty because of their skills. */
const TOLD = 20;
/** People looked at for each spelling of a skill. */
const LOOKED_AT = 200;
/** People read in full. */
const READ = 200;
/** Who has not been seen for this long is left in peace. */
const AWAY = 30 * DAY;
/** Share of the skills asked for that somebody must have. */
const ENOUGH = 0.5;

/**
 * People who have at least half of the skills that a bounty names, the most fitting first. Where more fit than are told,
 * which of them are looked at depends on the bounty, so that it is not always the same ones.
 */
export async function findPeople(
  { kv, now }: Pick<Deps, "kv" | "now">,
  bounty: Pick<Bounty, "id" | "clientId" | "skills">,
): Promise<PersonMatch[]> {
  const wanted = canonicalSkills(bounty.skills);
  if (wanted.length === 0) return [];
  const counts = new Map<string, number>();
  for (const skill of wanted) {
    const ids = await Promise.all(
      spellingsOf(skill).map((spelling) =>
        listUsersWithSkill(kv, spelling, { seed: bounty.id, limit: LOOKED_AT })
      ),
    );
    for (const id of new Set(ids.flat())) {
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  counts.delete(bounty.clientId);
  const likely = [...counts]
    .filter(([, count]) => count / wanted.length >= ENOUGH)
    .sort((a, b) => b[1] - a[1])
    .slice(0, READ).map(([id]) => id);
  const since = now() - AWAY;
  return (await getUsers(kv, likely))
    .filter((user) => user.lastActiveAt >= since)
    .map((user) => matched(user, wanted))
    .sort((a, b) => b.score - a.score || (a.userId < b.userId ? -1 : 1))
    .slice(0, TOLD);
}

/** What one has of the skills, with a little for being trusted: it decides between equals. */
function matched(
  { id, skills: own, trust }: User,
  wanted: readonly string[],
): PersonMatch {
  const has = new Set(canonicalSkills(own));
  const skills = wanted.filter((skill) => has.has(skill));
  return {
    userId: id,
    score: 0.9 * skills.length / wanted.length + 0.1 * trust / 1_000,
    skills,
    reason: personReason(skills, wanted.length),
  };
}
