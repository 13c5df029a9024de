import { bountyEntry } from "../../lib/bounties/mod.ts";
import type { Bounty } from "../../lib/bounties/mod.ts";
import { type Guild, guildEntry } from "../../lib/guilds/mod.ts";
import { keys } from "../../lib/kv/mod.ts";
import { reindexMessages } from "../../lib/messages/mod.ts";
import { rebuildIndex, type Rebuilt } from "../../lib/search/mod.ts";
import { type User, userEntry } from "../../lib/users/mod.ts";

/** Makes the index of one subject anew; `report` is told how many things were looked at. */
export type Reindex = (
  kv: Deno.Kv,
  report?: (looked: number) => void,
) => Promise<Rebuilt>;

/** What can be indexed anew, by the name that `deno task reindex` takes. A subject with an index adds itself here. */
export const REINDEX: Record<string, Reindex> = {
  users: (kv, report) =>
    rebuildIndex<User>(kv, {
      kind: "user",
      prefix: keys.usersPrefix(),
      keyOf: keys.user,
      entryOf: userEntry,
    }, report),
  guilds: (kv, report) =>
    rebuildIndex<Guild>(kv, {
      kind: "guild",
      prefix: keys.guildsPrefix(),
      keyOf: keys.guild,
      entryOf: guildEntry,
    }, report),
  bounties: (kv, report) =>
    rebuildIndex<Bounty>(kv, {
      kind: "bounty",
      prefix: keys.bountiesPrefix(),
      keyOf: keys.bounty,
      entryOf: bountyEntry,
    }, report),
  messages: reindexMessages,
};
