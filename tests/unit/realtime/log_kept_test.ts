/** Rows kept beside the log: counters that are never stale, whatever the store and other isolates do. */
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { absent, set } from "../../../lib/kv/mod.ts";
import { faultyKv, openIsolate } from "./log_support.ts";

const counter = (channel: string) => ["count", channel];

/** Each numbers itself by a row that it keeps. */
function numbered(channel: string, name: string) {
  return {
    events: [{ channel, event: "e", data: name }],
    kept: [counter(channel)],
    mutations: (_: unknown, __: number, [count]: unknown[]) => {
      const n = ((count as number | null) ?? 0) + 1;
      return [set(counter(channel), n), set(["row", channel, n], name)];
    },
  };
}

Deno.test("appends at once from several isolates over a failing store number themselves without a gap or a repeat, in the log's order", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom("before", "after", null, null, null), {
        minLength: 10,
        maxLength: 60,
      }),
      fc.array(
        fc.record({
          isolate: fc.nat(2),
          channel: fc.constantFrom("a", "b", "c"),
          // Some have a check that fails, so that neighbours are split and heads read again.
          fails: fc.boolean(),
        }),
        { minLength: 20, maxLength: 80 },
      ),
      async (faults, appends) => {
        using kv = await Deno.openKv(":memory:");
        await kv.set(["taken"], 1);
        const left: ("before" | "after" | null)[] = [];
        const store = faultyKv(kv, () => left.pop() ?? null);
        await using one = await openIsolate(store);
        await using two = await openIsolate(store);
        await using three = await openIsolate(store);
        left.push(...faults);
        const done = await Promise.allSettled(
          appends.map(({ isolate, channel, fails }, i) =>
            [one, two, three][isolate]!.log.append({
              ...numbered(channel, `${i}`),
              ...(fails && i % 4 === 0 && { checks: [absent(["taken"])] }),
            })
          ),
        );
        for (const channel of ["a", "b", "c"]) {
          const mine = appends.flatMap((append, i) =>
            append.channel === channel && done[i]!.status === "fulfilled"
              ? [`${i}`]
              : []
          );
          const rows = await Array.fromAsync(
            kv.list<string>({ prefix: ["row", channel] }),
            ({ key, value }) => [Number(key[2]), value] as const,
          );
          assertEquals(
            rows.map(([n]) => n),
            Array.from(mine, (_, i) => i + 1),
          );
          assertEquals(rows.map(([, name]) => name).sort(), mine.sort());
          const told = await one.log.latest(channel, 1_000);
          assertEquals(told.map((e) => e.data), rows.map(([, name]) => name));
        }
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("a row that is not there is null, and one that an earlier append of the same commit wrote is seen", async () => {
  using kv = await Deno.openKv(":memory:");
  await using isolate = await openIsolate(kv);
  const seen: unknown[] = [];
  const look = (value: number) => ({
    events: [{ channel: "a", event: "e", data: "" }],
    kept: [counter("a")],
    mutations: (_: unknown, __: number, [count]: unknown[]) => {
      seen.push(count);
      return [set(counter("a"), value)];
    },
  });
  await Promise.all([1, 2, 3].map((n) => isolate.log.append(look(n))));
  await isolate.log.append(look(4));
  assertEquals(seen, [null, 1, 2, 3]);
});
