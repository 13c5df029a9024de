import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { DAY } from "../../../lib/clock.ts";
import { keys } from "../../../lib/kv/mod.ts";
import { registerNotificationJobs } from "../../../lib/notifications/mod.ts";
import { getNotifications } from "../../../lib/notifications/mod.ts";
import { userChannel } from "../../../lib/realtime/mod.ts";
import {
  changeTrust,
  getStanding,
  getUser,
  listTrustHistory,
  monthOf,
  planTrustChange,
  registerUserJobs,
  type TrustChange,
  trustChangeJob,
} from "../../../lib/users/mod.ts";
import { waitFor } from "../../support/wait.ts";
import { openDeps, type TestDeps } from "../../support/open_deps.ts";

const job = (n: number, given: Partial<TrustChange> = {}): TrustChange => ({
  delta: 10,
  reason: "bounty_completed",
  cause: `bounty:${n}`,
  counts: { completed: 1, rating: 5, earned: 100 },
  ...given,
});

/** Everybody's place on a board as the store has it, best first. */
async function board({ kv }: TestDeps, name: string, period = "all") {
  return await Array.fromAsync(
    kv.list<number>({ prefix: keys.places(name, period) }),
    ({ key, value }) => [key[4] as string, value],
  );
}

Deno.test("a change counts, is told, is remembered and moves the leaderboards in one commit", async () => {
  await using deps = await openDeps();
  await deps.addUser("ada");
  const done = await changeTrust(deps, "ada", job(1, { link: "/bounties/1" }));
  assertEquals(done, { trust: 510, rank: "Apprentice", changed: true });
  const standing = await getStanding(deps.kv, "ada");
  assertEquals(
    [standing.completed, standing.ratingSum, standing.earned],
    [1, 5, 100],
  );
  const [record] = await listTrustHistory(deps.kv, "ada");
  assertEquals(
    [record!.from, record!.to, record!.reason, record!.link],
    [500, 510, "bounty_completed", "/bounties/1"],
  );
  assertEquals(
    (await deps.events(userChannel("ada"))).map((e) => [e.event, e.json]),
    [
      ["user:trust-changed", {
        userId: "ada",
        trust: 510,
        previous: 500,
        reason: "bounty_completed",
      }],
      ["user:rank-changed", {
        userId: "ada",
        rank: "Apprentice",
        previous: "Newcomer",
        direction: "up",
      }],
    ],
  );
  for (
    const [name, score] of [["trust", 510], ["completed", 1], ["earned", 100]]
  ) {
    assertEquals(await board(deps, name as string), [["ada", score!]]);
  }
  assertEquals(await board(deps, "jurors"), []);
});

Deno.test("the same cause again changes nothing, even at the same time in two isolates", async () => {
  await using deps = await openDeps();
  await using other = await deps.fork();
  await deps.addUser("ada");
  const all = await Promise.all(
    Array.from(
      { length: 8 },
      (_, i) => changeTrust(i % 2 ? deps : other, "ada", job(1)),
    ),
  );
  assertEquals(all.filter((one) => one.changed).length, 1);
  assertEquals((await getUser(deps.kv, "ada"))!.trust, 510);
  assertEquals((await listTrustHistory(deps.kv, "ada")).length, 1);
});

Deno.test("somebody who does not exist is no error and leaves no rows", async () => {
  await using deps = await openDeps();
  const plan = await planTrustChange(deps, "nobody", job(1));
  assertEquals([plan.changed, plan.mutations.length], [false, 0]);
});

Deno.test("a rank that changes is a notification, once", async () => {
  await using deps = await openDeps();
  registerNotificationJobs(deps.queue, deps);
  registerUserJobs(deps.queue, deps);
  deps.queue.start();
  const ada = await deps.addUser("ada");
  await deps.queue.enqueue(trustChangeJob("ada", job(1)));
  const notes = async () =>
    (await getNotifications(deps, ada, {})).notifications;
  await waitFor(async () => (await notes()).length > 0, { what: "the word" });
  await changeTrust(deps, "ada", job(1));
  assertEquals((await notes()).map((n) => [n.type, n.data]), [[
    "rank_changed",
    { from: "Newcomer", to: "Apprentice", direction: "up" },
  ]]);
});

Deno.test("whatever happens in whatever order: bounds, history, counters and leaderboards agree", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          who: fc.constantFrom("ada", "bob"),
          delta: fc.integer({ min: -700, max: 700 }),
          completed: fc.integer({ min: 0, max: 3 }),
          votes: fc.integer({ min: 0, max: 2 }),
          cause: fc.integer({ min: 0, max: 12 }),
          wait: fc.integer({ min: 0, max: 20 }),
        }),
        { maxLength: 20 },
      ),
      async (changes) => {
        await using deps = await openDeps();
        const people = ["ada", "bob"];
        for (const id of people) await deps.addUser(id);
        const model = new Map(
          people.map((
            id,
          ) => [id, {
            trust: 500,
            completed: 0,
            votes: 0,
            months: new Map<string, number>(),
            causes: new Set<number>(),
          }]),
        );
        for (const { who, delta, completed, votes, cause, wait } of changes) {
          deps.clock.advance(wait * DAY);
          await changeTrust(deps, who, {
            delta,
            reason: "admin",
            cause: `c${cause}`,
            counts: { completed, votes },
          });
          const person = model.get(who)!;
          if (person.causes.has(cause)) continue;
          person.causes.add(cause);
          person.trust = Math.min(1000, Math.max(0, person.trust + delta));
          person.completed += completed;
          person.votes += votes;
          const month = monthOf(deps.now());
          const { months } = person;
          months.set(month, (months.get(month) ?? 0) + completed);
        }
        const best = (score: (id: string) => number) =>
          people.filter((id) => model.get(id)!.causes.size > 0 && score(id) > 0)
            .sort((a, b) => score(b) - score(a) || (a < b ? -1 : 1))
            .map((id) => [id, score(id)]);
        for (const id of people) {
          const { trust } = (await getUser(deps.kv, id))!;
          assertEquals(trust, model.get(id)!.trust);
          const history = (await listTrustHistory(deps.kv, id)).toReversed();
          let at = 500;
          for (const { from, to } of history) {
            assertEquals(from, at);
            assert(to !== from);
            at = to;
          }
          assertEquals(at, trust);
        }
        assertEquals(
          await board(deps, "trust"),
          best((id) => model.get(id)!.trust),
        );
        assertEquals(
          await board(deps, "completed"),
          best((id) => model.get(id)!.completed),
        );
        assertEquals(
          await board(deps, "jurors"),
          best((id) => model.get(id)!.votes),
        );
        const month = monthOf(deps.now());
        assertEquals(
          await board(deps, "completed", month),
          best((id) => model.get(id)!.months.get(month) ?? 0),
        );
      },
    ),
    { numRuns: 40 },
  );
});
