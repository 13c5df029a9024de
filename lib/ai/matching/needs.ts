import type { Bounty } from "../../bounties/mod.ts";
import { DAY } from "../../clock.ts";
import { keys } from "../../kv/mod.ts";
import type { User } from "../../users/mod.ts";
import type { ProfileDeps } from "./guild_profiles.ts";
import {
  type Described,
  pack,
  prepareAnew,
  type Profile,
  type Side,
  type StoredProfile,
  unpack,
} from "./profile.ts";

/** Prepared bounties and people outlive their use by this, in milliseconds. */
const KEPT = 120 * DAY;

type Words = Pick<Bounty, "id" | "title" | "description" | "skills">;

/** A bounty, prepared; from the store when its words are still the same. */
export function prepareBounty(
  deps: ProfileDeps,
  { id, title, description, skills }: Words,
): Promise<Profile> {
  const described = { title, text: description, skills };
  return kept(deps, keys.bountyProfile(id), described, "need");
}

/** A person, prepared. */
export function preparePerson(
  deps: ProfileDeps,
  { id, name, bio, skills }: Pick<User, "id" | "name" | "bio" | "skills">,
): Promise<Profile> {
  const described = { title: name, text: bio, skills };
  return kept(deps, keys.personProfile(id), described, "offer");
}

/** What is stored of bounties, by id; those that are not prepared yet are left out. Never embeds: fit for pages. */
export async function readBountyProfiles(
  kv: Deno.Kv,
  bountyIds: readonly string[],
): Promise<Map<string, Profile>> {
  const found = new Map<string, Profile>();
  for (let i = 0; i < bountyIds.length; i += 10) {
    const some = bountyIds.slice(i, i + 10);
    const entries = await kv.getMany<StoredProfile[]>(
      some.map((id) => keys.bountyProfile(id)),
    );
    entries.forEach(({ value }, n) => {
      if (value) found.set(some[n]!, unpack(value));
    });
  }
  return found;
}

/** What is stored of a person; `null` before a job has prepared them. Never embeds. */
export async function readPersonProfile(
  kv: Deno.Kv,
  userId: string,
): Promise<Profile | null> {
  const { value } = await kv.get<StoredProfile>(keys.personProfile(userId));
  return value && unpack(value);
}

async function kept(
  { kv, now, embedder }: ProfileDeps,
  key: Deno.KvKey,
  described: Described,
  side: Side,
): Promise<Profile> {
  const { value } = await kv.get<StoredProfile>(key);
  const anew = await prepareAnew(described, side, embedder, value?.hash);
  if (anew === null) return unpack(value!);
  // Two that prepare the same at once write the same.
  await kv.set(key, pack(anew.profile, anew.hash, now()), { expireIn: KEPT });
  return anew.profile;
}
