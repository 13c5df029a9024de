import { assert, assertEquals } from "@std/assert";
import { FakeTime } from "@std/testing/time";
import { keys } from "../../../lib/kv/mod.ts";
import { Occupancy } from "../../../lib/realtime/occupancy.ts";
import { storeWith, storeWithCommits } from "../../support/store.ts";
import { waitFor } from "../../support/wait.ts";
import { openIsolate } from "./log_support.ts";

/** An isolate's counts, whose subscribers are numbers that the test sets. */
async function open(kv: Deno.Kv, id: string) {
  const isolate = await openIsolate(kv);
  const counts = new Map<string, number>();
  const counted: [string, number][] = [];
  const occupancy = new Occupancy({
    kv,
    now: Date.now,
    log: isolate.log,
    hub: {
      count: (channel) => counts.get(channel) ?? 0,
      channels: () => counts.entries() as never,
    },
    nodes: { id, others: true, isAlive: () => true },
    counts: () => true,
    onCount: (channel, total) => {
      counted.push([channel, total]);
      return Promise.resolve();
    },
  });
  const told = async () =>
    (await toldCounts(kv)).map(([channel, n]) => `${channel} ${n}`);
  return {
    ...isolate,
    occupancy,
    counted,
    told,
    set(channel: string, n: number) {
      if (n > 0) counts.set(channel, n);
      else counts.delete(channel);
      occupancy.changed(channel);
    },
    /** Its subscribers are gone, as at the end of a drain. */
    clear: () => counts.clear(),
    async [Symbol.asyncDispose]() {
      await occupancy.stop();
      await isolate.log.close();
    },
  };
}

/** The counts that were told to subscribers, in order. */
async function toldCounts(kv: Deno.Kv): Promise<[string, number][]> {
  const found: [string, number][] = [];
  for await (
    const { value } of kv.list<{ events: string[][] }>({
      prefix: ["rt", "log"],
    })
  ) {
    for (const [channel, , data] of value.events) {
      found.push([channel!, JSON.parse(data!).subscription_count]);
    }
  }
  return found;
}

Deno.test("the last count is the one that is written, however changes fall into a flush", async () => {
  using kv = await Deno.openKv(":memory:");
  // Each commit takes until the test lets it.
  const gates: (() => void)[] = [];
  const gated = storeWithCommits(kv, async (commit) => {
    await new Promise<void>((go) => gates.push(go));
    return await commit();
  });
  const opening = open(gated, "one");
  let opened = false;
  opening.then(() => opened = true);
  await waitFor(() => (gates.splice(0).forEach((go) => go()), opened), {
    what: "the log to be open",
  });
  const one = await opening;
  one.set("guild-a", 1);
  await waitFor(() => gates.length === 1, { what: "the first write" });
  one.set("guild-a", 0);
  gates.shift()!();
  await waitFor(() => gates.length === 1, { what: "the second write" });
  gates.shift()!();
  await waitFor(
    async () => (await kv.get(keys.occupied("guild-a", "one"))).value === null,
    { what: "the row to be gone" },
  );
  await one[Symbol.asyncDispose]();
});

Deno.test("a store that fails is written to later, and what was not told is told", async () => {
  using kv = await Deno.openKv(":memory:");
  let away = false;
  const view = storeWith(kv, {
    atomic() {
      if (away) throw new Error("the store is away");
      return kv.atomic();
    },
  });
  await using one = await open(view, "one");
  {
    using time = new FakeTime();
    away = true;
    one.set("guild-a", 2);
    await time.tickAsync(1_000);
    assertEquals(one.counted, []);
    away = false;
    await time.tickAsync(6_000);
  }
  await waitFor(() => one.counted.length > 0, { what: "the count" });
  assertEquals(one.counted, [["guild-a", 2]]);
  assertEquals((await kv.get(keys.occupied("guild-a", "one"))).value, 2);
});

Deno.test("up to 100 subscribers are told at once, more every 5 s, and a crowd does not hold up the others", async () => {
  using kv = await Deno.openKv(":memory:");
  await using one = await open(kv, "one");
  one.set("crowd", 101);
  await waitFor(async () => (await one.told()).length === 1, {
    what: "the first count of the crowd",
  });
  one.set("crowd", 102);
  await waitFor(() => one.counted.length === 2, { what: "the second look" });
  one.set("few", 1);
  await waitFor(async () => (await one.told()).includes("few 1"), {
    what: "the few",
    timeout: 2_000,
  });
  assertEquals((await one.told()).includes("crowd 102"), false);
  await waitFor(async () => (await one.told()).includes("crowd 102"), {
    what: "the second count of the crowd",
  });
});

Deno.test("counts add up over isolates; a channel that empties is told by whoever empties it", async () => {
  using kv = await Deno.openKv(":memory:");
  await using one = await open(kv, "one");
  await using two = await open(kv, "two");
  one.set("news", 2);
  await waitFor(async () => await two.occupancy.total("news") === 2, {
    what: "one's count at two",
  });
  two.set("news", 3);
  await waitFor(async () => await one.occupancy.total("news") === 5, {
    what: "the sum at one",
  });
  assertEquals(await one.occupancy.channels("ne"), new Map([["news", 5]]));
  one.set("news", 0);
  await waitFor(async () => (await two.told()).at(-1) === "news 3", {
    what: "three left",
  });
  two.set("news", 0);
  await waitFor(() => two.counted.at(-1)?.[1] === 0, { what: "none left" });
  assertEquals(await one.occupancy.channels(), new Map());
});

Deno.test("a count that another isolate has told meanwhile is told again when it comes back to what it was here", async () => {
  using kv = await Deno.openKv(":memory:");
  await using one = await open(kv, "one");
  await using two = await open(kv, "two");
  const last = (count: string) =>
    waitFor(async () => (await one.told()).at(-1) === count, {
      what: `${count} at the end`,
    });
  one.set("news", 1);
  await last("news 1");
  two.set("news", 1);
  await last("news 2");
  one.set("news", 0);
  await last("news 1");
  one.set("news", 1);
  await last("news 2");
  // One dies, and two takes its count away: two had told 2, then heard of nothing.
  two.set("news", 2);
  await last("news 3");
  one.set("news", 2);
  await last("news 4");
  one.clear();
  await two.occupancy.sweep("one");
  await last("news 2");
  // It lives after all: what the others told without it is put right.
  one.set("news", 2);
  one.occupancy.rewrite();
  await last("news 4");
});

Deno.test("an isolate that ends takes its rows away and says what is empty", async () => {
  using kv = await Deno.openKv(":memory:");
  const one = await open(kv, "one");
  one.set("a", 1);
  one.set("b", 1);
  await waitFor(() => one.counted.length >= 2, { what: "both counts" });
  assert(await hasRows(kv));
  one.clear();
  await one.occupancy.stop();
  assert(!await hasRows(kv));
  assertEquals(
    one.counted.filter(([, total]) => total === 0).map(([c]) => c).sort(),
    ["a", "b"],
  );
  await one.log.close();
});

async function hasRows(kv: Deno.Kv): Promise<boolean> {
  return (await Array.fromAsync(kv.list({ prefix: keys.occupiedAll() })))
    .length > 0;
}
