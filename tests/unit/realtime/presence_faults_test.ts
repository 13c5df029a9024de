/** Presence when the store fails, when isolates stall, and when many come at once. */
import { assertEquals } from "@std/assert";
import { HEARTBEAT, NODE_TTL } from "../../../lib/realtime/nodes.ts";
import { fakeClock } from "../../support/clock.ts";
import { waitFor } from "../../support/wait.ts";
import { ids, leftovers, open, switched, told } from "./presence_support.ts";

Deno.test("a user's five hundred tabs, opened and closed at once over two isolates, are one member", async () => {
  using kv = await Deno.openKv(":memory:");
  await using one = await open(kv);
  await using two = await open(kv);
  const tabs = Array.from({ length: 500 }, (_, i) => `1.${i}`);
  const at = (i: number) => i % 2 ? one : two;
  await Promise.all(tabs.map((tab, i) => at(i).join("ann", tab)));
  assertEquals(await told(one), ["added ann"]);
  assertEquals(await leftovers(kv), { rows: 500, count: 1 });
  await Promise.all(tabs.map((tab, i) => at(i).leave("ann", tab)));
  await waitFor(async () => (await ids(one)).length === 0, {
    what: "ann to leave",
  });
  assertEquals(await told(one), ["added ann", "removed ann"]);
  assertEquals(await leftovers(kv), { rows: 0, count: 0 });
});

Deno.test("of more users than a channel holds, coming at once to two isolates, exactly so many enter", async () => {
  using kv = await Deno.openKv(":memory:");
  await using one = await open(kv, { max: 10 });
  await using two = await open(kv, { max: 10 });
  const outcomes = await Promise.all(
    Array.from(
      { length: 30 },
      (_, i) =>
        (i % 2 ? one : two).join(`u${i}`, `1.${i}`)
          .then(() => "in", (error) => error.code),
    ),
  );
  assertEquals(outcomes.filter((o) => o === "in").length, 10);
  assertEquals(outcomes.filter((o) => o === "too_large").length, 20);
  assertEquals((await ids(one)).length, 10);
});

Deno.test("whoever leaves while the store is away has left once it is back", async () => {
  using kv = await Deno.openKv(":memory:");
  const { kv: view, state } = switched(kv);
  await using one = await open(view);
  await one.join("ann", "1.1");
  state.away = true;
  await one.leave("ann", "1.1");
  state.away = false;
  assertEquals(await ids(one), ["ann"]);
  await one.presence.settle();
  await waitFor(async () => (await ids(one)).length === 0, {
    what: "ann to leave",
  });
  assertEquals(await told(one), ["added ann", "removed ann"]);
  assertEquals(await leftovers(kv), { rows: 0, count: 0 });
});

Deno.test("whoever came back before an owed leave was written stays", async () => {
  using kv = await Deno.openKv(":memory:");
  const { kv: view, state } = switched(kv);
  await using one = await open(view);
  await one.join("ann", "1.1");
  state.away = true;
  await one.leave("ann", "1.1");
  state.away = false;
  await one.join("ann", "1.1");
  await one.presence.settle();
  assertEquals(await ids(one), ["ann"]);
  await one.leave("ann", "1.1");
  await waitFor(async () => (await ids(one)).length === 0, {
    what: "ann to leave",
  });
});

Deno.test("an isolate that stood still is swept, and has its members again when it goes on", async () => {
  using kv = await Deno.openKv(":memory:");
  const clock = fakeClock();
  await using stalled = await open(kv, clock);
  await using other = await open(kv, clock);
  await stalled.nodes.beat();
  await other.nodes.beat();
  await stalled.join("ann", "1.1");
  await other.join("bob", "2.2");
  for (let ms = 0; ms <= NODE_TTL; ms += HEARTBEAT) {
    clock.advance(HEARTBEAT);
    await other.nodes.beat();
  }
  assertEquals(await ids(other), ["bob"]);
  await stalled.nodes.beat();
  assertEquals(await ids(other), ["ann", "bob"]);
  assertEquals(await told(other), [
    "added ann",
    "added bob",
    "removed ann",
    "added ann",
  ]);
  // And leaves as everybody does.
  await stalled.leave("ann", "1.1");
  await waitFor(async () => (await ids(other)).length === 1, {
    what: "ann to leave",
  });
});

Deno.test("after a minute without the store nobody has left", async () => {
  using kv = await Deno.openKv(":memory:");
  const clock = fakeClock();
  await using one = await open(kv, clock);
  await using two = await open(kv, clock);
  for (const { nodes } of [one, two]) await nodes.beat();
  await one.join("ann", "1.1");
  await two.join("bob", "2.2");
  clock.advance(60_000);
  await one.nodes.beat();
  await using third = await open(kv, clock);
  await third.nodes.beat();
  await two.nodes.beat();
  for (let i = 0; i < 5; i++) {
    clock.advance(HEARTBEAT);
    for (const { nodes } of [one, two, third]) await nodes.beat();
  }
  assertEquals(await told(one), ["added ann", "added bob"]);
});
