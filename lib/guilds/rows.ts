import { del, keys, type Mutation, set } from "../kv/mod.ts";
import { searchRows } from "../search/mod.ts";
import { guildEntry } from "./search_entry.ts";
import type { Guild, Membership } from "./types.ts";

/** The guild's row and what changes in the search; `before` is `null` for a new one, `after` for one that ends. */
export function guildRows(
  before: Guild | null,
  after: Guild | null,
): Mutation[] {
  const { id } = (after ?? before)!;
  return [
    after ? set(keys.guild(id), after) : del(keys.guild(id)),
    ...searchRows(before && guildEntry(before), after && guildEntry(after)),
  ];
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
