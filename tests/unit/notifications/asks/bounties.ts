/** What bounties ask of guilds and clients. */
import {
  acceptBounty,
  cancelBounty,
  expireBounty,
  reviewBounty,
  submitBounty,
} from "../../../../lib/bounties/mod.ts";
import { DAY } from "../../../../lib/clock.ts";
import {
  decideDispute,
  escalateDispute,
  raiseDispute,
} from "../../../../lib/disputes/mod.ts";
import { asks, notifyJob } from "../../../../lib/notifications/mod.ts";
import { WORK } from "../../bounties/stage.ts";
import { type DeliveryWorld } from "../delivery_support.ts";
import { admin, type Case, posted, type World } from "./world.ts";

async function matched(deps: DeliveryWorld, world: World) {
  const { id } = await posted(deps, world);
  // As the matchmaker tells it.
  await deps.queue.enqueue(notifyJob({
    userIds: ["ada", "bob"],
    type: "bounty_matched",
    data: { bountyId: id, bountyTitle: WORK.title },
    key: `bounty-match:${id}`,
    ask: asks.takeBounty(id),
  }));
  return id;
}

export async function handedIn(deps: DeliveryWorld, world: World) {
  const { id } = await posted(deps, world);
  await acceptBounty(deps, world.ada, id, world.guild.id);
  await submitBounty(deps, world.ada, id, { note: "Done", url: null });
  return id;
}

async function sentBack(deps: DeliveryWorld, world: World) {
  const id = await handedIn(deps, world);
  await reviewBounty(deps, world.carl, id, {
    outcome: "changes",
    rating: null,
    note: "The footer is missing",
  });
  return id;
}

export const bounties: Case[] = [{
  type: "bounty_matched",
  ask: matched,
  ends: {
    "a guild takes it on": {
      settle: (deps, { ada, guild }, id) =>
        acceptBounty(deps, ada, id, guild.id),
      seen: { ada: "You took it on", bob: "Taken on by a guild" },
    },
    "its client cancels it": {
      settle: (deps, { carl }, id) => cancelBounty(deps, carl, id),
      seen: { ada: "Cancelled", bob: "Cancelled" },
    },
    "its deadline passes": {
      settle: (deps, _, id) => {
        deps.clock.advance(5 * DAY);
        return expireBounty(deps, id);
      },
      seen: { ada: "Expired" },
    },
  },
}, {
  type: "bounty_submitted",
  ask: handedIn,
  ends: {
    "it is accepted": {
      settle: (deps, { carl }, id) =>
        reviewBounty(deps, carl, id, {
          outcome: "accepted",
          rating: 5,
          note: "",
        }),
      seen: { carl: "You reviewed it" },
    },
    "changes are asked for": {
      settle: (deps, { carl }, id) =>
        reviewBounty(deps, carl, id, {
          outcome: "changes",
          rating: null,
          note: "The footer is missing",
        }),
      seen: { carl: "You reviewed it" },
    },
    "an admin decides the dispute about it": {
      settle: async (deps, { carl }, id) => {
        const dispute = await raiseDispute(deps, carl, id, "It is not mine");
        await escalateDispute(deps, admin, dispute.id);
        await decideDispute(deps, admin, dispute.id, {
          forId: "ada",
          note: "The work was done as agreed",
          frivolous: false,
        });
      },
      seen: { carl: "Decided" },
    },
  },
}, {
  type: "bounty_reviewed",
  ask: sentBack,
  ends: {
    "it is handed in again": {
      settle: (deps, { ada }, id) =>
        submitBounty(deps, ada, id, { note: "Now", url: null }),
      seen: { ada: "You handed it in again", bob: "Handed in again" },
    },
    "its client cancels it": {
      settle: (deps, { carl }, id) => cancelBounty(deps, carl, id),
      seen: { ada: "Cancelled", bob: "Cancelled" },
    },
  },
}];
