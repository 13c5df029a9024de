/** A world of made people: the same from the same numbers, gone on with, and how it lives. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { DAY } from "../../../lib/clock.ts";
import { type SeedCrowd, seedCrowd } from "../../../lib/demo/mod.ts";
import { crowdRows } from "../../../lib/demo/crowd/mod.ts";
import { NexoraError } from "../../../lib/errors.ts";
import { type User } from "../../../lib/users/mod.ts";
import { fakeClock } from "../../support/clock.ts";
import { openDeps } from "../../support/open_deps.ts";
import { readArguments } from "../../../jobs/seed_cli.ts";
import { everything, SIZE, valuesOf } from "./crowd_support.ts";

Deno.test("the same numbers give the same world, and a second run, a day later, changes nothing", async () => {
  using one = await Deno.openKv(":memory:");
  using two = await Deno.openKv(":memory:");
  const clock = fakeClock();
  const first = await seedCrowd({ kv: one, now: clock.now }, SIZE);
  assert(first.rows > 10_000 && !first.wasThere);
  await seedCrowd({ kv: two, now: clock.now }, SIZE);
  const before = await everything(one);
  assertEquals(await everything(two), before);
  clock.advance(DAY);
  const again = await seedCrowd({ kv: one, now: clock.now }, SIZE);
  assertEquals([again.rows, again.wasThere], [0, true]);
  assertEquals(await everything(one), before);
  const other = { ...SIZE, seed: 8 };
  const refused = await assertRejects(
    () => seedCrowd({ kv: one, now: clock.now }, other),
    NexoraError,
  );
  assert(refused.message.includes("--seed 7"), refused.message);
});

Deno.test("runs that are stopped are gone on with, as if nobody had stopped them", async () => {
  using whole = await Deno.openKv(":memory:");
  using broken = await Deno.openKv(":memory:");
  const clock = fakeClock();
  const { rows } = await seedCrowd({ kv: whole, now: clock.now }, SIZE);
  let written = 0;
  let runs = 0;
  for (;; runs++) {
    const stop = new AbortController();
    const onProgress: SeedCrowd["onProgress"] = (_, rows) => {
      // The first run gets nowhere, the next ones a few thousand rows.
      if (rows > runs * 3_000) stop.abort(new Error("Stopped"));
    };
    const { signal } = stop;
    clock.advance(DAY / 4);
    const result = await seedCrowd(
      { kv: broken, now: clock.now },
      { ...SIZE, signal, onProgress },
    ).catch((error) => {
      assertEquals(error.message, "Stopped");
      return null;
    });
    if (result) {
      written += result.rows;
      assert(result.resumedAt > 0 && result.rows < rows);
      break;
    }
  }
  assert(runs >= 2, `${runs} runs were stopped`);
  assertEquals(await everything(broken), await everything(whole));
});

Deno.test("real people are not mixed with made ones", async () => {
  await using deps = await openDeps();
  await deps.addUser("ada");
  const refused = await assertRejects(() => seedCrowd(deps, SIZE), NexoraError);
  assertEquals(refused.code, "conflict");
  assertEquals((await valuesOf<User>(deps.kv, "users")).length, 1);
});

Deno.test("people rest at weekends and sleep at night", () => {
  const today = Date.UTC(2026, 7, 15);
  const byDay = new Array(7).fill(0);
  const byHour = new Array(24).fill(0);
  for (const rows of crowdRows({ ...SIZE, today })) {
    for (const row of rows) {
      if (row.type !== "set" || row.key[0] !== "activity") continue;
      const { kind, at } = row.value as { kind: string; at: number };
      if (kind !== "message_sent") continue;
      byDay[new Date(at).getUTCDay()]++;
      byHour[new Date(at).getUTCHours()]++;
    }
  }
  const weekday = (byDay[1] + byDay[2] + byDay[3] + byDay[4]) / 4;
  assert((byDay[0] + byDay[6]) / 2 < weekday * 0.6, byDay.join(" "));
  assert(Math.min(...byHour) < Math.max(...byHour) / 3, byHour.join(" "));
});

Deno.test("a larger world is told without keeping it", () => {
  const today = Date.UTC(2026, 7, 15);
  let largest = 0;
  let rows = 0;
  for (
    const group of crowdRows({
      users: 3_000,
      guilds: 40,
      days: 10,
      seed: 3,
      today,
    })
  ) {
    largest = Math.max(largest, group.length);
    rows += group.length;
  }
  assert(rows > 100_000);
  // One commit holds any group.
  assert(largest < 600, `${largest} rows`);
});

Deno.test("the command line says what it takes", () => {
  assertEquals(readArguments([]), {
    help: false,
    kv: undefined,
    users: 200,
    guilds: 12,
    days: 60,
    seed: 7,
  });
  for (const args of [["--users", "x"], ["--guilds", "51"], ["--days", "1"]]) {
    try {
      readArguments(args);
    } catch (error) {
      assert((error as Error).message.startsWith(args[0]!));
      continue;
    }
    throw new Error(`${args.join(" ")} was taken`);
  }
});
