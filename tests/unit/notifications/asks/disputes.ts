/** What disputes ask of the accused, of jurors and of admins. */
import { acceptBounty } from "../../../../lib/bounties/mod.ts";
import { DAY } from "../../../../lib/clock.ts";
import {
  addEvidence,
  castVote,
  decideDispute,
  escalateDispute,
  getDispute,
  raiseDispute,
  withdrawDispute,
} from "../../../../lib/disputes/mod.ts";
import { type DeliveryWorld } from "../delivery_support.ts";
import { admin, type Case, posted, type World } from "./world.ts";

const person = (id: string) => ({ id, role: "member" as const });

async function disputed(deps: DeliveryWorld, world: World, crowd = 0) {
  for (let i = 0; i < crowd; i++) {
    await deps.addUser(`juror-${i}`, {
      createdAt: deps.now() - 60 * DAY,
      lastActiveAt: deps.now(),
    });
  }
  const { id } = await posted(deps, world);
  await acceptBounty(deps, world.ada, id, world.guild.id);
  const reason = "Nothing has come of it for two weeks";
  return (await raiseDispute(deps, world.carl, id, reason)).id;
}

async function voting(deps: DeliveryWorld, world: World) {
  const id = await disputed(deps, world, 12);
  await escalateDispute(deps, admin, id);
  return id;
}

async function mediated(deps: DeliveryWorld, world: World) {
  await deps.addUser("root", { role: "admin" });
  await deps.addUser("rita", { role: "admin" });
  const id = await disputed(deps, world);
  await escalateDispute(deps, admin, id);
  return id;
}

export const disputes: Case[] = [{
  type: "dispute_raised",
  ask: disputed,
  ends: {
    "the accused gives evidence": {
      settle: (deps, { ada }, id) =>
        addEvidence(deps, ada, id, { text: "See the log", links: [] }),
      seen: { ada: "You gave your side" },
      open: ["bob"],
    },
    "it is withdrawn": {
      settle: (deps, { carl }, id) => withdrawDispute(deps, carl, id),
      seen: { ada: "Withdrawn", bob: "Withdrawn" },
    },
  },
}, {
  type: "dispute_mediation",
  ask: mediated,
  ends: {
    "an admin decides": {
      settle: (deps, _, id) =>
        decideDispute(deps, admin, id, {
          forId: "ada",
          note: "The work was done as agreed",
          frivolous: false,
        }),
      seen: { root: "You decided", rita: "Decided" },
    },
    "it is withdrawn": {
      settle: (deps, { carl }, id) => withdrawDispute(deps, carl, id),
      seen: { root: "Withdrawn", rita: "Withdrawn" },
    },
  },
}, {
  type: "tribunal_vote_needed",
  ask: voting,
  ends: {
    "a juror votes": {
      settle: async (deps, _, id) => {
        const { jurorIds } = (await getDispute(deps.kv, id))!;
        await castVote(deps, person(jurorIds[0]!), id, "ada");
      },
      seen: { "juror 0": "You voted" },
      open: ["juror 1"],
    },
    "it is withdrawn": {
      settle: (deps, { carl }, id) => withdrawDispute(deps, carl, id),
      seen: { "juror 0": "Withdrawn", "juror 1": "Withdrawn" },
    },
  },
}];
