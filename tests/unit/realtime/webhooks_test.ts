import { assertEquals } from "@std/assert";
import { NexoraError } from "../../../lib/errors.ts";
import { hmacHex } from "../../../lib/realtime/auth.ts";
import { WEBHOOK_TYPES, Webhooks } from "../../../lib/realtime/webhooks.ts";
import type {
  Job,
  JobHandler,
  NewJob,
  Queue,
} from "../../../lib/queue/types.ts";

const app = { id: "1", key: "key", secret: "secret" };

/** A queue whose jobs wait for the test. */
function heldQueue() {
  const handlers = new Map<string, JobHandler>();
  const held: NewJob[] = [];
  const queue: Queue = {
    plan: (jobs) => (held.push(...jobs), { checks: [], mutations: [] }),
    ring: () => {},
    enqueue: (...jobs) => (held.push(...jobs), Promise.resolve()),
    handle: (kind, handler) => void handlers.set(kind, handler),
    start: () => {},
    stop: () => Promise.resolve(),
  };
  const run = async (enqueuedAt = 0) => {
    const job = held.shift()!;
    await handlers.get(job.kind)!(
      { id: "j", attempt: 1, maxAttempts: 10, enqueuedAt, ...job } as Job,
      new AbortController().signal,
    );
  };
  return { queue, held, run };
}

async function open(
  kv: Deno.Kv,
  answer: () => Response,
  looked: (channel: string) => void = () => {},
) {
  const { queue, held, run } = heldQueue();
  const clock = { now: 1_000_000 };
  const counts = new Map<string, number>();
  const sent: { body: string; headers: Headers }[] = [];
  const webhooks = new Webhooks({
    kv,
    now: () => clock.now,
    queue,
    app,
    fixed: [{
      id: "env",
      url: "http://127.0.0.1:1/hook",
      types: [...WEBHOOK_TYPES],
    }],
    total: (channel) => {
      const total = counts.get(channel) ?? 0;
      looked(channel);
      return Promise.resolve(total);
    },
    fetch: (_url, init) => {
      sent.push({
        body: String(init!.body),
        headers: new Headers(init!.headers),
      });
      return Promise.resolve(answer());
    },
  });
  await webhooks.endpoints();
  const count = async (channel: string, total: number) => {
    counts.set(channel, total);
    await webhooks.counted(channel, total);
  };
  const names = () => sent.map(({ body }) => JSON.parse(body).events[0].name);
  return { webhooks, held, run, clock, count, counts, sent, names };
}

Deno.test("a channel is told occupied once and vacated once", async () => {
  using kv = await Deno.openKv(":memory:");
  const { count, held, run, names, clock } = await open(
    kv,
    () => new Response(),
  );
  await count("c", 1);
  await count("c", 2);
  await run();
  await count("c", 0);
  assertEquals(held.map((job) => [job.kind, job.delay]), [[
    "webhook-vacated",
    3_000,
  ]]);
  clock.now += 3_000;
  await run();
  await run();
  assertEquals(names(), ["channel_occupied", "channel_vacated"]);
  assertEquals(held, []);
});

Deno.test("a channel that fills again within 3 s was never empty", async () => {
  using kv = await Deno.openKv(":memory:");
  const { count, held, run, names } = await open(kv, () => new Response());
  await count("c", 1);
  await run();
  await count("c", 0);
  await count("c", 1);
  await run();
  assertEquals(names(), ["channel_occupied"]);
  assertEquals(held, []);
});

Deno.test("3 s of emptiness are counted from the last time a channel was emptied", async () => {
  using kv = await Deno.openKv(":memory:");
  const { count, held, run, names, clock } = await open(
    kv,
    () => new Response(),
  );
  await count("c", 1);
  await run();
  await count("c", 0);
  clock.now += 1_000;
  await count("c", 1);
  clock.now += 1_000;
  await count("c", 0);
  clock.now += 1_000;
  // The real queue keeps one job a channel; here the second is the same job again.
  held.pop();
  await run();
  assertEquals(names(), ["channel_occupied"]);
  assertEquals(held.map((job) => job.delay), [2_000]);
  clock.now += 2_000;
  await run();
  await run();
  assertEquals(names(), ["channel_occupied", "channel_vacated"]);
});

Deno.test("who comes while a channel is told vacated is told, too", async () => {
  using kv = await Deno.openKv(":memory:");
  let comes = false;
  const hooks = await open(kv, () => new Response(), (channel) => {
    if (comes) hooks.counts.set(channel, 1);
  });
  const { count, held, run, names, clock } = hooks;
  await count("c", 1);
  await run();
  await count("c", 0);
  clock.now += 3_000;
  comes = true;
  await run();
  while (held.length > 0) await run();
  assertEquals(names(), [
    "channel_occupied",
    "channel_vacated",
    "channel_occupied",
  ]);
});

Deno.test("a delivery is signed over the very bytes that are sent", async () => {
  using kv = await Deno.openKv(":memory:");
  const { webhooks, run, sent, clock } = await open(kv, () => new Response());
  webhooks.emit({
    name: "client_event",
    channel: "private-x",
    event: "client-y",
    data: "z",
    socket_id: "1.2",
    user_id: "u",
  });
  await run();
  const { body, headers } = sent[0]!;
  assertEquals(JSON.parse(body), {
    time_ms: clock.now,
    events: [{
      name: "client_event",
      channel: "private-x",
      event: "client-y",
      data: "z",
      socket_id: "1.2",
      user_id: "u",
    }],
  });
  assertEquals(headers.get("x-pusher-key"), "key");
  assertEquals(headers.get("x-pusher-signature"), hmacHex("secret", body));
});

Deno.test("a refused delivery is retried for 5 minutes, then given up", async () => {
  using kv = await Deno.openKv(":memory:");
  const { webhooks, run, clock } = await open(
    kv,
    () => new Response(null, { status: 500 }),
  );
  const failure = async () => {
    webhooks.emit({ name: "cache_miss", channel: "cache-x" });
    return await run(1_000_000).then(
      () => "delivered",
      (error: NexoraError) => error.code,
    );
  };
  assertEquals(await failure(), "store_unavailable");
  clock.now += 5 * 60_000 + 1;
  assertEquals(await failure(), "bad_request");
});
