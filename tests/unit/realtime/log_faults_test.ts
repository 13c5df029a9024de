/** The log when commits land late, listeners throw, and the store is away or emptied. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { NexoraError } from "../../../lib/errors.ts";
import { absent, set } from "../../../lib/kv/mod.ts";
import { formatPosition } from "../../../lib/realtime/position.ts";
import { storeWith, storeWithCommits } from "../../support/store.ts";
import { waitFor } from "../../support/wait.ts";
import { event, openIsolate, Reader } from "./log_support.ts";

/**
 * A store whose commits, where `late` says so, are given up by the caller at once and land some turns later: what a
 * deadline makes of a network that was only slow.
 */
function lateKv(kv: Deno.Kv, late: () => number | null): {
  kv: Deno.Kv;
  landed: () => Promise<unknown>;
} {
  const flying: Promise<unknown>[] = [];
  const view = storeWithCommits(kv, (commit) => {
    const turns = late();
    if (turns === null) return commit();
    flying.push((async () => {
      for (let i = 0; i < turns; i++) await kv.get(["turn"]);
      await commit();
    })());
    return Promise.reject(new NexoraError("store_unavailable"));
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
  const held = Promise.withResolvers<never>();
  const away = storeWith(kv, { getMany: () => held.promise });
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
