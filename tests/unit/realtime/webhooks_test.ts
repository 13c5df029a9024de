import { assert, assertEquals } from "@std/assert";
import { ERRORS, NexoraError } from "../../../lib/errors.ts";
import { hmacHex } from "../../../lib/realtime/auth.ts";
import {
  type Endpoint,
  WEBHOOK_TYPES,
  Webhooks,
} from "../../../lib/realtime/webhooks.ts";
import { jobRows } from "../../../lib/queue/row.ts";
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
  const run = async (enqueuedAt = 1_000_000) => {
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
  answer: (url: string) => Response | Promise<Response>,
  looked: (channel: string) => void = () => {},
  others: Endpoint[] = [],
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
    }, ...others],
    total: (channel) => {
      const total = counts.get(channel) ?? 0;
      looked(channel);
      return Promise.resolve(total);
    },
    fetch: (url, init) => {
      sent.push({
        body: String(init!.body),
        headers: new Headers(init!.headers),
      });
      return Promise.resolve(answer(String(url)));
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
  await webhooks.flush();
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
  const { webhooks, run, held, clock } = await open(
    kv,
    () => new Response(null, { status: 500 }),
  );
  const started = clock.now;
  webhooks.emit({ name: "cache_miss", channel: "cache-x" });
  await webhooks.flush();
  const [job] = held;
  const waits: number[] = [];
  let code = "";
  while (clock.now - started < 20 * 60_000) {
    const error: NexoraError = await run(started).then(
      () => assert(false, "delivered"),
      (error) => error,
    );
    code = error.code;
    if (!ERRORS[error.code].retry) break;
    waits.push(error.retryAfter!);
    clock.now += error.retryAfter! * 1_000;
    held.push(job!);
  }
  assertEquals(code, "bad_request");
  assert(waits.length < job!.maxAttempts!);
  const total = waits.reduce((sum, wait) => sum + wait);
  assert(total > 300 && total <= 375, `given up after ${total} s`);
  // Soon at first, then ever more rarely.
  assert(waits[0]! <= 1.25 && waits.at(-1)! >= 45, waits.join(" "));
  assert(waits.length >= 8 && waits.length <= 25, `${waits.length} attempts`);
});

Deno.test("what is emitted within a moment goes in one request, in order, and no job is too large for the store", async () => {
  using kv = await Deno.openKv(":memory:");
  const { webhooks, held, run, sent } = await open(kv, () => new Response());
  const told = Array.from({ length: 40 }, (_, n) => ({
    name: "client_event" as const,
    channel: "private-x",
    event: "client-y",
    data: `${n} ${"я".repeat(n < 30 ? 10 : 5_000)}`,
  }));
  // As long as an event may be, and six times as long as JSON.
  for (const text of ["\u0001", '"']) {
    told.push({ ...told[0]!, data: text.repeat(10_240) });
  }
  for (const event of told) webhooks.emit(event);
  await webhooks.flush();
  assert(held.length < 10, `${held.length} jobs`);
  for (const { payload } of held) {
    jobRows({ now: () => 0, newId: () => "j" }, [{ kind: "k", payload }]);
  }
  while (held.length > 0) await run();
  assertEquals(sent.flatMap(({ body }) => JSON.parse(body).events), told);
});

Deno.test("an endpoint that hangs does not take the places of other jobs, nor of other endpoints", async () => {
  using kv = await Deno.openKv(":memory:");
  const hanging = Promise.withResolvers<Response>();
  const { webhooks, held, run, sent } = await open(
    kv,
    (url) => url.endsWith("/slow") ? hanging.promise : new Response(),
    undefined,
    [{ id: "slow", url: "http://127.0.0.1:1/slow", types: ["cache_miss"] }],
  );
  const running: Promise<unknown>[] = [];
  for (let n = 0; n < 64; n++) {
    webhooks.emit({ name: "cache_miss", channel: `cache-${n}` });
    await webhooks.flush();
    held.sort((a, b) => of(a).localeCompare(of(b)));
    // That of the environment first, which answers.
    await run();
    running.push(run().then(() => "delivered", (error) => error));
  }
  const outcomes = await Promise.all(
    running.map((one) => Promise.race([one, turn().then(() => "under way")])),
  );
  const underWay = outcomes.filter((one) => one === "under way").length;
  assert(underWay > 1 && underWay < 32, `${underWay} at once`);
  for (const one of outcomes) {
    if (one === "under way") continue;
    assert(one instanceof NexoraError && ERRORS[one.code].retry, String(one));
    assert(one.retryAfter! < 5);
  }
  assertEquals(sent.length, 64 + underWay);
  hanging.resolve(new Response());
  await Promise.all(running);
  webhooks.emit({ name: "cache_miss", channel: "cache-later" });
  await webhooks.flush();
  await run();
  await run();
  assertEquals(sent.length, 64 + underWay + 2);
});

const of = (job: NewJob) => (job.payload as { endpointId: string }).endpointId;
const turn = () => new Promise((resolve) => setTimeout(resolve));
