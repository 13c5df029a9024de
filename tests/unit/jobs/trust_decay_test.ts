import { assertEquals } from "@std/assert";
import { DAY } from "../../../lib/clock.ts";
import { commit, keys, set } from "../../../lib/kv/mod.ts";
import {
  listTrustHistory,
  type Loss,
  lossesOf,
  newStanding,
  newUser,
  standingRows,
  type User,
} from "../../../lib/users/mod.ts";
import { trustDecayJob } from "../../../jobs/trust_decay/mod.ts";
import { jobWorld } from "./world.ts";
import { listRuns } from "../../../jobs/runner/mod.ts";
import { KillableKv } from "./killable_kv.ts";

function person(id: string, given: Partial<User>): User {
  return newUser({
    id,
    handle: id,
    name: id,
    email: `${id}@example.org`,
    createdAt: 0,
    ...given,
  });
}

async function seeded(world: Awaited<ReturnType<typeof jobWorld>>, n: number) {
  for (let i = 0; i < n; i++) {
    const id = `u${String(i).padStart(4, "0")}`;
    const quiet = i % 3 !== 0;
    await world.kv.set(
      keys.user(id),
      person(id, {
        trust: 700,
        lastActiveAt: world.now() - (quiet ? 40 : 5) * DAY,
      }),
    );
  }
}

async function losses(kv: Deno.Kv, userId: string): Promise<Loss[]> {
  return lossesOf((await kv.get<User>(keys.user(userId))).value!.absence);
}

async function trusts(kv: Deno.Kv): Promise<number[]> {
  const found: number[] = [];
  for await (const { value } of kv.list<User>({ prefix: keys.usersPrefix() })) {
    found.push(value.trust);
  }
  return found;
}

for (const remote of [false, true]) {
  Deno.test(`the quiet lose trust, are told, and have a history (${remote ? "remote" : "local"} store)`, async () => {
    await using world = await jobWorld();
    await seeded(world, 300);
    const worker = world.runner([trustDecayJob({ ...world, remote })]);
    const run = await worker.runCurrent("trust-decay", { trigger: "http" });
    assertEquals(run.stats, { looked: 300, decayed: 200, points: 8_000 });
    assertEquals((await trusts(world.kv)).filter((t) => t === 660).length, 200);
    assertEquals(world.said.length, 200);
    const event = world.said.find((e) => e.channel === "private-user-u0001")!;
    assertEquals(event.event, "user:trust-changed");
    const data = event.data as Record<string, unknown>;
    assertEquals([data.trust, data.previous, data.inactiveDays], [
      660,
      700,
      40,
    ]);
    assertEquals(
      (await losses(world.kv, "u0001")).map(({ from, to }) => [from, to]),
      [[700, 660]],
    );
    assertEquals(await losses(world.kv, "u0000"), []);

    // The same slot, a run by hand, and another worker: nothing more.
    await worker.runCurrent("trust-decay", { trigger: "cron" });
    const byHand = await (await worker.runNow("trust-decay")).ended;
    assertEquals(byHand.stats, { looked: 300, decayed: 0, points: 0 });
    assertEquals(world.said.length, 200);

    world.clock.advance(7 * DAY);
    const next = await worker.runCurrent("trust-decay", { trigger: "cron" });
    assertEquals(next.stats, { looked: 300, decayed: 200, points: 1_400 });
    assertEquals(
      (await listTrustHistory(world.kv, "u0001")).map(({ from, to }) => [
        from,
        to,
      ]),
      [[660, 653], [700, 660]],
    );
  });
}

Deno.test("a dry run tells what would happen", async () => {
  await using world = await jobWorld();
  await seeded(world, 30);
  const worker = world.runner([
    trustDecayJob({ ...world, remote: false }),
  ]);
  const dry = await (await worker.runNow("trust-decay", { dryRun: true }))
    .ended;
  assertEquals(dry.stats, { looked: 30, decayed: 20, points: 800 });
  assertEquals((await trusts(world.kv)).filter((t) => t !== 700), []);
  assertEquals(world.said, []);
});

Deno.test("somebody who comes back during the run keeps their trust", async () => {
  await using world = await jobWorld();
  await seeded(world, 30);
  const base = world.kv;
  let returned = false;
  // Between the reading and the first commit, u0001 signs in.
  const kv = new KillableKv(base, () => "no").view;
  const atomic = kv.atomic.bind(kv);
  kv.atomic = () => {
    const operation = atomic();
    const commit = operation.commit.bind(operation);
    const check = operation.check.bind(operation);
    let aboutUser = false;
    operation.check = (...checks) => {
      aboutUser ||= checks.some((c) => c.key[0] === "users");
      return check(...checks);
    };
    operation.commit = async () => {
      if (aboutUser && !returned) {
        returned = true;
        const user = (await base.get<User>(keys.user("u0001"))).value!;
        await base.set(keys.user("u0001"), {
          ...user,
          lastActiveAt: world.now(),
        });
      }
      return await commit();
    };
    return operation;
  };
  const worker = world.runner(
    [trustDecayJob({ ...world, kv, remote: false })],
    { kv },
  );
  await worker.runCurrent("trust-decay", { trigger: "cron" });
  await worker.stop();
  assertEquals(returned, true);
  assertEquals((await base.get<User>(keys.user("u0001"))).value!.trust, 700);
  assertEquals((await base.get<User>(keys.user("u0002"))).value!.trust, 660);
});

Deno.test("a run that is killed at any point is finished by another, each user once", async () => {
  for (let fatal = 5; fatal < 60; fatal += 6) {
    for (const end of ["before", "after"] as const) {
      await using world = await jobWorld();
      await seeded(world, 400);
      let calls = 0;
      const killable = new KillableKv(
        world.kv,
        () => ++calls === fatal ? end : "no",
      );
      const doomed = world.runner([
        trustDecayJob({ ...world, kv: killable.view, remote: true }),
      ], { kv: killable.view });
      const finished = doomed.runCurrent("trust-decay", { trigger: "cron" })
        .then(() => true);
      while (!killable.dead) {
        const over = await Promise.race([
          finished,
          new Promise<false>((r) => setTimeout(() => r(false), 1)),
        ]);
        if (over) break;
      }
      world.clock.advance(31_000);
      const heir = world.runner([
        trustDecayJob({ ...world, remote: true }),
      ]);
      await heir.runCurrent("trust-decay", { trigger: "cron" });
      const left = await trusts(world.kv);
      assertEquals(left.filter((t) => t !== 660 && t !== 700), []);
      assertEquals(left.filter((t) => t === 660).length, 266);
      for (const { channel } of world.said) {
        const id = channel.slice("private-user-".length);
        assertEquals((await losses(world.kv, id)).length, 1);
      }
      const { items } = await listRuns(world, "trust-decay");
      assertEquals(items.map(({ stats }) => stats), [
        { looked: 400, decayed: 266, points: 266 * 40 },
      ]);
    }
  }
});

Deno.test("the floor holds for people who are under it for another reason", async () => {
  await using world = await jobWorld();
  await world.kv.set(
    keys.user("low"),
    person("low", { trust: 120, lastActiveAt: world.now() - 400 * DAY }),
  );
  const worker = world.runner([
    trustDecayJob({ ...world, remote: false }),
  ]);
  await worker.runCurrent("trust-decay", { trigger: "cron" });
  assertEquals(await trusts(world.kv), [120]);
});

Deno.test("a loss is in the history, moves the leaderboard, and may cost a rank, which is told", async () => {
  await using world = await jobWorld();
  await seeded(world, 2);
  const user = { ...person("artist", {}), rank: "Artisan", trust: 600 };
  const before = {
    ...newStanding("artist"),
    completed: 20,
    ratingCount: 10,
    ratingSum: 45,
  };
  await commit(world.kv, {
    mutations: [
      set(keys.user("artist"), { ...user, lastActiveAt: 0 }),
      ...standingRows("artist", before, 600),
    ],
  });
  const worker = world.runner([trustDecayJob({ ...world, remote: false })]);
  await worker.runCurrent("trust-decay", { trigger: "cron" });
  const after = (await world.kv.get<User>(keys.user("artist"))).value!;
  assertEquals([after.trust, after.rank], [550, "Journeyman"]);
  assertEquals(
    world.said.filter((e) => e.channel === "private-user-artist").map((e) =>
      e.event
    ),
    ["user:trust-changed", "user:rank-changed"],
  );
  assertEquals(
    (await listTrustHistory(world.kv, "artist")).map((
      { from, to, reason },
    ) => [from, to, reason]),
    [[600, 550, "inactivity"]],
  );
  const places = await Array.fromAsync(
    world.kv.list<number>({ prefix: keys.places("trust", "all") }),
    ({ key, value }) => [key.at(-1), value],
  );
  // The others have never done anything, and being silent is no place on a board.
  assertEquals(places, [["artist", 550]]);
  const jobs = await Array.fromAsync(
    world.kv.list<{ kind: string; payload: { type: string } }>({
      prefix: keys.jobs(),
    }),
    ({ value }) => [value.kind, value.payload.type],
  );
  assertEquals(jobs, [["notify", "rank_changed"]]);
});
