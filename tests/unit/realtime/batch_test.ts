import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  type BatchLimits,
  checkKeysOf,
  type Pending,
  pendingOf,
  takeBatch,
} from "../../../lib/realtime/log/batch.ts";
import { absent } from "../../../lib/kv/mod.ts";

const limits: BatchLimits = { appends: 6, checks: 10, bytes: 1_000, rows: 20 };
const append = fc.record({
  channels: fc.array(fc.constantFrom("a", "b", "c", "d", "e", "f"), {
    minLength: 1,
    maxLength: 3,
  }),
  checks: fc.uniqueArray(fc.nat(5), { maxLength: 3 }),
  size: fc.nat(400),
});

Deno.test("a batch is the front of the queue, within its limits, and checks no row for two appends", () => {
  fc.assert(
    fc.property(
      fc.array(append, { minLength: 1, maxLength: 20 }),
      (appends) => {
        const settle = { resolve: () => {}, reject: () => {} };
        const queue: Pending[] = appends.map(({ channels, checks, size }) =>
          pendingOf(
            {
              events: channels.map((channel) => ({
                channel,
                event: "e",
                data: "x".repeat(size),
              })),
              checks: checks.map((n) => absent(["row", n])),
            },
            0,
            settle,
          )
        );
        const all = [...queue];
        const taken: Pending[] = [];
        while (queue.length > 0) {
          const batch = takeBatch(queue, limits);
          assert(batch.length > 0);
          taken.push(...batch);
          const rows = batch.flatMap(checkKeysOf);
          assertEquals(new Set(rows).size, rows.length);
          if (batch.length === 1) continue;
          const shards = new Set(batch.flatMap((p) => p.shards));
          assert(batch.length <= limits.appends);
          assert(shards.size + rows.length <= limits.checks);
          assert(batch.reduce((n, p) => n + p.bytes, 0) <= limits.bytes);
        }
        assertEquals(taken, all);
      },
    ),
  );
});
