/** Presence against a model, whatever comes, goes, dies and is away. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { HEARTBEAT } from "../../../lib/realtime/nodes.ts";
import { fakeClock } from "../../support/clock.ts";
import { waitFor } from "../../support/wait.ts";
import { ids, leftovers, open, switched, told } from "./presence_support.ts";

Deno.test("whatever comes, goes, dies and is away: members are whoever has a connection, each told once", async () => {
  const user = fc.constantFrom("ann", "bob", "cem");
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(fc.constant("join"), user, fc.nat(1)) },
    { weight: 5, arbitrary: fc.tuple(fc.constant("leave"), user, fc.nat(1)) },
    { weight: 1, arbitrary: fc.tuple(fc.constant("die"), user, fc.nat(1)) },
    { weight: 1, arbitrary: fc.tuple(fc.constant("fail"), user, fc.nat(1)) },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 40 }),
      async (steps) => {
        using kv = await Deno.openKv(":memory:");
        const clock = fakeClock();
        const { kv: view, state } = switched(kv);
        const isolates = [await open(view, clock), await open(view, clock)];
        const opened = [...isolates];
        for (const { nodes } of isolates) await nodes.beat();
        /** Connection → user and isolate. */
        const present = new Map<string, { user: string; at: number }>();
        const work: Promise<unknown>[] = [];
        let n = 0;
        for (const [what, user, at] of steps) {
          if (what === "join") {
            const connection = `1.${n++}`;
            present.set(connection, { user, at });
            work.push(isolates[at]!.join(user, connection));
          } else if (what === "die") {
            await Promise.all(work.splice(0));
            for (const [connection, { at: where }] of [...present]) {
              if (where === at) present.delete(connection);
            }
            isolates[at] = await open(view, clock);
            opened.push(isolates[at]!);
            await isolates[at]!.nodes.beat();
          } else {
            const found = [...present].find(([, p]) =>
              p.user === user && p.at === at
            );
            if (!found) continue;
            await Promise.all(work.splice(0));
            present.delete(found[0]);
            state.away = what === "fail";
            await isolates[at]!.leave(user, found[0]);
            state.away = false;
          }
        }
        await Promise.all(work);
        for (let i = 0; i < 6; i++) {
          clock.advance(HEARTBEAT);
          for (const { nodes, presence } of isolates) {
            await presence.settle();
            await nodes.beat();
          }
        }
        const expected = [...new Set([...present.values()].map((p) => p.user))]
          .sort();
        await waitFor(
          async () =>
            String(await ids(isolates[0]!)) === String(expected) &&
            (await leftovers(kv)).rows === present.size,
          { what: () => `members ${expected}` },
        );
        assertEquals((await leftovers(kv)).count, expected.length);
        const states = new Map<string, string>();
        for (const line of await told(isolates[0]!)) {
          const [change, name] = line.split(" ") as [string, string];
          assert(states.get(name) !== change, `${line} twice in a row`);
          states.set(name, change);
        }
        assertEquals(
          [...states].filter(([, s]) => s === "added").map(([u]) => u).sort(),
          expected,
        );
        for (const isolate of opened) await isolate[Symbol.asyncDispose]();
      },
    ),
    { numRuns: 25 },
  );
});
