/** What is done in disputes. */
import { assertEquals } from "@std/assert";
import { acceptBounty, postBounty } from "../../../lib/bounties/mod.ts";
import { DAY } from "../../../lib/clock.ts";
import {
  addEvidence,
  castVote,
  closeTribunal,
  decideDispute,
  escalateDispute,
  getDispute,
  raiseDispute,
  VOTING_TIME,
  withdrawDispute,
} from "../../../lib/disputes/mod.ts";
import { WORK } from "../../unit/bounties/stage.ts";
import { type TestDeps } from "../../support/open_deps.ts";
import { admin, type Walks, type World } from "./world.ts";

/** The id that a dispute gets, so that its channel can be looked at beforehand. */
export const DISPUTE = "D0000000000000000000000000";

const person = (id: string) => ({ id, role: "member" as const });

/** Carl disputes the work on his bounty that Ada answers for; the dispute's id is known beforehand. */
async function disputed(
  deps: TestDeps,
  { ada, carl, guild }: World,
  crowd = 12,
) {
  for (let i = 0; i < crowd; i++) {
    await deps.addUser(`juror-${i}`, {
      createdAt: deps.now() - 60 * DAY,
      lastActiveAt: deps.now(),
    });
  }
  const bounty = await postBounty(deps, carl, { ...WORK, open: true });
  await acceptBounty(deps, ada, bounty.id, guild.id);
  const reason = "Nothing has come of it for two weeks";
  const ids = [DISPUTE];
  const newId = () => ids.shift() ?? deps.newId();
  return await raiseDispute({ ...deps, newId }, carl, bounty.id, reason);
}

async function voting(deps: TestDeps, { id }: { id: string }) {
  return (await escalateDispute(deps, admin, id)).jurorIds;
}

export const disputes: Walks = {
  async raiseDispute(deps, world) {
    await disputed(deps, world);
    return ["ada"];
  },
  async addEvidence(deps, world) {
    const dispute = await disputed(deps, world);
    const given = { text: "See the log", links: [] };
    await addEvidence(deps, world.carl, dispute.id, given);
  },
  async escalateDispute(deps, world) {
    return await voting(deps, await disputed(deps, world));
  },
  async castVote(deps, world) {
    const dispute = await disputed(deps, world);
    const [juror] = await voting(deps, dispute);
    await castVote(deps, person(juror!), dispute.id, "ada");
  },
  async closeTribunal(deps, world) {
    const dispute = await disputed(deps, world);
    const jurors = await voting(deps, dispute);
    for (const id of jurors) {
      await castVote(deps, person(id), dispute.id, "ada");
    }
    await closeTribunal(deps, dispute.id, 1);
    return ["ada", "carl"];
  },
  async "closeTribunal tied"(deps, world) {
    const dispute = await disputed(deps, world);
    await voting(deps, dispute);
    deps.clock.advance(VOTING_TIME);
    await closeTribunal(deps, dispute.id, 1);
    const after = await getDispute(deps.kv, dispute.id);
    assertEquals(after!.round, 2);
    return after!.jurorIds;
  },
  async decideDispute(deps, world) {
    const dispute = await disputed(deps, world, 0);
    await escalateDispute(deps, admin, dispute.id);
    await decideDispute(deps, admin, dispute.id, {
      forId: "ada",
      note: "The work was done as agreed",
      frivolous: false,
    });
    return ["ada", "carl"];
  },
  async withdrawDispute(deps, world) {
    const dispute = await disputed(deps, world);
    await withdrawDispute(deps, world.carl, dispute.id);
    return ["ada"];
  },
  async "escalateDispute without jurors"(deps, world) {
    const dispute = await disputed(deps, world, 0);
    await deps.addUser("root", { role: "admin" });
    await escalateDispute(deps, admin, dispute.id);
    return ["root"];
  },
};
