import { assert, assertEquals } from "@std/assert";
import { listActivity } from "../../../lib/activity/mod.ts";
import {
  type Bounty,
  BOUNTY_STATES,
  bountyRows,
  getBounty,
  listBountySteps,
  listPayouts,
} from "../../../lib/bounties/mod.ts";
import { DAY } from "../../../lib/clock.ts";
import { seedDemo } from "../../../lib/demo/mod.ts";
import {
  castVote,
  getDispute,
  listDisputesToJudge,
  listEvidence,
} from "../../../lib/disputes/mod.ts";
import { getGuild, getMembership } from "../../../lib/guilds/mod.ts";
import { keys } from "../../../lib/kv/mod.ts";
import type { Notification } from "../../../lib/notifications/mod.ts";
import { getUser } from "../../../lib/users/mod.ts";
import { openDeps, type TestDeps } from "../../support/open_deps.ts";

const bountiesOf = ({ kv }: TestDeps) =>
  Array.fromAsync(
    kv.list<Bounty>({ prefix: keys.bountiesPrefix() }),
    ({ value }) => value,
  );

Deno.test("there is a bounty in every state, with its history, its indexes and its payout", async () => {
  await using deps = await openDeps();
  await seedDemo(deps);
  const bounties = await bountiesOf(deps);
  assertEquals(
    [...new Set(bounties.map(({ state }) => state))].sort(),
    [...BOUNTY_STATES].sort(),
  );
  for (const bounty of bounties) {
    for (const row of bountyRows(null, bounty)) {
      const { versionstamp } = await deps.kv.get(row.key);
      assert(versionstamp, `${bounty.id}: ${row.key.join(" ")}`);
    }
    const steps = await listBountySteps(deps.kv, bounty.id);
    assertEquals(steps.length, bounty.revision);
    if (steps[0]) assertEquals(steps[0].state, bounty.state);
    assertEquals(
      (await listPayouts(deps.kv, { payerId: bounty.clientId }))
        .filter(({ bountyId }) => bountyId === bounty.id).length,
      bounty.state === "completed" ? 1 : 0,
    );
    if (bounty.guildId === null) continue;
    assertEquals(
      await getMembership(deps.kv, bounty.guildId, bounty.clientId),
      null,
      `the client of ${bounty.id} is in the guild`,
    );
    assert(await getMembership(deps.kv, bounty.guildId, bounty.workerId!));
  }
  // No row of an index leads to a state that the bounty is not in.
  for await (
    const { key } of deps.kv.list({ prefix: ["bountiesInState"] })
  ) {
    assertEquals((await getBounty(deps.kv, key[3] as string))!.state, key[1]);
  }
  const done = await Array.fromAsync(listActivity(deps.kv, 0, deps.now()));
  for (const kind of ["bounty_posted", "bounty_paid", "tribunal_vote"]) {
    assert(done.some((activity) => activity.kind === kind), kind);
  }
});

Deno.test("everything that the notifications lead to is there", async () => {
  await using deps = await openDeps();
  await seedDemo(deps);
  for (
    const table of ["notifications", "notificationsArchived"]
  ) {
    for await (
      const { value } of deps.kv.list<Notification>({ prefix: [table] })
    ) {
      const data = value.data as Record<string, string>;
      if (data.bountyId) {
        const bounty = await getBounty(deps.kv, data.bountyId);
        assertEquals(bounty?.title, data.bountyTitle, data.bountyId);
      }
      if (data.disputeId) {
        assert(await getDispute(deps.kv, data.disputeId), data.disputeId);
      }
      if (data.guildId) assert(await getGuild(deps.kv, data.guildId));
    }
  }
});

Deno.test("the owner is asked for a vote and can give it", async () => {
  await using deps = await openDeps();
  await seedDemo(deps);
  const owner = (await getUser(deps.kv, "demo_owner"))!;
  const [dispute] = (await listDisputesToJudge(deps.kv, owner.id)).items;
  assert(dispute?.id === "demo-dispute-icons");
  assert((await listEvidence(deps.kv, dispute.id)).length >= 3);
  deps.clock.set(Math.floor(deps.now() / DAY) * DAY);
  const after = await castVote(deps, owner, dispute.id, dispute.raiserId);
  assertEquals(after.dispute.voted, dispute.voted + 1);
});
