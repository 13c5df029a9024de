/** Presence when the store fails, when isolates stall, and when many come at once. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { keys } from "../../../lib/kv/mod.ts";
import { HEARTBEAT, NODE_TTL, Nodes } from "../../../lib/realtime/nodes.ts";
import { Presence } from "../../../lib/realtime/presence.ts";
import { fakeClock } from "../../support/clock.ts";
import { waitFor } from "../../support/wait.ts";
import { openIsolate } from "./log_support.ts";

const CHANNEL = "presence-room";

interface Options {
  now?: () => number;
  max?: number;
  grace?: number;
}

/** An isolate with presence. Whoever `holds` something says so again when it was taken for dead. */
async function open(kv: Deno.Kv, { now = Date.now, max, grace }: Options = {}) {
  const isolate = await openIsolate(kv, { now });
  const holds: [user: string, connection: string][] = [];
  const nodes: Nodes = new Nodes({
    kv,
    now,
    sweep: (id) => presence.sweep(id),
    revive: async () => {
      for (const [user_id, connection] of holds) {
        await presence.join(CHANNEL, { user_id }, connection);
      }
    },
  });
  const presence = new Presence({
    kv,
    log: isolate.log,
    nodeId: () => nodes.id,
    maxMembers: max ?? 100,
    grace: grace ?? 0,
  });
  const join = async (user_id: string, connection: string) => {
    await presence.join(CHANNEL, { user_id }, connection);
    holds.push([user_id, connection]);
  };
  const leave = (user: string, connection: string) =>
    presence.leave(CHANNEL, user, connection);
  return {
    ...isolate,
    nodes,
    presence,
    join,
    leave,
    async [Symbol.asyncDispose]() {
      await presence.stop();
      await isolate.log.close();
    },
  };
}

type Isolate = Awaited<ReturnType<typeof open>>;

async function told({ log }: Isolate): Promise<string[]> {
  return (await log.latest(CHANNEL, 1_000)).map(({ event, data }) =>
    `${event.split("_").at(-1)} ${JSON.parse(data).user_id}`
  );
}

async function ids({ presence }: Isolate): Promise<string[]> {
  return (await presence.members(CHANNEL)).map((m) => m.user_id);
}

/** What is in the store besides members: rows of nodes, and the count. */
async function leftovers(kv: Deno.Kv) {
  const rows = await Array.fromAsync(
    kv.list({ prefix: ["rt", "presenceNode"] }),
  );
  return {
    rows: rows.length,
    count: (await kv.get<number>(keys.presenceCount(CHANNEL))).value ?? 0,
  };
}

/** A view of a store that can be switched off. */
function switched(kv: Deno.Kv) {
  const state = { away: false };
  const view = new Proxy(kv, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      if (name === "watch" || name === "close") return value.bind(target);
      return (...args: unknown[]) => {
        if (!state.away) return value.apply(target, args);
        const fail = () =>
          Promise.reject(new TypeError("error sending request"));
        if (name === "atomic") {
          const atomic = target.atomic();
          atomic.commit = fail;
          return atomic;
        }
        if (name === "list") {
          const list = value.apply(target, args);
          list.next = fail;
          return list;
        }
        return fail();
      };
    },
  });
  return { kv: view, state };
}

Deno.test("a user's five hundred tabs, opened and closed at once over two isolates, are one member", async () => {
  using kv = await Deno.openKv(":memory:");
  await using one = await open(kv);
  await using two = await open(kv);
  const tabs = Array.from({ length: 500 }, (_, i) => `1.${i}`);
  const at = (i: number) => i % 2 ? one : two;
  await Promise.all(tabs.map((tab, i) => at(i).join("ann", tab)));
  assertEquals(await told(one), ["added ann"]);
  assertEquals(await leftovers(kv), { rows: 500, count: 1 });
  await Promise.all(tabs.map((tab, i) => at(i).leave("ann", tab)));
  await waitFor(async () => (await ids(one)).length === 0, {
    what: "ann to leave",
  });
  assertEquals(await told(one), ["added ann", "removed ann"]);
  assertEquals(await leftovers(kv), { rows: 0, count: 0 });
});

Deno.test("of more users than a channel holds, coming at once to two isolates, exactly so many enter", async () => {
  using kv = await Deno.openKv(":memory:");
  await using one = await open(kv, { max: 10 });
  await using two = await open(kv, { max: 10 });
  const outcomes = await Promise.all(
    Array.from(
      { length: 30 },
      (_, i) =>
        (i % 2 ? one : two).join(`u${i}`, `1.${i}`)
          .then(() => "in", (error) => error.code),
    ),
  );
  assertEquals(outcomes.filter((o) => o === "in").length, 10);
  assertEquals(outcomes.filter((o) => o === "too_large").length, 20);
  assertEquals((await ids(one)).length, 10);
});

Deno.test("whoever leaves while the store is away has left once it is back", async () => {
  using kv = await Deno.openKv(":memory:");
  const { kv: view, state } = switched(kv);
  await using one = await open(view);
  await one.join("ann", "1.1");
  state.away = true;
  await one.leave("ann", "1.1");
  state.away = false;
  assertEquals(await ids(one), ["ann"]);
  await one.presence.settle();
  await waitFor(async () => (await ids(one)).length === 0, {
    what: "ann to leave",
  });
  assertEquals(await told(one), ["added ann", "removed ann"]);
  assertEquals(await leftovers(kv), { rows: 0, count: 0 });
});

Deno.test("whoever came back before an owed leave was written stays", async () => {
  using kv = await Deno.openKv(":memory:");
  const { kv: view, state } = switched(kv);
  await using one = await open(view);
  await one.join("ann", "1.1");
  state.away = true;
  await one.leave("ann", "1.1");
  state.away = false;
  await one.join("ann", "1.1");
  await one.presence.settle();
  assertEquals(await ids(one), ["ann"]);
  await one.leave("ann", "1.1");
  await waitFor(async () => (await ids(one)).length === 0, {
    what: "ann to leave",
  });
});

Deno.test("an isolate that stood still is swept, and has its members again when it goes on", async () => {
  using kv = await Deno.openKv(":memory:");
  const clock = fakeClock();
  await using stalled = await open(kv, clock);
  await using other = await open(kv, clock);
  await stalled.nodes.beat();
  await other.nodes.beat();
  await stalled.join("ann", "1.1");
  await other.join("bob", "2.2");
  for (let ms = 0; ms <= NODE_TTL; ms += HEARTBEAT) {
    clock.advance(HEARTBEAT);
    await other.nodes.beat();
  }
  assertEquals(await ids(other), ["bob"]);
  await stalled.nodes.beat();
  assertEquals(await ids(other), ["ann", "bob"]);
  assertEquals(await told(other), [
    "added ann",
    "added bob",
    "removed ann",
    "added ann",
  ]);
  // And leaves as everybody does.
  await stalled.leave("ann", "1.1");
  await waitFor(async () => (await ids(other)).length === 1, {
    what: "ann to leave",
  });
});

Deno.test("after a minute without the store nobody has left", async () => {
  using kv = await Deno.openKv(":memory:");
  const clock = fakeClock();
  await using one = await open(kv, clock);
  await using two = await open(kv, clock);
  for (const { nodes } of [one, two]) await nodes.beat();
  await one.join("ann", "1.1");
  await two.join("bob", "2.2");
  clock.advance(60_000);
  await one.nodes.beat();
  await using third = await open(kv, clock);
  await third.nodes.beat();
  await two.nodes.beat();
  for (let i = 0; i < 5; i++) {
    clock.advance(HEARTBEAT);
    for (const { nodes } of [one, two, third]) await nodes.beat();
  }
  assertEquals(await told(one), ["added ann", "added bob"]);
});

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
