/** The same sequence for everybody, whatever becomes of commits and subscribers. */
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { waitFor } from "../../support/wait.ts";
import { faultyKv, openIsolate, Reader } from "./log_support.ts";
import { formatPosition } from "../../../lib/realtime/position.ts";

Deno.test("commits of unknown outcome neither lose nor double an acknowledged append", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom("before", "after", null), {
        minLength: 20,
        maxLength: 60,
      }),
      async (faults) => {
        using kv = await Deno.openKv(":memory:");
        await using quiet = await openIsolate(kv);
        const faulty = faultyKv(kv, () => faults.pop() ?? null);
        await using one = await openIsolate(faulty);
        await using two = await openIsolate(faulty);
        const sent = await Promise.all(
          Array.from({ length: 40 }, async (_, i) => {
            const [position] = await (i % 2 ? one : two).log.append({
              events: [{ channel: "c", event: "e", data: String(i) }],
            });
            return [formatPosition(position!), String(i)] as const;
          }),
        );
        const kept = await quiet.log.latest("c", 1_000);
        assertEquals(
          new Map(kept.map((e) => [formatPosition(e.position), e.data])),
          new Map(sent),
        );
        assertEquals(kept.length, 40);
      },
    ),
    { numRuns: 15 },
  );
});

Deno.test("however publishes, departures and returns interleave, every subscriber has the same sequence", async () => {
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant("publish" as const),
        isolate: fc.nat(2),
        count: fc.integer({ min: 1, max: 5 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant("leave" as const),
        reader: fc.nat(3),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant("return" as const),
        reader: fc.nat(3),
        isolate: fc.nat(2),
      }),
    },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      using kv = await Deno.openKv(":memory:");
      const isolates = await Promise.all([
        openIsolate(kv),
        openIsolate(kv),
        openIsolate(kv),
      ]);
      const readers = Array.from(
        { length: 4 },
        (_, i) => new Reader(`r${i}`, i % 2 === 0),
      );
      const at: (number | null)[] = [0, 1, 2, 0];
      const attach = (r: number) =>
        isolates[at[r]!]!.hub.attach(
          "c",
          readers[r]!,
          readers[r]!.last,
          ({ position, expired }) => {
            assertEquals(expired, false);
            readers[r]!.begin(formatPosition(position));
          },
        );
      for (let r = 0; r < 4; r++) await attach(r);
      const acknowledged: Promise<unknown>[] = [];
      let n = 0;
      for (const s of steps) {
        if (s.do === "publish") {
          for (let i = 0; i < s.count; i++) {
            acknowledged.push(
              isolates[s.isolate]!.log.append({
                events: [{ channel: "c", event: "e", data: String(n++) }],
              }),
            );
          }
        } else if (s.do === "leave") {
          const where = at[s.reader];
          if (where !== null && where !== undefined) {
            isolates[where]!.hub.detach("c", readers[s.reader]!);
          }
          at[s.reader] = null;
        } else if (at[s.reader] === null) {
          at[s.reader] = s.isolate;
          await attach(s.reader);
        }
      }
      await Promise.all(acknowledged);
      for (let r = 0; r < 4; r++) {
        if (at[r] !== null) continue;
        at[r] = r % 3;
        await attach(r);
      }
      const expected = (await isolates[0]!.log.latest("c", 1_000)).map((e) =>
        e.data
      );
      assertEquals(expected.length, n);
      await waitFor(() => readers.every((r) => r.seen.length >= n), {
        what: "all events at all readers",
      });
      for (const reader of readers) {
        assertEquals(reader.seen, expected);
        assertEquals(reader.gaps, []);
      }
      await Promise.all(isolates.map((i) => i.log.close()));
    }),
    { numRuns: 25 },
  );
});
