/** The log when commits land late, isolates die or lag, and what is remembered is forgotten in parts. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { NexoraError } from "../../../lib/errors.ts";
import { absent, set } from "../../../lib/kv/mod.ts";
import { ShardMemory } from "../../../lib/realtime/log/memory.ts";
import { ShardReader } from "../../../lib/realtime/log/reader.ts";
import { shardOf } from "../../../lib/realtime/log/shards.ts";
import {
  comparePositions,
  formatPosition,
  type Position,
} from "../../../lib/realtime/position.ts";
import { waitFor } from "../../support/wait.ts";
import { faultyKv, type Isolate, openIsolate, Reader } from "./log_support.ts";

const event = (channel: string, data: string) => ({
  channel,
  event: "e",
  data,
});

/**
 * A store whose commits, where `late` says so, are given up by the caller at once and land some turns later: what a
 * deadline makes of a network that was only slow.
 */
function lateKv(kv: Deno.Kv, late: () => number | null): {
  kv: Deno.Kv;
  landed: () => Promise<unknown>;
} {
  const flying: Promise<unknown>[] = [];
  const view = new Proxy(kv, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (name !== "atomic") {
        return typeof value === "function" ? value.bind(target) : value;
      }
      return () => {
        const atomic = target.atomic();
        const commit = atomic.commit.bind(atomic);
        atomic.commit = () => {
          const turns = late();
          if (turns === null) return commit();
          flying.push((async () => {
            for (let i = 0; i < turns; i++) await kv.get(["turn"]);
            await commit();
          })());
          return Promise.reject(new NexoraError("store_unavailable"));
        };
        return atomic;
      };
    },
  });
  return { kv: view, landed: () => Promise.all(flying) };
}

Deno.test("commits that land after they were given up neither lose, double nor refuse an append", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(fc.nat(12)), { minLength: 5, maxLength: 40 }),
      fc.boolean(),
      async (turns, checked) => {
        using kv = await Deno.openKv(":memory:");
        const left: (number | null)[] = [];
        const slow = lateKv(kv, () => left.pop() ?? null);
        await using one = await openIsolate(slow.kv);
        await using two = await openIsolate(slow.kv);
        left.push(...turns);
        const sent = await Promise.all(
          Array.from({ length: 30 }, async (_, i) => {
            const [position] = await [one, two][i % 2]!.log.append({
              events: [event("c", String(i))],
              // A row of its own, which only this append can be the first to write.
              ...(checked && {
                checks: [absent(["row", i])],
                mutations: [set(["row", i], i)],
              }),
            });
            return [formatPosition(position!), String(i)] as const;
          }),
        );
        await slow.landed();
        const kept = await one.log.latest("c", 1_000);
        assertEquals(
          kept.map((e) => [formatPosition(e.position), e.data] as const)
            .sort(),
          sent.sort(),
        );
      },
    ),
    { numRuns: 40 },
  );
});

Deno.test("a listener that throws does not write a commit twice or stop the log", async () => {
  using kv = await Deno.openKv(":memory:");
  await using isolate = await openIsolate(kv);
  isolate.hub.observers.add(() => {
    throw new Error("on purpose");
  });
  await isolate.log.follow("c");
  const complain = console.error;
  console.error = () => {};
  try {
    for (const data of ["1", "2"]) {
      await isolate.log.append({ events: [event("c", data)] });
    }
  } finally {
    console.error = complain;
  }
  assertEquals(
    (await isolate.log.latest("c", 9)).map((e) => e.data),
    ["1", "2"],
  );
});

Deno.test("while the store is away appends are bounded by bytes as well as by number", async () => {
  using kv = await Deno.openKv(":memory:");
  const away = new Proxy(kv, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (name === "getMany") return () => held.promise;
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const held = Promise.withResolvers<never>();
  const isolate = await openIsolate(away);
  const codes: string[] = [];
  const data = "x".repeat(10_000);
  for (let i = 0; i < 7_500; i++) {
    isolate.log.append({ events: [event("c", data)] })
      .catch((error) => codes.push(error.code ?? error.message));
  }
  await waitFor(() => codes.length > 0, { what: "a refusal" });
  assert(codes.every((code) => code === "store_unavailable"));
  assert(codes.length > 500 && codes.length < 3_000, String(codes.length));
  // Whatever else happens to the store, everything is answered.
  held.reject(new TypeError("the store is closed"));
  await isolate.log.flush();
  await waitFor(() => codes.length === 7_500, { what: "all answers" });
  await isolate.log.close();
});

const at = (seq: number, index: number): Position => ({ epoch: 1, seq, index });

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
  const counting = new Proxy(kv, {
    get(target, name) {
      if (name === "list") reads++;
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
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
  const deaf = new Proxy(kv, {
    get(target, name) {
      if (name === "watch") return () => new ReadableStream();
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
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

Deno.test("a shard that begins a new epoch tells its subscribers, and goes on", async () => {
  using kv = await Deno.openKv(":memory:");
  let now = 1_800_000_000_000;
  await using old = await openIsolate(kv, { now: () => now });
  const reader = new Reader();
  await old.log.append({ events: [event("c", "before")] });
  await old.hub.attach("c", reader, null, () => {});
  // Somebody empties the store under the running isolate.
  for await (const { key } of kv.list({ prefix: ["rt"] })) await kv.delete(key);
  now += 60_000;
  await using fresh = await openIsolate(kv, { now: () => now });
  await fresh.log.append({ events: [event("c", "1")] });
  await waitFor(() => reader.gaps.length > 0, { what: "the gap" });
  await old.log.append({ events: [event("c", "2")] });
  await waitFor(() => reader.seen.at(-1) === "2", { what: "the second" });
});

type Step =
  | { do: "publish"; isolate: number; channels: string[] }
  | { do: "leave"; reader: number }
  | { do: "return"; reader: number; isolate: number }
  | { do: "rewind"; reader: number; by: number }
  | { do: "crash"; isolate: number };

const CHANNELS = ["a", "b", "c", "d"];
const isolate = fc.nat(2);
const reader = fc.nat(7);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("publish" as const),
      isolate,
      channels: fc.uniqueArray(fc.constantFrom(...CHANNELS), { minLength: 1 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("leave" as const), reader }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("return" as const),
      reader,
      isolate,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("rewind" as const),
      reader,
      by: fc.nat(5),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("crash" as const), isolate }),
  },
);

/** A subscriber that moves between isolates, and may forget the last things it heard. */
class Wanderer {
  readonly reader: Reader;
  at: number | null = null;
  /** Each data with its position. */
  readonly log: { data: string; position: Position }[] = [];
  start: Position | null = null;

  constructor(readonly channel: string, n: number) {
    this.reader = new Reader(`r${n}`, n % 2 === 0);
  }

  deliver(text: string): void {
    const before = this.reader.seen.length;
    this.reader.deliver(text);
    for (const data of this.reader.seen.slice(before)) {
      const parsed = JSON.parse(text);
      const frame = (Array.isArray(parsed) ? parsed : [parsed])
        .find((f) => f.data === data);
      const [epoch, seq, index] = frame.position.split(".").map(Number);
      this.log.push({ data, position: { epoch, seq, index } });
    }
  }
}

Deno.test("publishes to several channels, returns from anywhere, crashes and broken commits: one sequence for all", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 10, maxLength: 60 }),
      fc.array(fc.constantFrom("before", "after", null), { maxLength: 20 }),
      async (steps, faults) => {
        using kv = await Deno.openKv(":memory:");
        const faulty = faultyKv(kv, () => faults.pop() ?? null);
        const all: Isolate[] = [];
        const open = async () => {
          const one = await openIsolate(faulty);
          all.push(one);
          return one;
        };
        const isolates = [await open(), await open(), await open()];
        const wanderers = Array.from(
          { length: 8 },
          (_, n) => new Wanderer(CHANNELS[n % 4]!, n),
        );
        const gone = new Set<object>();
        const attach = async (w: Wanderer, to: number) => {
          w.at = to;
          // What a dead isolate still sends goes to nobody.
          const token = {
            id: w.reader.id,
            takesBatches: w.reader.takesBatches,
            deliver: (text: string) => gone.has(token) || w.deliver(text),
            gap: () => gone.has(token) || w.reader.gap(),
          };
          subscribers.set(w, token as never);
          await isolates[to]!.hub.attach(
            w.channel,
            token as never,
            w.reader.last,
            ({ position, expired }) => {
              assertEquals(expired, false);
              w.start ??= position;
              w.reader.begin(formatPosition(position));
            },
          );
        };
        const subscribers = new Map<Wanderer, never>();
        const detach = (w: Wanderer) => {
          gone.add(subscribers.get(w)!);
          isolates[w.at!]!.hub.detach(w.channel, subscribers.get(w)!);
          w.at = null;
        };
        for (const w of wanderers) await attach(w, 0);
        const acknowledged: Promise<unknown>[] = [];
        const sent = new Map<string, string[]>(CHANNELS.map((c) => [c, []]));
        let n = 0;
        for (const s of steps) {
          if (s.do === "publish") {
            const data = String(n++);
            for (const c of s.channels) sent.get(c)!.push(data);
            acknowledged.push(isolates[s.isolate]!.log.append({
              events: s.channels.map((c) => event(c, data)),
            }));
          } else if (s.do === "leave") {
            const w = wanderers[s.reader]!;
            if (w.at !== null) detach(w);
          } else if (s.do === "return") {
            const w = wanderers[s.reader]!;
            if (w.at === null) await attach(w, s.isolate);
          } else if (s.do === "rewind") {
            const w = wanderers[s.reader]!;
            if (w.at !== null || w.start === null) continue;
            for (let i = 0; i < s.by; i++) {
              w.log.pop();
              w.reader.seen.pop();
            }
            w.reader.begin(
              formatPosition(w.log.at(-1)?.position ?? w.start),
            );
          } else {
            // Its appends end somehow; it is never closed, and nobody hears of it again.
            await Promise.all(acknowledged);
            for (const w of wanderers) if (w.at === s.isolate) detach(w);
            isolates[s.isolate] = await open();
          }
        }
        await Promise.all(acknowledged);
        for (const w of wanderers) if (w.at === null) await attach(w, 1);
        for (const channel of CHANNELS) {
          const kept = (await isolates[0]!.log.latest(channel, 1_000))
            .map((e) => e.data);
          assertEquals([...kept].sort(), sent.get(channel)!.sort());
          for (const w of wanderers.filter((w) => w.channel === channel)) {
            await waitFor(() => w.reader.seen.length >= kept.length, {
              what: () => `${kept.length} events at ${w.reader.id}`,
            });
            assertEquals(w.reader.seen, kept);
            assertEquals(w.reader.gaps, []);
          }
        }
        await Promise.all(all.map((i) => i.log.close()));
      },
    ),
    { numRuns: 40 },
  );
});
