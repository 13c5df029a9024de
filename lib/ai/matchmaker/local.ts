import type { Bounty } from "../../bounties/mod.ts";
import { getGuild, getGuildStanding, getMembership } from "../../guilds/mod.ts";
import { type Fit, rankOffers } from "../matching/fit.ts";
import {
  type ProfileDeps,
  shortlistGuilds,
} from "../matching/guild_profiles.ts";
import { prepareBounty } from "../matching/needs.ts";
import type { Profile } from "../matching/profile.ts";
import { findPeople } from "./people.ts";
import { guildReasons } from "./reasons.ts";
import type { Proposal } from "./types.ts";

/** Of the labelled pairs (judging part) from here on half suit in some way; of those from 0.2 to 0.3 one in seven. */
export const WORTH_PROPOSING = 0.3;
/** Guilds proposed for a bounty. */
const PROPOSED = 5;

/** Whom a bounty suits, by meaning, words and skills. Deterministic; reads, and keeps what it prepared. */
export async function proposeLocally(
  deps: ProfileDeps,
  bounty: Bounty,
  signal?: AbortSignal,
): Promise<Proposal> {
  const { kv } = deps;
  const need = await prepareBounty(deps, bounty);
  signal?.throwIfAborted();
  const offers = await shortlistGuilds(kv, need, { signal });
  const profiles = new Map(offers.map(({ id, profile }) => [id, profile]));
  const guilds: Proposal["guilds"] = [];
  for (const fit of rankOffers(need, offers)) {
    if (fit.score < WORTH_PROPOSING || guilds.length === PROPOSED) break;
    const found = await proposed(kv, bounty, need, profiles.get(fit.id)!, fit);
    if (found) guilds.push(found);
  }
  return {
    bountyId: bounty.id,
    guilds,
    people: await findPeople(deps, bounty),
  };
}

async function proposed(
  kv: Deno.Kv,
  bounty: Bounty,
  need: Profile,
  offer: Profile,
  fit: Fit,
): Promise<Proposal["guilds"][number] | null> {
  const [guild, client, standing] = await Promise.all([
    getGuild(kv, fit.id),
    getMembership(kv, fit.id, bounty.clientId),
    getGuildStanding(kv, fit.id),
  ]);
  // A guild that the client is in may not accept it.
  if (guild === null || client !== null) return null;
  return {
    guildId: fit.id,
    name: guild.name,
    score: Math.round(fit.score * 100) / 100,
    reasons: guildReasons(need, offer, fit, standing),
  };
}
