/** What is read back from the log, what is taken from memory, and what happens when the watch lags. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { ShardMemory } from "../../../lib/realtime/log/memory.ts";
import { ShardReader } from "../../../lib/realtime/log/reader.ts";
import { shardOf } from "../../../lib/realtime/log/shards.ts";
import {
  comparePositions,
  formatPosition,
  type Position,
} from "../../../lib/realtime/position.ts";
import { storeWith } from "../../support/store.ts";
import { waitFor } from "../../support/wait.ts";
import { at, event, openIsolate, Reader } from "./log_support.ts";

Deno.test("memory tells exactly what came after a position, or that it does not know", () => {
  const batch = fc.array(fc.constantFrom("a", "b", "c"), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(batch, fc.nat(60)), { minLength: 1, maxLength: 6 }),
      fc.tuple(fc.constantFrom("a", "b", "c"), fc.nat(6), fc.nat(5)),
      fc.nat(60),
      (batches, [channel, seq, index], pause) => {
        let now = 1_000;
        const memory = new ShardMemory(at(0, 0), () => now, 100);
        const all: { channel: string; position: Position; at: number }[] = [];
        batches.forEach(([channels, ms], i) => {
          now += ms;
          const events = channels.map((name, n) => ({
            channel: name,
            event: "e",
            data: "",
            position: at(i + 1, n),
            at: now,
          }));
          all.push(...events);
          // As the hub does: channel by channel.
          for (const name of new Set(channels)) {
            for (const e of events) if (e.channel === name) memory.add(e);
          }
        });
        now += pause;
        const since = at(seq, index);
        const known = memory.since(channel, since);
        if (known === null) {
          assert(
            all.some((e) => e.at < now - pause - 100),
            "it forgot what is young enough",
          );
          return;
        }
        assertEquals(
          known.map((e) => e.position),
          all.filter((e) =>
            e.channel === channel && comparePositions(e.position, since) > 0
          ).map((e) => e.position),
        );
      },
    ),
    { numRuns: 3_000 },
  );
});

Deno.test("whoever has listened to a quiet channel for long sees no gap at its first event", async () => {
  using kv = await Deno.openKv(":memory:");
  let now = 1_800_000_000_000;
  await using isolate = await openIsolate(kv, { now: () => now });
  const noisy = neighbourOf("quiet");
  await isolate.log.append({ events: [event(noisy, "0")] });
  const reader = new Reader();
  await isolate.hub.attach(
    "quiet",
    reader,
    null,
    ({ position }) => reader.begin(formatPosition(position)),
  );
  // The shard's neighbours talk, and are forgotten.
  for (let i = 0; i < 10; i++) {
    now += 30_000;
    await isolate.log.append({ events: [event(noisy, String(i))] });
  }
  await isolate.log.append({ events: [event("quiet", "hello")] });
  assertEquals(reader.seen, ["hello"]);
  assertEquals(reader.gaps, []);
});

/** Another channel of the same shard. */
function neighbourOf(channel: string): string {
  for (let i = 0;; i++) {
    if (shardOf(`n${i}`) === shardOf(channel)) return `n${i}`;
  }
}

Deno.test("a reader that the watch told of a commit first delivers it once", async () => {
  using kv = await Deno.openKv(":memory:");
  await using isolate = await openIsolate(kv);
  const [first] = await isolate.log.append({ events: [event("c", "0")] });
  const seen: number[] = [];
  const reader = new ShardReader({
    kv,
    now: Date.now,
    shard: shardOf("c"),
    onBatch: (batch) => seen.push(batch.seq),
    onGap: () => seen.push(-1),
  });
  await reader.start();
  const { epoch, seq } = first!;
  const [second] = await isolate.log.append({ events: [event("c", "1")] });
  reader.ring({ epoch, seq: seq + 1, n: 1 });
  await waitFor(() => seen.length === 1, { what: "the event" });
  const late = {
    epoch,
    seq: seq + 1,
    events: [{ ...event("c", "1"), position: second!, at: 0 }],
  };
  reader.committed(late);
  reader.committed({ ...late, seq: seq + 2 });
  await reader.stop();
  assertEquals(seen, [seq + 1, seq + 2]);
  assertEquals(reader.behind, 0);
});

Deno.test("the watch's word of an own commit waits for its answer, and for no answer that never comes", async () => {
  using kv = await Deno.openKv(":memory:");
  await using isolate = await openIsolate(kv);
  const [first] = await isolate.log.append({ events: [event("c", "0")] });
  let reads = 0;
  const counting = storeWith(kv, {
    list(...args) {
      reads++;
      return kv.list(...args);
    },
  });
  const seen: number[] = [];
  const reader = new ShardReader({
    kv: counting,
    now: Date.now,
    shard: shardOf("c"),
    onBatch: (batch) => seen.push(batch.seq),
    onGap: () => seen.push(-1),
  });
  await reader.start();
  const { epoch, seq } = first!;
  const commit = async (data: string) =>
    (await isolate.log.append({ events: [event("c", data)] }))[0]!;

  // Answered: delivered from memory, at once.
  const second = await commit("1");
  reader.committing(seq + 1);
  reader.ring({ epoch, seq: seq + 1, n: 1 });
  assertEquals(seen, []);
  reader.committed({
    epoch,
    seq: seq + 1,
    events: [{ ...event("c", "1"), position: second, at: 0 }],
  });
  assertEquals([seen, reads], [[seq + 1], 0]);

  // Come to nothing, somebody else's commit made that head: read back.
  await commit("2");
  reader.committing(seq + 2);
  reader.ring({ epoch, seq: seq + 2, n: 1 });
  reader.committing(null);
  await waitFor(() => seen.length === 2, { what: "the other's event" });

  // No answer: read back all the same.
  await commit("3");
  reader.committing(seq + 3);
  reader.ring({ epoch, seq: seq + 3, n: 1 });
  await waitFor(() => seen.length === 3, { what: "the unanswered event" });
  await reader.stop();
  assertEquals([seen, reads], [[seq + 1, seq + 2, seq + 3], 2]);
});

Deno.test("a client that comes from an isolate ahead of this one is waited for, not told that it is too late", async () => {
  using kv = await Deno.openKv(":memory:");
  // Its watch never rings.
  const deaf = storeWith(kv, { watch: () => new ReadableStream() });
  await using ahead = await openIsolate(kv);
  await using behind = await openIsolate(deaf);
  await behind.log.follow("c");
  const [first] = await ahead.log.append({ events: [event("c", "1")] });
  await ahead.log.append({ events: [event("c", "2")] });
  const [third] = await ahead.log.append({ events: [event("c", "3")] });
  for (
    const [since, expected] of [[third!, []], [first!, ["2", "3"]]] as const
  ) {
    const reader = new Reader();
    await behind.hub.attach("c", reader, since, ({ recovered }) => {
      assert(recovered);
      reader.begin(formatPosition(since));
    });
    assertEquals(reader.seen, [...expected]);
    behind.hub.detach("c", reader);
  }
  // A position that nobody gave out is not waited for.
  const reader = new Reader();
  let expired = false;
  await behind.hub.attach(
    "c",
    reader,
    { ...third!, seq: third!.seq + 50 },
    (attached) => void (expired = attached.expired),
  );
  assert(expired);
});
