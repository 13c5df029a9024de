/** Tribunals: who is drawn, how they vote, and what happens without a majority, over a real store. */
import { assert, assertEquals } from "@std/assert";
import { listActivity } from "../../../lib/activity/mod.ts";
import { DAY } from "../../../lib/clock.ts";
import {
  castVote,
  decideDispute,
  escalateDispute,
  JURORS,
  listDisputes,
  listDisputesToJudge,
  pickJurors,
  sweepTribunals,
  viewDispute,
  VOTING_TIME,
} from "../../../lib/disputes/mod.ts";
import { joinGuild } from "../../../lib/guilds/mod.ts";
import { disputeChannel, parseChannel } from "../../../lib/realtime/mod.ts";
import { codeOf } from "../../support/refusal.ts";
import {
  eventsOf,
  judged,
  openCourt,
  person,
  startJobs,
  typesOf,
} from "./court.ts";

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
