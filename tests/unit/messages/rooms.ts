import { createGuild, joinGuild } from "../../../lib/guilds/mod.ts";
import {
  dmChannel,
  guildChannel,
  parseChannel,
} from "../../../lib/realtime/mod.ts";
import type { User } from "../../../lib/users/mod.ts";
import { type TestDeps } from "../../support/open_deps.ts";

export const dm = dmChannel("ada", "bob");

export async function guildOf(
  deps: TestDeps,
  founder: User,
  ...others: User[]
) {
  const given = { name: "Lantern", description: "", open: true };
  const { id } = await createGuild(deps, founder, given);
  for (const one of others) await joinGuild(deps, id, one);
  return {
    id,
    channel: guildChannel(id),
    room: parseChannel(guildChannel(id))!,
  };
}
