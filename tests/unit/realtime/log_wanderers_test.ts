/** One sequence for all, whatever isolates, stores and subscribers do. */
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  formatPosition,
  type Position,
} from "../../../lib/realtime/position.ts";
import { waitFor } from "../../support/wait.ts";
import {
  event,
  faultyKv,
  type Isolate,
  openIsolate,
  Reader,
} from "./log_support.ts";

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
