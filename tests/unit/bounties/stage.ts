import {
  acceptBounty,
  type NewBounty,
  postBounty,
  submitBounty,
} from "../../../lib/bounties/mod.ts";
import { createGuild } from "../../../lib/guilds/mod.ts";
import type { TestDeps } from "../../support/open_deps.ts";

/** What a client would post, but for what a test gives. */
export const WORK: NewBounty = {
  title: "Timetable that works offline",
  description: "A page that shows departures without a network.",
  category: "engineering",
  skills: ["preact", "service worker"],
  reward: 900,
  deadline: null,
};

/** A client, and a guild of Ada's that the client is not in. */
export async function stage(deps: TestDeps) {
  const client = await deps.addUser("carl");
  const worker = await deps.addUser("ada");
  const guild = await createGuild(deps, worker, {
    name: "Lantern",
    description: "",
    open: true,
  });
  const post = (given: Partial<NewBounty> = {}) =>
    postBounty(deps, client, { ...WORK, ...given, open: true });
  return {
    client,
    worker,
    guild,
    post,
    async accepted(given: Partial<NewBounty> = {}) {
      const { id } = await post(given);
      return await acceptBounty(deps, worker, id, guild.id);
    },
    async submitted(given: Partial<NewBounty> = {}) {
      const { id } = await post(given);
      await acceptBounty(deps, worker, id, guild.id);
      return await submitBounty(deps, worker, id, { note: "Done.", url: null });
    },
  };
}
