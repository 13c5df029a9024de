import { del, keys, type Mutation, set } from "../kv/mod.ts";
import type { Guild, Membership } from "./types.ts";

export function guildRow(guild: Guild): Mutation {
  return set(keys.guild(guild.id), guild);
}

export function membershipRows(membership: Membership): Mutation[] {
  const { guildId, userId } = membership;
  return [
    set(keys.guildMember(guildId, userId), membership),
    set(keys.guildOfUser(userId, guildId), membership),
  ];
}

export function endedMembershipRows(
  { guildId, userId }: Membership,
): Mutation[] {
  return [
    del(keys.guildMember(guildId, userId)),
    del(keys.guildOfUser(userId, guildId)),
  ];
}
