import { listBountiesOfClient, listBountiesOfWorker } from "../bounties/mod.ts";
import type { Actor } from "../auth/mod.ts";
import { mayBounty } from "../auth/mod.ts";
import type { Cache } from "../cache/mod.ts";
import { listGuildsOf } from "../guilds/mod.ts";
import type { Deps } from "../platform.ts";
import {
  getProfileByHandle,
  getStanding,
  listTrustHistory,
  meritsOf,
  nextRank,
} from "../users/mod.ts";
import { nameBounties } from "./bounty_list.ts";

/** Bounties of each kind, and changes of trust, that a profile shows. */
const SHOWN = 5;
const HISTORY = 60;

/** Everything that somebody's page shows; `null` when nobody has the handle. Bounded reads, whoever it is. */
export async function readPerson(
  deps: Pick<Deps, "kv" | "now"> & { cache: Cache },
  actor: Actor,
  handle: string,
) {
  const { kv, now } = deps;
  const person = await getProfileByHandle(deps, handle);
  if (!person) return null;
  const [standing, history, guilds, worked, commissioned] = await Promise.all([
    getStanding(kv, person.id),
    listTrustHistory(kv, person.id, HISTORY),
    listGuildsOf(kv, person.id),
    listBountiesOfWorker(kv, person.id, { limit: SHOWN }),
    listBountiesOfClient(kv, person.id, { limit: 2 * SHOWN }),
  ]);
  // A client's drafts are their own affair.
  const posted = commissioned.items
    .filter((bounty) => mayBounty(actor, "see", { bounty })).slice(0, SHOWN);
  return {
    person,
    standing,
    history,
    next: nextRank(person.rank, meritsOf(person, standing, now())),
    guilds: guilds.map(({ guild, role }) => ({
      id: guild.id,
      name: guild.name,
      role,
    })),
    worked: await nameBounties(kv, worked.items),
    commissioned: await nameBounties(kv, posted),
  };
}
