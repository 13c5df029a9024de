import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { createCache } from "../../../lib/cache/mod.ts";
import { DAY, MINUTE } from "../../../lib/clock.ts";
import { createGuild, planGuildCount } from "../../../lib/guilds/mod.ts";
import { apply, commit, keys, set } from "../../../lib/kv/mod.ts";
import {
  getGuildPlace,
  getLeaderboard,
  getOwnPlace,
} from "../../../lib/leaderboards/mod.ts";
import {
  positionOf,
  readMarks,
  topPlaces,
} from "../../../lib/leaderboards/standings.ts";
import { changeTrust } from "../../../lib/users/mod.ts";
import { openDeps } from "../../support/open_deps.ts";

async function open() {
  const deps = await openDeps();
  const cache = createCache({ ...deps, watchKv: deps.kv });
  return Object.assign(deps, { cache });
}

Deno.test("people stand by what they did, equal ones together, all time and this month", async () => {
  await using deps = await open();
  const done = { ada: 3, bob: 5, carl: 3, dora: 1 };
  for (const [id, completed] of Object.entries(done)) {
    await deps.addUser(id);
    await changeTrust(deps, id, {
      delta: completed,
      reason: "bounty_completed",
      cause: "first",
      counts: { completed, earned: completed * 100 },
    });
  }
  await deps.addUser("newcomer");
  const board = await getLeaderboard(deps, "completed", "all");
  assertEquals(
    board.places.map(({ position, id, score }) => [position, id, score]),
    [[1, "bob", 5], [2, "ada", 3], [2, "carl", 3], [4, "dora", 1]],
  );
  assertEquals(board.places[0]!.link, "/people/bob");
  assertEquals(await getOwnPlace(deps, "completed", "all", "carl"), {
    position: 2,
    score: 3,
  });
  assertEquals(await getOwnPlace(deps, "completed", "all", "newcomer"), null);
  assertEquals(await getOwnPlace(deps, "trust", "all", "newcomer"), null);
  assertEquals((await getOwnPlace(deps, "earned", "all", "dora"))!.position, 4);

  // A month later only what was done in it counts for it; the earlier one has ended.
  deps.clock.advance(40 * DAY);
  await changeTrust(deps, "dora", {
    delta: 1,
    reason: "bounty_completed",
    cause: "second",
    counts: { completed: 1 },
  });
  const month = await getLeaderboard(deps, "completed", "month");
  assertEquals(month.places.map(({ id, score }) => [id, score]), [["dora", 1]]);
  assertEquals(await getOwnPlace(deps, "completed", "month", "bob"), null);
  await deps.cache.close();
});

Deno.test("a board is kept for half an hour", async () => {
  await using deps = await open();
  await deps.addUser("ada");
  const give = (cause: string) =>
    changeTrust(deps, "ada", { delta: 10, reason: "admin", cause });
  await give("a");
  const score = async () => {
    await deps.cache.idle();
    const { places } = await getLeaderboard(deps, "trust", "all");
    await deps.cache.idle();
    return places[0]!.score;
  };
  assertEquals(await score(), 510);
  await give("b");
  assertEquals(await score(), 510);
  deps.clock.advance(40 * MINUTE);
  await score();
  assertEquals(await score(), 520);
  await deps.cache.close();
});

Deno.test("guilds stand by completed work", async () => {
  await using deps = await open();
  const ada = await deps.addUser("ada");
  for (
    const [name, completed] of [["One", 2], ["Two", 7], ["None", 0]] as const
  ) {
    const guild = await createGuild(deps, ada, {
      name,
      description: "",
      open: true,
    });
    if (completed) {
      await commit(
        deps.kv,
        await planGuildCount(deps.kv, guild.id, { completed, rating: 5 }),
      );
      // Growing moves the place, it does not double it.
      await commit(
        deps.kv,
        await planGuildCount(deps.kv, guild.id, { completed: 1 }),
      );
    }
    const place = await getGuildPlace(deps, guild.id);
    assertEquals(place?.score, completed ? completed + 1 : undefined);
  }
  const { places } = await getLeaderboard(deps, "guilds", "all");
  assertEquals(places.map((p) => [p.position, p.name, p.score]), [
    [1, "Two", 8],
    [2, "One", 3],
  ]);
  await deps.cache.close();
});

Deno.test("anybody's position is that of counting all, however far down, with few reads", async () => {
  using kv = await Deno.openKv(":memory:");
  const scores: number[] = [];
  for (let i = 0; i < 20_000; i += 500) {
    const mutations = Array.from({ length: 500 }, (_, n) => {
      // Many share a score, some have one of their own.
      const score = (i + n) % 3 === 0
        ? 1 + (i + n) % 17
        : 1_000 + (i * 7 + n * 13) % 9_000;
      scores.push(score);
      return set(keys.place("b", "all", score, `u${i + n}`), score);
    });
    await apply(kv.atomic(), { mutations }).commit();
  }
  const marks = await readMarks(kv, "b", "all");
  assertEquals(marks.total, 20_000);
  assert(marks.marks.length <= 513);
  const list = kv.list.bind(kv);
  let most = 0;
  kv.list = ((selector: Deno.KvListSelector, options?: Deno.KvListOptions) => {
    most = Math.max(most, options?.limit ?? Infinity);
    return list(selector, options);
  }) as typeof kv.list;
  for (
    const score of [...new Set(scores)].filter((_, i) => i % 40 === 0 || i < 30)
  ) {
    assertEquals(
      await positionOf(kv, "b", "all", score, () => Promise.resolve(marks)),
      1 + scores.filter((other) => other > score).length,
      `score ${score}`,
    );
  }
  assert(most <= 500, `${most}`);
});

Deno.test("whatever the scores, positions from the top are those of counting", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 40 }),
      async (scores) => {
        using kv = await Deno.openKv(":memory:");
        await commit(kv, {
          mutations: scores.map((score, i) =>
            set(keys.place("b", "all", score, `u${i}`), score)
          ),
        });
        for (
          const { score, position } of await topPlaces(kv, "b", "all", 100)
        ) {
          assertEquals(
            position,
            1 + scores.filter((other) => other > score).length,
          );
        }
      },
    ),
    { numRuns: 50 },
  );
});
