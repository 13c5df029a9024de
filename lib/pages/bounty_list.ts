import type { Bounty } from "../bounties/mod.ts";
import { getGuild } from "../guilds/mod.ts";
import { getUsers } from "../users/mod.ts";
import type { Named, NamedGuild } from "./bounty_view.ts";

/** A bounty as a row of a list. */
export interface BountyRow {
  bounty: Bounty;
  client: Named | null;
  guild: NamedGuild | null;
}

/** Names the people and guilds of some bounties, each read once. */
export async function nameBounties(
  kv: Deno.Kv,
  bounties: Bounty[],
): Promise<BountyRow[]> {
  const guildIds = [
    ...new Set(bounties.flatMap(({ guildId }) => guildId ?? [])),
  ];
  const [users, guilds] = await Promise.all([
    getUsers(kv, bounties.map(({ clientId }) => clientId)),
    Promise.all(guildIds.map((id) => getGuild(kv, id))),
  ]);
  const client = new Map(
    users.map(({ id, handle, name }) => [id, { id, handle, name }]),
  );
  const guild = new Map(
    guilds.flatMap((found) =>
      found ? [[found.id, { id: found.id, name: found.name }]] : []
    ),
  );
  return bounties.map((bounty) => ({
    bounty,
    client: client.get(bounty.clientId) ?? null,
    guild: bounty.guildId === null ? null : guild.get(bounty.guildId) ?? null,
  }));
}
