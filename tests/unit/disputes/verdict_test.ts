/** What a verdict does to the bounty and to everybody's trust, over a real store. */
import { assertEquals } from "@std/assert";
import { listActivity } from "../../../lib/activity/mod.ts";
import { getBounty, listPayouts } from "../../../lib/bounties/mod.ts";
import { closeTribunal, sweepTribunals } from "../../../lib/disputes/mod.ts";
import { disputeChannel, parseChannel } from "../../../lib/realtime/mod.ts";
import { getStanding } from "../../../lib/users/mod.ts";
import { judged, openCourt, trustOf } from "./court.ts";

Deno.test("a verdict for the client denies the bounty, and everybody's trust follows, once", async () => {
  await using court = await openCourt();
  const { deps, client, worker, bountyId, dispute } = court;
  const after = await judged(court, 3, 1);
  assertEquals([after.state, after.verdict?.forId], ["resolved", client.id]);
  assertEquals(after.verdict!.votes, { carl: 3, wanda: 1 });
  const bounty = (await getBounty(deps.kv, bountyId))!;
  assertEquals([bounty.state, bounty.disputed], ["rejected", false]);
  const moved = async () => [
    await trustOf(court, client.id),
    await trustOf(court, worker.id),
    ...await Promise.all(after.jurorIds.map((id) => trustOf(court, id))),
  ];
  // The worker has lost the dispute and a rejected job.
  const expected = [5, -55, 3, 3, 3, 3, -5];
  assertEquals(await moved(), expected);
  assertEquals((await getStanding(deps.kv, "wanda")).disputesLost, 1);
  assertEquals((await getStanding(deps.kv, "carl")).disputesWon, 1);
  // Late and repeated ends change nothing.
  assertEquals(await closeTribunal(deps, dispute.id, 1), null);
  assertEquals(await sweepTribunals(deps), 0);
  await deps.queue.drain(5_000);
  assertEquals(await moved(), expected);
  const done = await Array.fromAsync(listActivity(deps.kv, 0, deps.now() + 1));
  const [resolved] = done.filter((a) => a.kind === "dispute_resolved");
  assertEquals(
    [resolved!.actorId, resolved!.counterpartyId, resolved!.outcome],
    ["carl", "wanda", "upheld"],
  );
  const room = parseChannel(disputeChannel(dispute.id))!;
  assertEquals(
    [
      await deps.policy.may(client, "see", room),
      await deps.policy.may(client, "write", room),
    ],
    [true, false],
  );
});

Deno.test("a verdict for the worker pays the bounty; a dispute without any grounds costs its raiser more", async () => {
  await using court = await openCourt();
  const { deps, client, worker, bountyId } = court;
  const after = await judged(court, 0, 5);
  assertEquals([after.verdict!.forId, after.verdict!.frivolous], [
    worker.id,
    true,
  ]);
  assertEquals((await getBounty(deps.kv, bountyId))!.state, "completed");
  assertEquals(
    (await listPayouts(deps.kv, { userId: worker.id })).map((p) => p.amount),
    [100],
  );
  assertEquals(await trustOf(court, client.id), -65);
  assertEquals((await getStanding(deps.kv, "wanda")).completed, 1);
  const done = await Array.fromAsync(listActivity(deps.kv, 0, deps.now() + 1));
  assertEquals(
    done.find((a) => a.kind === "dispute_resolved")!.outcome,
    "dismissed",
  );
  assertEquals(done.filter((a) => a.kind === "tribunal_vote").length, 5);
});
