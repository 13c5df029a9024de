/** What is done with bounties. */
import { setRole } from "../../../lib/guilds/mod.ts";
import {
  acceptBounty,
  cancelBounty,
  expireBounty,
  matchBounty,
  postBounty,
  reviewBounty,
  submitBounty,
} from "../../../lib/bounties/mod.ts";
import { WORK } from "../../unit/bounties/stage.ts";
import { type TestDeps } from "../../support/open_deps.ts";
import { type Walks, type World } from "./world.ts";

/** Carl's bounty, taken on by Ada for her guild and handed in. */
async function handedIn(deps: TestDeps, { ada, guild, carl }: World) {
  const { id } = await postBounty(deps, carl, { ...WORK, open: true });
  await acceptBounty(deps, ada, id, guild.id);
  await submitBounty(deps, ada, id, { note: "Done", url: null });
  return id;
}

export const bounties: Walks = {
  async postBounty(deps, { carl }) {
    await postBounty(deps, carl, { ...WORK, open: true });
  },
  async matchBounty(deps, { guild, carl }) {
    const { id } = await postBounty(deps, carl, { ...WORK, open: true });
    const fit = {
      guildId: guild.id,
      score: 1,
      reasons: ["They know Preact"],
    };
    await matchBounty(deps, id, [fit]);
  },
  async acceptBounty(deps, { ada, guild, carl }) {
    const { id } = await postBounty(deps, carl, { ...WORK, open: true });
    await acceptBounty(deps, ada, id, guild.id);
    return ["carl"];
  },
  async submitBounty(deps, world) {
    await handedIn(deps, world);
    return ["carl"];
  },
  async reviewBounty(deps, world) {
    await setRole(deps, world.ada, world.guild.id, "bob", "officer");
    const id = await handedIn(deps, world);
    const asked = { rating: null, note: "The footer is missing" };
    await reviewBounty(deps, world.carl, id, {
      outcome: "changes",
      ...asked,
    });
    return ["ada", "bob"];
  },
  async "reviewBounty with a payout"(deps, world) {
    await setRole(deps, world.ada, world.guild.id, "bob", "officer");
    const id = await handedIn(deps, world);
    const praise = { rating: 5, note: "" };
    await reviewBounty(deps, world.carl, id, {
      outcome: "accepted",
      ...praise,
    });
    return ["ada"];
  },
  async cancelBounty(deps, { ada, guild, carl }) {
    const { id } = await postBounty(deps, carl, { ...WORK, open: true });
    await acceptBounty(deps, ada, id, guild.id);
    await cancelBounty(deps, carl, id);
    return ["ada"];
  },
  async expireBounty(deps, { carl }) {
    const deadline = deps.now() + 1_000;
    const { id } = await postBounty(deps, carl, {
      ...WORK,
      deadline,
      open: true,
    });
    deps.clock.advance(1_000);
    await expireBounty(deps, id);
    return ["carl"];
  },
};
