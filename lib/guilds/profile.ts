import { listPayouts } from "../bounties/mod.ts";
import { type Cache, guildProfileKey } from "../cache/mod.ts";
import { getGuildStanding } from "./standing.ts";
import type { GuildProfile } from "./types.ts";

/** Payouts shown as recent work. */
const RECENT = 5;

/** What a guild has achieved, as its page shows it; at most five minutes old. */
export async function getGuildProfile(
  { kv, cache }: { kv: Deno.Kv; cache: Cache },
  guildId: string,
): Promise<GuildProfile> {
  const profile = await cache.getOrSet<GuildProfile>(
    guildProfileKey(guildId),
    async () => {
      const [standing, payouts] = await Promise.all([
        getGuildStanding(kv, guildId),
        listPayouts(kv, { guildId }, RECENT),
      ]);
      const { completed, rejected, earned, ratingCount, ratingSum } = standing;
      return {
        guildId,
        completed,
        rejected,
        earned,
        rating: ratingCount === 0 ? null : ratingSum / ratingCount,
        recent: payouts.map(({ bountyId, bountyTitle, amount, at }) => ({
          id: bountyId,
          title: bountyTitle,
          amount,
          at,
        })),
      };
    },
  );
  // The loader always has an answer.
  return profile!;
}
