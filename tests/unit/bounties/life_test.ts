/** A bounty from its draft to its payout, and who may do what to it, over a real store. */
import { assertEquals } from "@std/assert";
import { listActivity } from "../../../lib/activity/mod.ts";
import {
  acceptBounty,
  editBounty,
  getBounty,
  getVisibleBounty,
  hasBountiesAtWork,
  listBounties,
  listBountiesForGuild,
  listBountiesOfClient,
  listBountiesOfGuild,
  listBountiesOfWorker,
  listPayouts,
  matchBounty,
  openBounty,
  postBounty,
  reviewBounty,
  submitBounty,
} from "../../../lib/bounties/mod.ts";
import { NexoraError } from "../../../lib/errors.ts";
import {
  createGuild,
  getGuildStanding,
  joinGuild,
  setRole,
} from "../../../lib/guilds/mod.ts";
import {
  GLOBAL_CHANNEL,
  guildChannel,
  userChannel,
} from "../../../lib/realtime/mod.ts";
import { getStanding, getUser } from "../../../lib/users/mod.ts";
import { openDeps } from "../../support/open_deps.ts";
import { codeOf } from "../../support/refusal.ts";
import { stage, WORK } from "./stage.ts";
import { startJobs, SUBMISSION, titlesOf } from "./hearing.ts";

Deno.test("from a draft to the payout: everybody concerned is told, everything is recorded", async () => {
  await using deps = await openDeps();
  startJobs(deps);
  const { client, worker, guild } = await stage(deps);
  const draft = await postBounty(deps, client, WORK);
  assertEquals(draft.state, "draft");
  assertEquals(await deps.events(GLOBAL_CHANNEL), []);
  assertEquals((await listBounties(deps.kv)).items, []);
  assertEquals(
    (await listBountiesOfClient(deps.kv, client.id)).items.map((b) => b.id),
    [draft.id],
  );
  assertEquals(
    await codeOf(() => getVisibleBounty(deps.kv, worker, draft.id)),
    "not_found",
  );

  await openBounty(deps, client, draft.id, "laptop");
  await matchBounty(deps, draft.id, [{
    guildId: guild.id,
    score: 0.8,
    reasons: ["They know Preact."],
  }]);
  assertEquals(
    (await listBountiesForGuild(deps.kv, guild.id)).items[0]!.state,
    "matched",
  );
  await acceptBounty(deps, worker, draft.id, guild.id, "phone");
  assertEquals(await hasBountiesAtWork(deps.kv, guild.id), true);
  assertEquals((await listBountiesForGuild(deps.kv, guild.id)).items, []);
  await submitBounty(deps, worker, draft.id, SUBMISSION);
  await reviewBounty(deps, client, draft.id, {
    outcome: "changes",
    rating: null,
    note: "The footer is missing.",
  });
  await submitBounty(deps, worker, draft.id, SUBMISSION);
  const done = await reviewBounty(deps, client, draft.id, {
    outcome: "accepted",
    rating: 5,
    note: "Thank you.",
  });
  assertEquals([done.state, done.payout?.amount, done.revision], [
    "completed",
    900,
    7,
  ]);
  assertEquals(await hasBountiesAtWork(deps.kv, guild.id), false);
  assertEquals(await getBounty(deps.kv, draft.id), done);

  const names = async (channel: string) =>
    (await deps.events(channel)).map((e) => e.event)
      .filter((name) => name.startsWith("bounty:"));
  assertEquals(await names(GLOBAL_CHANNEL), ["bounty:new"]);
  const course = [
    "bounty:accepted",
    "bounty:submitted",
    "bounty:reviewed",
    "bounty:submitted",
    "bounty:reviewed",
  ];
  assertEquals(await names(guildChannel(guild.id)), course);
  assertEquals(await names(userChannel(client.id)), [
    "bounty:matched",
    ...course,
  ]);
  assertEquals(await names(userChannel(worker.id)), course);

  assertEquals(await titlesOf(deps, client.id), [
    "Lantern handed in their work",
    "Lantern handed in their work",
    "Lantern takes on your bounty",
  ]);
  assertEquals(await titlesOf(deps, worker.id), [
    "The client asks for changes",
    "Timetable that works offline is complete",
    "You are now Apprentice",
    "Your work was accepted",
  ]);

  const [ada, carl] = [
    await getStanding(deps.kv, worker.id),
    await getStanding(deps.kv, client.id),
  ];
  assertEquals([ada.completed, ada.earned, ada.ratingSum], [1, 900, 5]);
  assertEquals([carl.commissioned, carl.paid], [1, 900]);
  const { completed, earned } = await getGuildStanding(deps.kv, guild.id);
  assertEquals([completed, earned], [1, 900]);
  assertEquals((await getUser(deps.kv, worker.id))!.trust, 510);
  assertEquals((await getUser(deps.kv, client.id))!.trust, 502);

  const payout = {
    bountyId: draft.id,
    bountyTitle: WORK.title,
    payerId: client.id,
    payeeId: worker.id,
    guildId: guild.id,
    amount: 900,
    at: done.endedAt!,
  };
  for (
    const of of [
      { userId: worker.id },
      { guildId: guild.id },
      { payerId: client.id },
    ]
  ) assertEquals(await listPayouts(deps.kv, of), [payout]);
  assertEquals(
    (await listBountiesOfWorker(deps.kv, worker.id)).items.length,
    1,
  );
  assertEquals((await listBountiesOfGuild(deps.kv, guild.id)).items.length, 1);

  const did = await Array.fromAsync(
    listActivity(deps.kv, 0, deps.now() + 1),
  );
  assertEquals(
    did.filter((a) => a.bountyId === draft.id).map((
      a,
    ) => [a.kind, a.actorId, a.counterpartyId, a.amount, a.rating, a.device]),
    [
      ["bounty_posted", "carl", null, 900, null, "laptop"],
      ["bounty_accepted", "ada", "carl", 900, null, "phone"],
      ["bounty_submitted", "ada", "carl", null, null, null],
      ["bounty_submitted", "ada", "carl", null, null, null],
      ["bounty_reviewed", "carl", "ada", null, 5, null],
      ["bounty_paid", "carl", "ada", 900, null, null],
    ],
  );
});

Deno.test("of guilds that accept at once one wins, and the others are told who", async () => {
  await using deps = await openDeps();
  await using other = await deps.fork();
  const { post, client } = await stage(deps);
  const guilds = await Promise.all(
    Array.from({ length: 8 }, async (_, i) => {
      const owner = await deps.addUser(`owner-${i}`);
      const name = `Guild ${i}`;
      const given = { name, description: "", open: true };
      return { owner, name, guild: await createGuild(deps, owner, given) };
    }),
  );
  for (let round = 0; round < 5; round++) {
    const { id } = await post();
    const answers = await Promise.allSettled(
      guilds.map(({ owner, guild }, i) =>
        acceptBounty(i % 2 ? deps : other, owner, id, guild.id)
      ),
    );
    const won = answers.filter((a) => a.status === "fulfilled");
    assertEquals(won.length, 1);
    const winner = guilds.find(({ guild }) =>
      guild.id === won[0]!.value.guildId
    )!;
    for (const answer of answers) {
      if (answer.status === "fulfilled") continue;
      const { code, status, message } = answer.reason as NexoraError;
      assertEquals([code, status, message], [
        "illegal_transition",
        409,
        `${winner.name} has accepted this bounty`,
      ]);
    }
    assertEquals((await getBounty(deps.kv, id))!.guildId, winner.guild.id);
    assertEquals(
      (await deps.events(userChannel(client.id))).filter((e) =>
        e.event === "bounty:accepted"
      ).length,
      round + 1,
    );
  }
});

Deno.test("who may do what: clients, officers, workers, and nobody on both sides", async () => {
  await using deps = await openDeps();
  const { client, worker, guild, post } = await stage(deps);
  const member = await deps.addUser("bob");
  const admin = await deps.addUser("root", { role: "admin" });
  await joinGuild(deps, guild.id, member);
  const { id } = await post();
  const accept = (actor: typeof client, guildId = guild.id) =>
    codeOf(() => acceptBounty(deps, actor, id, guildId));
  assertEquals(await accept(member), "forbidden");
  assertEquals(await accept(client), "forbidden");
  assertEquals(await accept(admin), "forbidden");
  assertEquals(await accept(worker, "nowhere"), "forbidden");
  assertEquals(
    await codeOf(() => editBounty(deps, worker, id, { reward: 1 })),
    "forbidden",
  );

  // The client's own guild: not even by another officer of it.
  const own = await createGuild(deps, client, {
    name: "Own",
    description: "",
    open: true,
  });
  await joinGuild(deps, own.id, worker);
  await setRole(deps, client, own.id, worker.id, "officer");
  assertEquals(await accept(worker, own.id), "forbidden");

  await setRole(deps, worker, guild.id, member.id, "officer");
  await acceptBounty(deps, member, id, guild.id);
  assertEquals(
    await codeOf(() => submitBounty(deps, client, id, SUBMISSION)),
    "forbidden",
  );
  // Another leader of the guild hands in what the worker made; the worker is paid.
  await submitBounty(deps, worker, id, SUBMISSION);
  const review = { outcome: "accepted" as const, rating: 4, note: "" };
  for (const actor of [worker, member, admin]) {
    assertEquals(
      await codeOf(() => reviewBounty(deps, actor, id, review)),
      "forbidden",
    );
  }
  const done = await reviewBounty(deps, client, id, review);
  assertEquals(done.payout?.payeeId, member.id);
});
