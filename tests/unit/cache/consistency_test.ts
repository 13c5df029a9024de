import { assert } from "@std/assert";
import fc from "fast-check";
import { HOUR } from "../../../lib/clock.ts";
import { waitFor } from "../../support/wait.ts";
import { cacheWorld, testKind } from "./world.ts";

const keyOf = testKind<number>();

type Step =
  | { do: "read"; isolate: number; id: number }
  | {
    do: "change";
    isolate: number;
    id: number;
    how: "delete" | "set" | "tag";
  };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("read" as const),
      isolate: fc.nat(2),
      id: fc.nat(2),
    }),
  },
  fc.record({
    do: fc.constant("change" as const),
    isolate: fc.nat(2),
    id: fc.nat(2),
    how: fc.constantFrom("delete" as const, "set" as const, "tag" as const),
  }),
);

Deno.test("whatever is read, changed and invalidated at the same time, in the end every isolate sees the truth", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 40 }),
      fc.boolean(),
      // Clocks that go wrong by up to an hour, each in its own way.
      fc.oneof(
        fc.constant([0, 0, 0]),
        fc.array(fc.integer({ min: -HOUR, max: HOUR }), {
          minLength: 3,
          maxLength: 3,
        }),
      ),
      async (steps, sequential, skews) => {
        await using world = await cacheWorld();
        const caches = skews.map((skew) =>
          world.cache({ now: () => world.clock.now() + skew })
        );
        const truth = [0, 0, 0];
        const load = (id: number) => async () => {
          const seen = truth[id]!;
          // The truth may change while it is on its way.
          await new Promise((resolve) => setTimeout(resolve, 0));
          return seen;
        };
        const read = (isolate: number, id: number) =>
          caches[isolate]!.getOrSet(keyOf(String(id)), load(id), {
            tags: [`id:${id}`],
          });
        const running: Promise<unknown>[] = [];
        for (const one of steps) {
          const { isolate, id } = one;
          const cache = caches[isolate]!;
          let work: Promise<unknown>;
          if (one.do === "read") work = read(isolate, id);
          else {
            const value = ++truth[id]!;
            const key = keyOf(String(id));
            work = one.how === "delete"
              ? cache.delete(key)
              : one.how === "tag"
              ? cache.deleteByTag(`id:${id}`)
              // Two writers at once have no order, so a set is followed by a deletion.
              : cache.set(key, value, { tags: [`id:${id}`] }).then(() =>
                cache.delete(key)
              );
          }
          running.push(work);
          if (sequential) await work;
        }
        await Promise.all(running);
        await Promise.all(caches.map((cache) => cache.idle()));
        for (const isolate of [0, 1, 2]) {
          for (const id of [0, 1, 2]) {
            await waitFor(async () => await read(isolate, id) === truth[id], {
              what: `isolate ${isolate} to see ${truth[id]}`,
              timeout: 3_000,
              interval: 2,
            });
          }
        }
        for (const isolate of [0, 1, 2]) {
          for (const id of [0, 1, 2]) {
            assert(await read(isolate, id) === truth[id]);
          }
        }
      },
    ),
    { numRuns: 60, endOnFailure: true },
  );
});
