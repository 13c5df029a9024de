import { getVisibleBounty } from "../bounties/mod.ts";
import { NexoraError } from "../errors.ts";
import { getGuild } from "../guilds/mod.ts";
import type { Mute } from "../notifications/mod.ts";
import type { Platform } from "../platform.ts";
import { parseChannel } from "../realtime/mod.ts";
import { getUser, type User } from "../users/mod.ts";

/**
 * What something that may be muted is called, for who may see it; `null` where there is no such thing. Names come from
 * here and not from links or forms, so that nobody puts words into a page.
 */
export async function nameOfSubject(
  { kv, policy }: Pick<Platform, "kv" | "policy">,
  user: User,
  { kind, id }: Pick<Mute, "kind" | "id">,
): Promise<string | null> {
  switch (kind) {
    case "guild":
      return (await getGuild(kv, id))?.name ?? null;
    case "person":
      return id === user.id ? null : (await getUser(kv, id))?.name ?? null;
    case "bounty":
      try {
        return (await getVisibleBounty(kv, user, id)).title;
      } catch (error) {
        if (error instanceof NexoraError) return null;
        throw error;
      }
    case "room": {
      const channel = parseChannel(id);
      if (!channel || !await policy.may(user, "see", channel)) return null;
      const { subject } = channel;
      if (subject.kind === "guild") {
        return (await getGuild(kv, subject.guildId))?.name ?? null;
      }
      if (subject.kind !== "dm") return id;
      const other = subject.userIds.find((one) => one !== user.id)!;
      return (await getUser(kv, other))?.name ?? null;
    }
  }
}
