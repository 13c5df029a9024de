/** What a person is told, and that it is true at the moment. */
import { assert, assertEquals } from "@std/assert";
import {
  type Advice,
  adviseLocally,
  adviseNow,
  advisorRefinement,
  brought,
  insightWords,
} from "../../../lib/ai/advisor/mod.ts";
import { analyseLocally } from "../../../lib/ai/trends/mod.ts";
import {
  acceptBounty,
  postBounty,
  reviewBounty,
  submitBounty,
} from "../../../lib/bounties/mod.ts";
import { DAY, HOUR } from "../../../lib/clock.ts";
import {
  applyToGuild,
  createGuild,
  inviteToGuild,
} from "../../../lib/guilds/mod.ts";
import { readerOf } from "../../../lib/i18n/mod.ts";
import { changeTrust, getUser } from "../../../lib/users/mod.ts";
import { seedDemand } from "../../support/demand.ts";
import { openDeps, type TestDeps } from "../../support/open_deps.ts";
import { OPS_WORK } from "./stage.ts";

const work = { ...OPS_WORK, skills: [...OPS_WORK.skills] };

async function advise(deps: TestDeps, id: string): Promise<Advice> {
  return await adviseLocally(
    { kv: deps.kv, now: deps.now, trends: () => analyseLocally(deps) },
    (await getUser(deps.kv, id))!,
  );
}
const idsOf = ({ insights }: Advice) => insights.map(({ id }) => id);
const words = (deps: TestDeps, advice: Advice) =>
  advice.insights.map((one) =>
    insightWords(one, readerOf(null, "en", deps.now))
  );

Deno.test("who is new is shown the first steps, and nothing else", async () => {
  await using deps = await openDeps();
  await deps.addUser("nina");
  const advice = await advise(deps, "nina");
  assertEquals(idsOf(advice), [
    "skills:own",
    "guild:own",
    "rank:Apprentice",
    "bio:own",
  ]);
  assertEquals(advice.demand, []);
  assertEquals(advice.trust.history.length, 2);
});

Deno.test("what others wait for comes first: review, deadline, changes, applications, invitations", async () => {
  await using deps = await openDeps();
  const client = await deps.addUser("carl");
  const worker = await deps.addUser("olga", { skills: ["k8s"], bio: "Ops." });
  const mia = await deps.addUser("mia");
  const guild = await createGuild(deps, worker, {
    name: "Night Shift",
    description: "",
    open: false,
  });
  const other = await createGuild(deps, mia, {
    name: "Plain Words",
    description: "",
    open: true,
  });
  await applyToGuild(deps, guild.id, mia, "Let me in");
  await inviteToGuild(deps, mia, other.id, worker, "");
  const soon = await postBounty(deps, client, {
    ...work,
    title: "Soon",
    deadline: deps.now() + 3 * DAY,
    open: true,
  });
  const done = await postBounty(deps, client, {
    ...work,
    title: "Done",
    open: true,
  });
  for (const { id } of [soon, done]) {
    await acceptBounty(deps, worker, id, guild.id);
  }
  await submitBounty(deps, worker, done.id, { note: "Done.", url: null });
  assertEquals(
    (await idsOf(await advise(deps, "carl")))[0],
    `review:${done.id}`,
  );
  assertEquals(idsOf(await advise(deps, "olga")).slice(0, 3), [
    `deadline:${soon.id}`,
    `application:${guild.id}`,
    `invitation:${other.id}`,
  ]);
  await reviewBounty(deps, client, done.id, {
    outcome: "changes",
    rating: null,
    note: "More, please",
  });
  deps.clock.advance(HOUR);
  const advice = await advise(deps, "olga");
  assertEquals(idsOf(advice).slice(0, 2), [
    `deadline:${soon.id}`,
    `changes:${done.id}`,
  ]);
  assertEquals(words(deps, advice)[0], {
    title: "Hand in “Soon”",
    why: "The deadline is in 3 days.",
  });
});

Deno.test("trust that changed is told with what did most of it", async () => {
  await using deps = await openDeps();
  await deps.addUser("olga", { bio: "Ops." });
  deps.clock.advance(DAY);
  await changeTrust(deps, "olga", {
    delta: 10,
    reason: "bounty_completed",
    cause: "one",
  });
  deps.clock.advance(DAY);
  await changeTrust(deps, "olga", {
    delta: -2,
    reason: "tribunal_absence",
    cause: "two",
  });
  deps.clock.advance(DAY);
  const advice = await advise(deps, "olga");
  const told = advice.insights.find(({ kind }) => kind === "trust");
  assertEquals(insightWords(told!, readerOf(null, "en", deps.now)), {
    title: "Your trust rose by 8 points",
    why: "In the last 30 days. Most of it: work completed.",
  });
  assertEquals(
    advice.trust.history.map(({ trust }) => trust),
    [500, 510, 508, 508],
  );
});

Deno.test("chances: bounties that fit, skills in demand, and what is close to them", async () => {
  await using deps = await openDeps();
  await seedDemand(deps.kv, deps.now());
  await deps.addUser("kim", { skills: ["owasp", "helm"], bio: "Tester." });
  const advice = await advise(deps, "kim");
  const kinds = advice.insights.map(({ kind }) => kind);
  assert(kinds.includes("bounty") && kinds.includes("demand"));
  assertEquals(idsOf(advice).filter((id) => /^(demand|learn):/.test(id)), [
    "demand:web security",
    "learn:penetration testing",
  ]);
  assertEquals(advice.demand, [
    { skill: "web security", now: 15, before: 3 },
    { skill: "kubernetes", now: 14, before: 13 },
  ]);
  const fitting = advice.insights.find(({ kind }) => kind === "bounty");
  assert(fitting!.href.startsWith("/bounties/demand-security-"));
});

Deno.test("kept advice is true at the moment: what is done is gone, what is new is there, notes stay", async () => {
  await using deps = await openDeps();
  const client = await deps.addUser("carl", {
    bio: "Client.",
    skills: ["sql"],
  });
  const worker = await deps.addUser("olga");
  const guild = await createGuild(deps, worker, {
    name: "Night Shift",
    description: "",
    open: true,
  });
  const { id } = await postBounty(deps, client, { ...work, open: true });
  await acceptBounty(deps, worker, id, guild.id);
  await submitBounty(deps, worker, id, { note: "Done.", url: null });
  const kept = await advise(deps, "carl");
  const noted = advisorRefinement(deps.now).apply(kept, {
    summary: "Look at the work.",
    insights: [
      { id: "guild:own", note: "Guilds are friendly." },
      { id: `review:${id}`, note: "Olga waits." },
    ],
  });
  assertEquals(idsOf(noted).slice(0, 2), ["guild:own", `review:${id}`]);
  assertEquals(idsOf(noted).length, idsOf(kept).length);
  await reviewBounty(deps, client, id, {
    outcome: "accepted",
    rating: 5,
    note: "",
  });
  const carl = (await getUser(deps.kv, "carl"))!;
  const now = brought(noted, await adviseNow(deps, carl));
  assert(!idsOf(now).includes(`review:${id}`));
  assertEquals(now.insights[0]!.note, "Guilds are friendly.");
  assertEquals(now.summary, "Look at the work.");
  const second = await postBounty(deps, client, { ...work, open: true });
  await acceptBounty(deps, worker, second.id, guild.id);
  await submitBounty(deps, worker, second.id, { note: "Done.", url: null });
  const later = brought(now, await adviseNow(deps, carl));
  assertEquals(idsOf(later)[0], `review:${second.id}`);
});

Deno.test("nobody is told of their own bounties as chances, nor of others' waiting", async () => {
  await using deps = await openDeps();
  const carl = await deps.addUser("carl", { skills: ["k8s", "grafana"] });
  await deps.addUser("kim", { skills: ["k8s", "grafana"] });
  await postBounty(deps, carl, { ...work, open: true });
  assert(
    !(await advise(deps, "carl")).insights.some((i) => i.kind === "bounty"),
  );
  assert((await advise(deps, "kim")).insights.some((i) => i.kind === "bounty"));
});
