/** Disputes before a tribunal: raising, evidence, withdrawing, and who may look, over a real store. */
import { assert, assertEquals } from "@std/assert";
import { listActivity } from "../../../lib/activity/mod.ts";
import { getBounty, submitBounty } from "../../../lib/bounties/mod.ts";
import {
  addEvidence,
  listDisputesOf,
  listDisputesOfGuild,
  listEvidence,
  raiseDispute,
  viewDispute,
  withdrawDispute,
} from "../../../lib/disputes/mod.ts";
import { joinGuild, setRole } from "../../../lib/guilds/mod.ts";
import {
  disputeChannel,
  guildChannel,
  parseChannel,
  userChannel,
} from "../../../lib/realtime/mod.ts";
import { codeOf } from "../../support/refusal.ts";
import { eventsOf, openCourt, person, trustOf, typesOf } from "./court.ts";

Deno.test("raising stops the bounty and tells the room, the parties and the guild", async () => {
  await using court = await openCourt();
  const { deps, client, worker, guild, bountyId, dispute } = court;
  assertEquals([dispute.state, dispute.raiserId, dispute.accusedId], [
    "raised",
    "carl",
    "wanda",
  ]);
  const bounty = (await getBounty(deps.kv, bountyId))!;
  assertEquals([bounty.disputed, bounty.disputeId], [true, dispute.id]);
  assertEquals(
    await codeOf(
      submitBounty(deps, worker, bountyId, { note: "Done", url: null }),
    ),
    "illegal_transition",
  );
  for (
    const channel of [
      disputeChannel(dispute.id),
      userChannel(client.id),
      userChannel(worker.id),
      guildChannel(guild.id),
    ]
  ) {
    assert(
      (await deps.events(channel)).some((e) => e.event === "dispute:raised"),
      channel,
    );
  }
  assertEquals(await typesOf(court, worker.id), ["dispute_raised"]);
  assert(!(await typesOf(court, client.id)).includes("dispute_raised"));
  const done = await Array.fromAsync(listActivity(deps.kv, 0, deps.now() + 1));
  const raised = done.find((a) => a.kind === "dispute_raised")!;
  assertEquals(
    [raised.actorId, raised.counterpartyId, raised.bountyId, raised.device],
    ["carl", "wanda", bountyId, "device"],
  );
  assertEquals(
    await codeOf(
      raiseDispute(deps, worker, bountyId, "No, you are wrong here"),
    ),
    "illegal_transition",
  );
});

Deno.test("only the client and the worker dispute a bounty, and not before there is one", async () => {
  await using court = await openCourt();
  const { deps, crowd, bountyId, client, dispute } = court;
  await withdrawDispute(deps, client, dispute.id);
  assertEquals(
    await codeOf(raiseDispute(deps, crowd[0]!, bountyId, "I do not like it")),
    "forbidden",
  );
  assertEquals(
    await codeOf(raiseDispute(deps, client, "nowhere", "There is nothing")),
    "not_found",
  );
  // After a withdrawal it may come up again.
  const again = await raiseDispute(deps, client, bountyId, "It did not help");
  assertEquals(again.state, "raised");
});

Deno.test("evidence is numbered, stays, and is the parties' to give", async () => {
  await using court = await openCourt();
  const { deps, client, worker, crowd, dispute } = court;
  const text = "See the log";
  const links = ["https://example.com/log"];
  await addEvidence(deps, client, dispute.id, { text, links });
  await Promise.all([
    addEvidence(deps, worker, dispute.id, { text: "A", links: [] }),
    addEvidence(deps, client, dispute.id, { text: "B", links: [] }),
  ]);
  assertEquals(
    await codeOf(
      addEvidence(deps, crowd[0]!, dispute.id, { text, links: [] }),
    ),
    "forbidden",
  );
  const all = await listEvidence(deps.kv, dispute.id);
  assertEquals(all.map(({ n }) => n), [1, 2, 3]);
  assertEquals(all[0]!.links, links);
  assertEquals(
    (await eventsOf(court)).filter((e) => e === "dispute:evidence").length,
    3,
  );
  for (let i = 0; i < 18; i++) {
    await addEvidence(deps, client, dispute.id, { text: `${i}`, links: [] });
  }
  assertEquals(
    await codeOf(addEvidence(deps, client, dispute.id, { text, links: [] })),
    "illegal_transition",
  );
});

Deno.test("withdrawing gives the bounty back as it was and costs nothing", async () => {
  await using court = await openCourt();
  const { deps, client, worker, bountyId, dispute } = court;
  assertEquals(
    await codeOf(withdrawDispute(deps, worker, dispute.id)),
    "forbidden",
  );
  await withdrawDispute(deps, client, dispute.id);
  const bounty = (await getBounty(deps.kv, bountyId))!;
  assertEquals([bounty.state, bounty.disputed], ["accepted", false]);
  await deps.queue.drain(5_000);
  assertEquals(await trustOf(court, client.id), 0);
  assert((await typesOf(court, worker.id)).includes("dispute_resolved"));
  assert(!(await typesOf(court, client.id)).includes("dispute_resolved"));
  assertEquals((await eventsOf(court)).at(-1), "dispute:resolved");
  assertEquals(
    await codeOf(
      addEvidence(deps, client, dispute.id, { text: "x", links: [] }),
    ),
    "illegal_transition",
  );
});

Deno.test("officers of the guild concerned may look, nobody else", async () => {
  await using court = await openCourt();
  const { deps, worker, guild, crowd, dispute } = court;
  const [officer, member, stranger] = crowd;
  await joinGuild(deps, guild.id, officer!);
  await joinGuild(deps, guild.id, member!);
  await setRole(deps, worker, guild.id, officer!.id, "officer");
  const room = parseChannel(`presence-dispute-${dispute.id}`)!;
  const rights = async (id: string) => [
    await deps.policy.may(person(id), "see", room),
    await deps.policy.may(person(id), "write", room),
  ];
  assertEquals(await rights(officer!.id), [true, false]);
  assertEquals(await rights(member!.id), [false, false]);
  assertEquals(
    await codeOf(viewDispute(deps, stranger!, dispute.id)),
    "not_found",
  );
  assertEquals(
    (await viewDispute(deps, officer!, dispute.id)).role,
    "observer",
  );
  assertEquals(
    (await listDisputesOfGuild(deps.kv, guild.id)).items.length,
    1,
  );
  assertEquals((await listDisputesOf(deps.kv, "wanda")).items.length, 1);
});
