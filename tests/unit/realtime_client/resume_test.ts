import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Client } from "../../../lib/realtime/client/client.ts";
import { FakeEnvironment } from "./fake_environment.ts";
import { ModelServer } from "./model_server.ts";

/** What a page shows: a snapshot, then events; loaded again when told to. */
class Reader {
  view: number[];
  reloads = 0;
  /** Events delivered that the view had already, other than after a reload. */
  repeats: number[] = [];
  leave: () => void;

  constructor(server: ModelServer, client: Client, snapshotAt: number) {
    const ids = () => server.log.map((event) => event.id);
    const length = Math.max(0, snapshotAt);
    this.view = ids().slice(0, length);
    this.leave = client.subscribe(server.channel, {
      since: length < server.log.length
        ? server.log[length]!.prev
        : server.head,
      onEvent: ({ data }) => {
        const { id } = data as { id: number };
        if (!this.view.includes(id)) this.view.push(id);
        else if (this.reloads === 0) this.repeats.push(id);
      },
      onExpired: () => {
        this.reloads++;
        this.view = ids();
      },
    });
  }
}

function finish(env: FakeEnvironment, server: ModelServer): void {
  for (let n = 0; n < 5_000; n++) {
    server.read();
    server.deliver();
    if (server.quiet) return;
    if (env.sockets.at(-1)?.closed) env.advance(1_000);
  }
  throw new Error("It never comes to rest");
}

type Step = (world: World) => void;
interface World {
  env: FakeEnvironment;
  server: ModelServer;
  client: Client;
  readers: Reader[];
}

const step = (name: string, run: Step) =>
  fc.constant(Object.assign(run, { toString: () => name }));

const ordinary: fc.Arbitrary<Step>[] = [
  step("append", ({ server }) => server.append()),
  step("append elsewhere", ({ server }) => server.appendElsewhere()),
  step("read", ({ server }) => server.read()),
  step("deliver", ({ server }) => server.deliver()),
  step("deliver all", ({ server }) => {
    for (let n = 0; n < 20; n++) server.deliver();
  }),
  step("settle", ({ server }) => {
    for (let n = 0; n < 20; n++) {
      server.read();
      server.deliver();
    }
  }),
  step("second passes", ({ env }) => env.advance(1_000)),
  step("cut", ({ server }) => server.disconnect(1006)),
  step("drain", ({ server }) => server.disconnect(4200)),
  step("join", ({ server, client, readers }) => {
    readers.push(new Reader(server, client, server.log.length));
  }),
  fc.nat(10).map((n) =>
    Object.assign(({ server, client, readers }: World) => {
      readers.push(new Reader(server, client, server.log.length - n));
    }, { toString: () => `join with a snapshot ${n} events old` })
  ),
  step("leave", ({ readers }) => {
    if (readers.length > 1) readers.shift()!.leave();
  }),
];

const faults: fc.Arbitrary<Step>[] = [
  fc.nat(5).map((n) =>
    Object.assign(({ server }: World) => server.lose(n), {
      toString: () => `lose ${n}`,
    })
  ),
];

function run(steps: Step[], retention = Infinity): World {
  const env = new FakeEnvironment();
  const server = new ModelServer(env);
  server.retention = retention;
  const client = new Client(env, "ws://test/app/key");
  const world = { env, server, client, readers: [] as Reader[] };
  world.readers.push(new Reader(server, client, 0));
  for (const act of steps) act(world);
  finish(env, server);
  return world;
}

/** A lost event shows with the event after it. */
function runWithLosses(steps: Step[], retention?: number): World {
  const world = run(steps, retention);
  world.server.append();
  finish(world.env, world.server);
  return world;
}

function assertAllAgree({ server, readers }: World): void {
  const ids = server.log.map((event) => event.id);
  for (const reader of readers) {
    assertEquals(reader.view, ids);
    assertEquals(reader.repeats, []);
  }
}

Deno.test("any interleaving of events, cuts and joins gives every reader the log, once, in order, at once", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(...ordinary), { maxLength: 80, size: "max" }),
      (steps) => {
        const world = run(steps);
        assertAllAgree(world);
        assert(world.readers.every((reader) => reader.reloads === 0));
      },
    ),
    { numRuns: 600 },
  );
});

Deno.test("any interleaving of events, cuts, losses and joins gives every reader the log, once, in order", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(...ordinary, ...faults), {
        maxLength: 80,
        size: "max",
      }),
      (steps) => {
        const world = runWithLosses(steps);
        assertAllAgree(world);
        assert(world.readers.every((reader) => reader.reloads === 0));
      },
    ),
    { numRuns: 600 },
  );
});

Deno.test("with short retention readers reload, and agree all the same", () => {
  let reloads = 0;
  fc.assert(
    fc.property(
      fc.array(fc.oneof(...ordinary, ...faults), {
        maxLength: 80,
        size: "max",
      }),
      fc.nat(3),
      (steps, retention) => {
        const world = runWithLosses(steps, retention);
        assertAllAgree(world);
        for (const reader of world.readers) reloads += reader.reloads;
      },
    ),
    { numRuns: 600 },
  );
  assert(reloads > 0, "no run came to where the position had expired");
});

Deno.test("an event that comes again is not delivered again", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          step("append and settle", ({ server }) => {
            server.append();
            for (let n = 0; n < 10; n++) {
              server.read();
              server.deliver();
            }
          }),
          fc.nat(20).map((n) =>
            Object.assign(({ server }: World) => server.repeat(n), {
              toString: () => `repeat ${n}`,
            })
          ),
        ),
        { maxLength: 40, size: "max" },
      ),
      (steps) => assertAllAgree(run(steps)),
    ),
  );
});
