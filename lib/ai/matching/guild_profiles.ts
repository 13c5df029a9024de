import { listBountiesOfGuild } from "../../bounties/mod.ts";
import { getGuild, type Guild, listMembers } from "../../guilds/mod.ts";
import {
  commit,
  del,
  keys,
  retryConflicts,
  set,
  unchanged,
} from "../../kv/mod.ts";
import type { Deps } from "../../platform.ts";
import type { Embedder } from "../embedding/embedder.ts";
import {
  cosineWithFirst,
  type PackedVectors,
  packVectors,
} from "../embedding/packed.ts";
import { glance } from "./fit.ts";
import {
  type Described,
  pack,
  prepareAnew,
  type Profile,
  type StoredProfile,
  unpack,
} from "./profile.ts";
import { canonicalSkills } from "./skills.ts";

/** Members whose skills count as the guild's. */
const MEMBERS = 100;
/** Finished work that says what a guild does. */
const PAST_BOUNTIES = 12;

/** What is read of every guild: half a kilobyte. */
interface Glance {
  skills: string[];
  whole: PackedVectors | null;
}

export interface ProfileDeps extends Pick<Deps, "kv" | "now"> {
  /** `null`: none here; words and skills do. */
  embedder: Embedder | null;
}

/** What a guild says of itself, what its members can do and what it has done. */
export async function describedGuild(
  kv: Deno.Kv,
  guild: Guild,
): Promise<Described> {
  const [members, past] = await Promise.all([
    listMembers(kv, guild.id, { limit: MEMBERS }),
    listBountiesOfGuild(kv, guild.id, {
      states: ["completed"],
      limit: PAST_BOUNTIES,
    }),
  ]);
  const counts = new Map<string, number>();
  const count = (skills: string[], weight: number) => {
    for (const skill of canonicalSkills(skills)) {
      counts.set(skill, (counts.get(skill) ?? 0) + weight);
    }
  };
  for (const { skills } of members.items) count(skills, 1);
  // What it says of itself, as a whole, comes first.
  count(guild.skills ?? [], 3);
  // What was done and accepted is worth more than what is claimed.
  for (const { skills } of past.items) count(skills, 2);
  return {
    title: guild.name,
    text: [guild.description, ...past.items.map(({ title }) => `${title}.`)]
      .join("\n"),
    skills: [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, 30).map(([skill]) => skill),
  };
}

/**
 * Prepares a guild for matching, unless nothing about it has changed; forgets one that is gone. Returns whether rows
 * were written.
 */
export async function prepareGuild(
  { kv, now, embedder }: ProfileDeps,
  guildId: string,
): Promise<boolean> {
  const [profileKey, glanceKey] = [
    keys.guildProfile(guildId),
    keys.guildGlance(guildId),
  ];
  return await retryConflicts(async () => {
    const before = await kv.get<StoredProfile>(profileKey);
    const guild = await getGuild(kv, guildId);
    if (guild === null) {
      if (before.value === null) return { written: false };
      const mutations = [del(profileKey), del(glanceKey)];
      return await commit(kv, { checks: [unchanged(before)], mutations })
        ? { written: true }
        : null;
    }
    const described = await describedGuild(kv, guild);
    const known = before.value?.hash;
    const anew = await prepareAnew(described, "offer", embedder, known);
    if (anew === null) return { written: false };
    const { profile, hash } = anew;
    const glanceRow: Glance = {
      skills: profile.skills,
      whole: profile.whole &&
        packVectors([profile.whole], profile.whole.length),
    };
    return await commit(kv, {
        checks: [unchanged(before)],
        mutations: [
          set(profileKey, pack(profile, hash, now())),
          set(glanceKey, glanceRow),
        ],
      })
      ? { written: true }
      : null;
  }).then(({ written }) => written);
}

/** Guilds that are weighed in full; the others are left aside at a glance. */
const SHORTLIST = 300;

/**
 * The guilds that may suit a need, prepared: every guild is glanced at (one vector, its skills), the best are read in
 * full. 10,000 guilds take about a second and no more memory than the shortlist.
 */
export async function shortlistGuilds(
  kv: Deno.Kv,
  need: Profile,
  { signal, limit = SHORTLIST }: { signal?: AbortSignal; limit?: number } = {},
): Promise<{ id: string; profile: Profile }[]> {
  let best: { id: string; value: number }[] = [];
  const rows = kv.list<Glance>({ prefix: keys.guildGlances() }, {
    batchSize: 500,
  });
  for await (const { key, value } of rows) {
    signal?.throwIfAborted();
    const meaning = need.whole && value.whole
      ? cosineWithFirst(need.whole, value.whole)
      : 0;
    best.push({
      id: key.at(-1) as string,
      value: glance(need, { meaning, skills: value.skills }),
    });
    if (best.length >= 4 * limit) best = top(best, limit);
  }
  const ids = top(best, limit).map(({ id }) => id);
  const found: { id: string; profile: Profile }[] = [];
  // One getMany takes ten keys.
  for (let i = 0; i < ids.length; i += 10) {
    const some = ids.slice(i, i + 10);
    const entries = await kv.getMany<StoredProfile[]>(
      some.map((id) => keys.guildProfile(id)),
    );
    entries.forEach(({ value }, n) => {
      if (value) found.push({ id: some[n]!, profile: unpack(value) });
    });
  }
  return found;
}

function top(
  found: { id: string; value: number }[],
  limit: number,
): { id: string; value: number }[] {
  return found
    .sort((a, b) => b.value - a.value || (a.id < b.id ? -1 : 1))
    .slice(0, limit);
}
