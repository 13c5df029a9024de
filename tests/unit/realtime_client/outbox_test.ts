import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { Outbox } from "../../../lib/realtime/client/outbox.ts";
import {
  FakeEnvironment,
  type FakeRequest,
  settled,
} from "./fake_environment.ts";

function states(outbox: Outbox): string[] {
  return outbox.items.value.map(({ content, state }) => `${content} ${state}`);
}

async function pass(env: FakeEnvironment, ms: number): Promise<void> {
  env.advance(ms);
  await settled();
}

Deno.test("messages of a channel are sent one after the other", async () => {
  const env = new FakeEnvironment();
  const outbox = new Outbox(env, "ada");
  outbox.send("guild-1", "a");
  outbox.send("guild-1", "b");
  assertEquals(env.requests.map(({ body }) => JSON.parse(body)), [
    { content: "a", clientId: "id0001" },
  ]);
  assertEquals(env.requests[0]!.path, "/api/channels/guild-1/messages");
  env.requests[0]!.answer(201);
  await settled();
  assertEquals(JSON.parse(env.requests[1]!.body).content, "b");
  env.requests[1]!.answer(201);
  await settled();
  assertEquals(outbox.items.value, []);
  assertEquals(env.requests.length, 2);
});

Deno.test("one channel does not wait for another", () => {
  const env = new FakeEnvironment();
  const outbox = new Outbox(env, "ada");
  outbox.send("guild-1", "a");
  outbox.send("guild-2", "b");
  assertEquals(env.requests.length, 2);
});

for (const status of [0, 408, 429, 500, 502, 503]) {
  Deno.test(`after ${status || "no answer"} it is sent again with the same client id`, async () => {
    const env = new FakeEnvironment();
    const outbox = new Outbox(env, "ada");
    outbox.send("guild-1", "a");
    if (status === 0) env.requests[0]!.fail();
    else env.requests[0]!.answer(status);
    await settled();
    assertEquals(states(outbox), ["a sending"]);
    await pass(env, 1_000);
    assertEquals(env.requests.length, 2);
    assertEquals(env.requests[1]!.body, env.requests[0]!.body);
  });
}

Deno.test("no answer within 15 s counts as none", async () => {
  const env = new FakeEnvironment();
  const outbox = new Outbox(env, "ada");
  outbox.send("guild-1", "a");
  await pass(env, 15_000);
  await pass(env, 1_000);
  assertEquals(env.requests.length, 2);
});

Deno.test("the server's retry-after is kept", async () => {
  const env = new FakeEnvironment();
  new Outbox(env, "ada").send("guild-1", "a");
  env.requests[0]!.answer(429, {}, { "retry-after": "7" });
  await settled();
  await pass(env, 6_900);
  assertEquals(env.requests.length, 1);
  await pass(env, 200);
  assertEquals(env.requests.length, 2);
});

Deno.test("a refusal fails the message with the server's words and lets the next one go", async () => {
  const env = new FakeEnvironment();
  const outbox = new Outbox(env, "ada");
  outbox.send("guild-1", "a");
  outbox.send("guild-1", "b");
  env.requests[0]!.answer(403, { detail: "You may not write here" });
  await settled();
  assertEquals(states(outbox), ["a failed", "b sending"]);
  assertEquals(outbox.items.value[0]!.error, "You may not write here");
  env.requests[1]!.answer(201);
  await settled();
  assertEquals(states(outbox), ["a failed"]);
});

Deno.test("a failed one is sent again when asked, or given up", async () => {
  const env = new FakeEnvironment();
  const outbox = new Outbox(env, "ada");
  const { clientId } = outbox.send("guild-1", "a");
  env.requests[0]!.answer(400);
  await settled();
  outbox.retry(clientId);
  assertEquals(states(outbox), ["a sending"]);
  assertEquals(env.requests[1]!.body, env.requests[0]!.body);
  env.requests[1]!.answer(400);
  await settled();
  outbox.remove(clientId);
  assertEquals(states(outbox), []);
});

Deno.test("a server that fails at one message again and again fails it, an unreachable one does not", async () => {
  const env = new FakeEnvironment();
  const outbox = new Outbox(env, "ada");
  outbox.send("guild-1", "poison");
  outbox.send("guild-2", "fine");
  env.onRequest = (request) =>
    request.path.includes("guild-1") ? request.answer(500) : request.fail();
  env.requests[0]!.answer(500);
  env.requests[1]!.fail();
  for (let n = 0; n < 40; n++) {
    await settled();
    env.advance(30_000);
  }
  await settled();
  assertEquals(states(outbox), ["poison failed", "fine sending"]);
});

Deno.test("the network's return is not waited for", async () => {
  const env = new FakeEnvironment();
  env.dice = 0.999;
  new Outbox(env, "ada").send("guild-1", "a");
  env.requests[0]!.fail();
  await settled();
  env.nudge("online");
  await settled();
  assertEquals(env.requests.length, 2);
});

Deno.test("what is unsent survives a reload, for the same person only", async () => {
  const env = new FakeEnvironment();
  const before = new Outbox(env, "ada");
  before.send("guild-1", "a");
  before.send("guild-1", "b");
  const other = new Outbox(env, "ben");
  assertEquals(states(other), []);
  env.requests.length = 0;
  const after = new Outbox(env, "ada");
  assertEquals(states(after), ["a sending", "b sending"]);
  assertEquals(JSON.parse(env.requests[0]!.body).clientId, "id0001");
  env.requests[0]!.answer(200);
  await settled();
  env.requests[1]!.answer(200);
  await settled();
  assertEquals(env.stored.size, 0);
});

Deno.test("a broken or forbidden storage changes nothing but that", () => {
  const env = new FakeEnvironment();
  env.stored.set("nexora:outbox:ada", '[{"clientId":1},null,"x"]');
  assertEquals(states(new Outbox(env, "ada")), []);
  env.stored.set("nexora:outbox:ada", "{");
  assertEquals(states(new Outbox(env, "ada")), []);
  env.storage.setItem = () => {
    throw new Error("QuotaExceededError");
  };
  const outbox = new Outbox(env, "ada");
  outbox.send("guild-1", "a");
  assertEquals(states(outbox), ["a sending"]);
});

Deno.test("whatever the network does, each message arrives once, in order", async () => {
  const fate = fc.constantFrom("taken", "lost", "answer lost", "busy");
  await fc.assert(
    fc.asyncProperty(
      fc.array(fate, { maxLength: 40, size: "max" }),
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.nat(40), { maxLength: 3 }),
      async (fates, count, reloads) => {
        const taken = new Map<string, string>();
        const upcoming = [...fates];
        const serve = (request: FakeRequest) => {
          const { clientId, content } = JSON.parse(request.body);
          const next = upcoming.shift() ?? "taken";
          if (next === "busy") return request.answer(503);
          if (next === "lost") return request.fail();
          // The second time it is the same message: the map stands for the server's idempotency.
          taken.set(clientId, content);
          if (next === "answer lost") request.fail();
          else request.answer(201);
        };
        let env = new FakeEnvironment();
        env.onRequest = serve;
        let outbox = new Outbox(env, "ada");
        const contents = Array.from({ length: count }, (_, n) => `${n}`);
        for (const content of contents) outbox.send("guild-1", content);
        for (let turn = 0; turn < 60; turn++) {
          await settled();
          env.advance(30_000);
          if (reloads.includes(turn)) {
            const next = new FakeEnvironment();
            for (const [key, value] of env.stored) next.stored.set(key, value);
            next.onRequest = serve;
            env.onRequest = () => {};
            outbox = new Outbox(env = next, "ada");
          }
          if (outbox.items.value.length === 0) break;
        }
        assertEquals(states(outbox), []);
        assertEquals([...taken.values()], contents);
      },
    ),
    { numRuns: 60 },
  );
});
