/** Disputes from raising to their end, over a real store. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { listActivity } from "../../../lib/activity/mod.ts";
import {
  getBounty,
  listPayouts,
  submitBounty,
} from "../../../lib/bounties/mod.ts";
import { DAY } from "../../../lib/clock.ts";
import {
  addEvidence,
  castVote,
  closeTribunal,
  decideDispute,
  escalateDispute,
  JURORS,
  listDisputes,
  listDisputesOf,
  listDisputesOfGuild,
  listDisputesToJudge,
  listEvidence,
  pickJurors,
  raiseDispute,
  RESPONSE_TIME,
  sweepTribunals,
  viewDispute,
  VOTING_TIME,
  withdrawDispute,
} from "../../../lib/disputes/mod.ts";
import { NexoraError } from "../../../lib/errors.ts";
import { joinGuild, setRole } from "../../../lib/guilds/mod.ts";
import { getNotifications } from "../../../lib/notifications/mod.ts";
import {
  disputeChannel,
  guildChannel,
  parseChannel,
  userChannel,
} from "../../../lib/realtime/mod.ts";
import { getStanding, getUser, INITIAL_TRUST } from "../../../lib/users/mod.ts";
import { type Court, openCourt, startJobs } from "./world.ts";

const codeOf = async (work: Promise<unknown>) =>
  (await assertRejects(() => work, NexoraError)).code;
const person = (id: string) => ({ id, role: "member" as const });
const typesOf = async ({ deps }: Court, id: string) => {
  await deps.queue.drain(5_000);
  const reader = { id, locale: "en", timeZone: "UTC" };
  return (await getNotifications(deps, reader, {})).notifications.map((n) =>
    n.type as string
  );
};
const trustOf = async ({ deps }: Court, id: string) =>
  (await getUser(deps.kv, id))!.trust - INITIAL_TRUST;
const eventsOf = async ({ deps, dispute }: Court) =>
  (await deps.events(disputeChannel(dispute.id))).map((e) => e.event);

/** To the tribunal, and the votes: how many of the jurors are for the raiser, how many for the accused. */
async function judged(court: Court, forRaiser: number, forAccused: number) {
  const { deps, client, dispute } = court;
  // Days that pass within a commit look to the log like a store that does not answer.
  await deps.queue.drain(5_000);
  if ((await court.now()).state === "raised") {
    deps.clock.advance(RESPONSE_TIME);
    await escalateDispute(deps, client, dispute.id);
  }
  const { jurorIds, raiserId, accusedId, round } = await court.now();
  for (const [i, id] of jurorIds.entries()) {
    if (i >= forRaiser + forAccused) break;
    const forId = i < forRaiser ? raiserId : accusedId;
    await castVote(deps, person(id), dispute.id, forId, "device");
  }
  if (forRaiser + forAccused < jurorIds.length) {
    await deps.queue.drain(5_000);
    deps.clock.advance(VOTING_TIME);
    await closeTribunal(deps, dispute.id, round);
  }
  await deps.queue.drain(5_000);
  return await court.now();
}

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

Deno.test("a party calls a tribunal after two days, an admin at once; jurors have no stake and are told", async () => {
  await using court = await openCourt({ crowd: 8 });
  const { deps, client, worker, admin, guild, crowd, dispute } = court;
  // One has joined the guild concerned, one is new, one has lost trust, one was not here for long.
  await joinGuild(deps, guild.id, crowd[0]!);
  const given = { createdAt: deps.now() - DAY, lastActiveAt: deps.now() };
  await deps.addUser("new-one", given);
  const old = { createdAt: deps.now() - 90 * DAY };
  await deps.addUser("shady", {
    ...old,
    trust: 400,
    lastActiveAt: deps.now(),
  });
  await deps.addUser("sleepy", {
    ...old,
    lastActiveAt: deps.now() - 40 * DAY,
  });
  assertEquals(
    await codeOf(escalateDispute(deps, client, dispute.id)),
    "illegal_transition",
  );
  assertEquals(
    await codeOf(escalateDispute(deps, crowd[1]!, dispute.id)),
    "forbidden",
  );
  const after = await escalateDispute(deps, admin, dispute.id);
  assertEquals([after.state, after.round, after.quorum], ["escalated", 1, 3]);
  assertEquals(after.jurorIds.length, JURORS);
  const eligible = crowd.slice(1).map(({ id }) => id);
  for (const id of after.jurorIds) assert(eligible.includes(id), id);
  const [draw] = after.draws;
  assertEquals(draw!.eligible, eligible.sort());
  assertEquals(pickJurors(draw!.seed, draw!.eligible), after.jurorIds);
  for (const id of after.jurorIds) {
    assertEquals(await typesOf(court, id), ["tribunal_vote_needed"]);
    const room = parseChannel(disputeChannel(dispute.id))!;
    assert(await deps.policy.may(person(id), "write", room));
  }
  assertEquals(
    await codeOf(escalateDispute(deps, worker, dispute.id)),
    "illegal_transition",
  );
  assertEquals(
    (await listDisputesToJudge(deps.kv, after.jurorIds[0]!)).items.map((d) =>
      d.id
    ),
    [dispute.id],
  );
});

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

Deno.test("a vote is secret, can be changed, and counts once", async () => {
  await using court = await openCourt({ jobs: false });
  const { deps, client, admin, dispute } = court;
  await escalateDispute(deps, admin, dispute.id);
  const { jurorIds: [first, second] } = await court.now();
  const juror = person(first!);
  await castVote(deps, juror, dispute.id, "carl");
  await castVote(deps, juror, dispute.id, "carl");
  await castVote(deps, juror, dispute.id, "wanda");
  assertEquals((await court.now()).voted, 1);
  assertEquals(
    await codeOf(castVote(deps, juror, dispute.id, second!)),
    "bad_request",
  );
  assertEquals(
    await codeOf(castVote(deps, client, dispute.id, "carl")),
    "forbidden",
  );
  const votes = (await Array.fromAsync(
    listActivity(deps.kv, 0, deps.now() + 1),
  )).filter((a) => a.kind === "tribunal_vote");
  assertEquals(votes.map((a) => [a.actorId, a.counterpartyId, a.outcome]), [
    [first, "wanda", null],
  ]);
  // Nobody else learns whom the vote is for.
  for (const who of [client, admin, person(second!)]) {
    const view = await viewDispute(deps, who, dispute.id);
    assertEquals([view.ownVote, view.voted, view.verdict], [null, 1, null]);
  }
  assertEquals((await viewDispute(deps, juror, dispute.id)).ownVote, "wanda");
  for (const event of await deps.events(disputeChannel(dispute.id))) {
    if (event.event === "dispute:vote") assert(!event.data.includes("wanda"));
  }
  deps.clock.advance(VOTING_TIME);
  assertEquals(
    await codeOf(castVote(deps, juror, dispute.id, "carl")),
    "illegal_transition",
  );
});

Deno.test("a tie is judged again by others, then by an admin; those who left hear no more", async () => {
  await using court = await openCourt({ crowd: 14 });
  const { deps, admin, client, dispute } = court;
  const second = await judged(court, 2, 2);
  assertEquals([second.state, second.round], ["escalated", 2]);
  const earlier = second.draws[0]!.drawn;
  for (const id of second.jurorIds) assert(!earlier.includes(id));
  const room = parseChannel(disputeChannel(dispute.id))!;
  assertEquals(await deps.policy.may(person(earlier[0]!), "see", room), false);
  assertEquals(
    await codeOf(
      decideDispute(deps, admin, dispute.id, {
        forId: "carl",
        note: "I decide it now",
        frivolous: false,
      }),
    ),
    "illegal_transition",
  );
  const third = await judged(court, 1, 0);
  assertEquals([third.state, third.jurorIds, third.deadline], [
    "mediation",
    [],
    null,
  ]);
  assertEquals(
    await codeOf(
      decideDispute(deps, client, dispute.id, {
        forId: "carl",
        note: "I am right, of course",
        frivolous: false,
      }),
    ),
    "forbidden",
  );
  const end = await decideDispute(deps, admin, dispute.id, {
    forId: "carl",
    note: "The work was never begun",
    frivolous: true,
  });
  assertEquals([end.state, end.verdict!.by, end.verdict!.frivolous], [
    "resolved",
    "mediator",
    false,
  ]);
  assertEquals(
    (await eventsOf(court)).filter((e) => e === "dispute:escalated").length,
    3,
  );
});

Deno.test("where nobody can be drawn an admin decides, who has no part in it", async () => {
  await using court = await openCourt({ crowd: 2 });
  const { deps, admin, dispute } = court;
  const after = await escalateDispute(deps, admin, dispute.id);
  assertEquals([after.state, after.jurorIds], ["mediation", []]);
  await deps.queue.drain(5_000);
  assertEquals(await typesOf(court, admin.id), ["dispute_mediation"]);
  assertEquals(
    (await listDisputes(deps.kv, { state: "mediation" })).items.length,
    1,
  );
  const partisan = { id: "wanda", role: "admin" as const };
  assertEquals(
    await codeOf(
      decideDispute(deps, partisan, dispute.id, {
        forId: "wanda",
        note: "My own cause is the best",
        frivolous: false,
      }),
    ),
    "forbidden",
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

Deno.test("the sweep ends a tribunal whose job was lost", async () => {
  await using court = await openCourt({ jobs: false });
  const { deps, admin, dispute } = court;
  await escalateDispute(deps, admin, dispute.id);
  const { jurorIds } = await court.now();
  for (const id of jurorIds.slice(0, 3)) {
    await castVote(deps, person(id), dispute.id, "wanda");
  }
  assertEquals(await sweepTribunals(deps), 0);
  deps.clock.advance(VOTING_TIME);
  assertEquals(await sweepTribunals(deps), 1);
  assertEquals((await court.now()).verdict!.forId, "wanda");
  // The job comes late, and finds it done.
  await using late = await deps.fork();
  startJobs(late);
  await late.queue.drain(5_000);
  assertEquals((await court.now()).state, "resolved");
});
