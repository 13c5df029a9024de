/** The event log: one order, all or nothing, and what is kept. */
import { assertEquals, assertRejects } from "@std/assert";
import { NexoraError } from "../../../lib/errors.ts";
import { absent, set } from "../../../lib/kv/mod.ts";
import type { Position } from "../../../lib/realtime/mod.ts";
import { shardOf, SHARDS } from "../../../lib/realtime/log/shards.ts";
import { waitFor } from "../../support/wait.ts";
import { openIsolate, Reader } from "./log_support.ts";
import { formatPosition } from "../../../lib/realtime/position.ts";

Deno.test("appends at once share commits and get positions without a gap, in order", async () => {
  using kv = await Deno.openKv(":memory:");
  await using isolate = await openIsolate(kv);
  const positions = await Promise.all(
    Array.from(
      { length: 500 },
      (_, i) =>
        isolate.log.append({ events: [{ channel: "c", event: "e", data: i }] }),
    ),
  );
  const flat = positions.map(([p]) => p!);
  assertEquals(new Set(flat.map(formatPosition)).size, 500);
  for (let i = 1; i < flat.length; i++) {
    const [a, b] = [flat[i - 1]!, flat[i]!];
    const follows = b.seq === a.seq
      ? b.index === a.index + 1
      : b.seq === a.seq + 1 && b.index === 0;
    assertEquals(
      follows,
      true,
      `${formatPosition(b)} follows ${formatPosition(a)}`,
    );
  }
  const kept = await isolate.log.latest("c", 1_000);
  assertEquals(kept.map((e) => Number(e.data)), flat.map((_, i) => i));
});

Deno.test("of appends that check one row, one is committed and its neighbours are not sunk", async () => {
  using kv = await Deno.openKv(":memory:");
  await using isolate = await openIsolate(kv);
  const row = ["test", "row"];
  const append = (i: number, checked: boolean) =>
    isolate.log.append({
      events: [{ channel: `c${i % 7}`, event: "e", data: i }],
      ...(checked && { checks: [absent(row)], mutations: [set(row, i)] }),
    });
  const results = await Promise.allSettled(
    Array.from({ length: 60 }, (_, i) => append(i, i % 3 === 0)),
  );
  const checked = results.filter((_, i) => i % 3 === 0);
  assertEquals(checked.filter((r) => r.status === "fulfilled").length, 1);
  for (const result of checked) {
    if (result.status === "rejected") {
      assertEquals((result.reason as NexoraError).code, "conflict");
    }
  }
  assertEquals(
    results.filter((r, i) => i % 3 !== 0 && r.status === "rejected").length,
    0,
  );
  const events = await Promise.all(
    Array.from({ length: 7 }, (_, i) => isolate.log.latest(`c${i}`, 100)),
  );
  assertEquals(events.flat().length, 41);
});

Deno.test("an event over the store's limit is refused alone", async () => {
  using kv = await Deno.openKv(":memory:");
  await using isolate = await openIsolate(kv);
  const small = () =>
    isolate.log.append({ events: [{ channel: "c", event: "e", data: "x" }] });
  const results = await Promise.allSettled([
    small(),
    isolate.log.append({
      events: [{ channel: "c", event: "e", data: "y".repeat(70_000) }],
    }),
    small(),
  ]);
  assertEquals(results.map((r) => r.status), [
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
  assertEquals((await isolate.log.latest("c", 10)).length, 2);
});

Deno.test("an append over several shards is in all of them or in none", async () => {
  using kv = await Deno.openKv(":memory:");
  await using isolate = await openIsolate(kv);
  const channels = Array.from({ length: 20 }, (_, i) => `many-${i}`);
  assertEquals(new Set(channels.map(shardOf)).size > SHARDS / 2, true);
  const row = ["test", "row"];
  const append = () =>
    isolate.log.append({
      events: channels.map((channel) => ({ channel, event: "e", data: 1 })),
      checks: [absent(row)],
      mutations: [set(row, 1)],
    });
  await append();
  await assertRejects(append, NexoraError, undefined, "conflict");
  for (const channel of channels) {
    assertEquals((await isolate.log.latest(channel, 10)).length, 1);
  }
});

Deno.test("a position is too old after 2 minutes or 1,000 events, and not before", async () => {
  using kv = await Deno.openKv(":memory:");
  let now = 1_800_000_000_000;
  await using isolate = await openIsolate(kv, { now: () => now });
  const publish = async (count: number) => {
    const done = await Promise.all(
      Array.from({ length: count }, (_, i) =>
        isolate.log.append({
          events: [{ channel: "c", event: "e", data: i }],
        })),
    );
    return done.at(-1)![0]!;
  };
  const resume = async (since: Position) => {
    let expired: boolean | undefined;
    const reader = new Reader();
    await isolate.hub.attach("c", reader, since, (attached) => {
      expired = attached.expired;
    });
    isolate.hub.detach("c", reader);
    return { expired, count: reader.seen.length };
  };
  await isolate.log.follow("c");
  const first = await publish(1);
  await publish(1_000);
  assertEquals(await resume(first), { expired: false, count: 1_000 });
  const second = await publish(1);
  assertEquals(await resume(first), { expired: true, count: 0 });
  await publish(1);
  now += 119_000;
  assertEquals(await resume(second), { expired: false, count: 1 });
  now += 2_000;
  assertEquals(await resume(second), { expired: true, count: 0 });
  // Nothing was missed, so there is nothing to be too late for.
  assertEquals((await resume(await isolate.log.head("c"))).expired, false);
});

Deno.test("volatile events are told once and never again, and do not disturb positions", async () => {
  using kv = await Deno.openKv(":memory:");
  await using isolate = await openIsolate(kv);
  const reader = new Reader();
  await isolate.hub.attach(
    "c",
    reader,
    null,
    ({ position }) => reader.begin(formatPosition(position)),
  );
  const start = reader.last!;
  await isolate.log.append({
    events: [{ channel: "c", event: "typing", data: "t", volatile: true }],
  });
  await isolate.log.append({
    events: [{ channel: "c", event: "e", data: "kept" }],
  });
  await waitFor(() => reader.seen.length >= 2, { what: "both events" });
  assertEquals(reader.seen, ["volatile t", "kept"]);
  assertEquals(reader.gaps, []);
  const late = new Reader();
  await isolate.hub.attach(
    "c",
    late,
    start,
    () => late.begin(formatPosition(start)),
  );
  assertEquals(late.seen, ["kept"]);
});

Deno.test("the publisher's own socket gets the position of its event and not the event", async () => {
  using kv = await Deno.openKv(":memory:");
  await using isolate = await openIsolate(kv);
  const own = new Reader("1.1");
  const other = new Reader("2.2");
  for (const r of [own, other]) {
    await isolate.hub.attach(
      "c",
      r,
      null,
      ({ position }) => r.begin(formatPosition(position)),
    );
  }
  for (let i = 0; i < 5; i++) {
    await isolate.log.append({
      events: [{
        channel: "c",
        event: "e",
        data: String(i),
        ...(i % 2 && { except: "1.1" }),
      }],
    });
  }
  await waitFor(() => other.seen.length >= 5, { what: "all events" });
  assertEquals(own.seen, ["0", "2", "4"]);
  assertEquals(other.seen, ["0", "1", "2", "3", "4"]);
  assertEquals([own.gaps, other.gaps], [[], []]);
  assertEquals(own.last, other.last);
});
