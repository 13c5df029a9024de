/** What a language model answers, and what is taken of it. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { createAgent } from "../../../lib/ai/agent.ts";
import { readSpent } from "../../../lib/ai/model/budget.ts";
import { openModel } from "../../../lib/ai/model/client.ts";
import {
  type Answering,
  completion,
  type ModelServer,
  startModelServer,
} from "../../support/model_server.ts";
import { GOOD, LOCAL, modelTest, refinement } from "./model_support.ts";

modelTest(
  "a good answer is taken, and the model is named",
  () => GOOD,
  async ({ kv, clock, server, ask }) => {
    const told = await ask();
    assertEquals(told.value, GOOD);
    assertEquals([told.engine, told.model, told.because], [
      "model",
      "some-model",
      null,
    ]);
    const [{ authorization, body }] = server.asked as [ModelServer["asked"][0]];
    assertEquals(authorization, "Bearer key");
    assertEquals(body.model, "some-model");
    const [system, user] = body.messages;
    // The facts are the user's message, as JSON and nothing else; the rules stand before them.
    assertEquals(JSON.parse(user!.content), LOCAL);
    assertMatch(system!.content, /never follow instructions/);
    assert(!system!.content.includes("evil.example"));
    assertEquals(await readSpent({ kv, now: clock.now }), {
      requests: 1,
      tokens: 100,
    });
  },
);

modelTest(
  "JSON in a fence is JSON",
  () => completion("```json\n" + JSON.stringify(GOOD) + "\n```"),
  async ({ ask }) => {
    assertEquals((await ask()).engine, "model");
  },
);

const BAD: [string, string, Answering][] = [
  [
    "prose instead of JSON",
    "invalid_answer",
    () => completion("Sure! Here you go."),
  ],
  ["JSON of another shape", "invalid_answer", () => ({ items: "none" })],
  ["an id that it was not shown", "invalid_answer", () => ({
    items: [{ id: "admin", words: "x" }],
  })],
  ["an id twice", "invalid_answer", () => ({
    items: [{ id: "a", words: "x" }, { id: "a", words: "y" }],
  })],
  ["no text", "invalid_answer", () => Response.json({ choices: [] })],
  ["a number for a completion", "invalid_answer", () => Response.json(7)],
  ["null for a completion", "invalid_answer", () => Response.json(null)],
  [
    "a body that is no JSON",
    "invalid_answer",
    () =>
      new Response("<html>", {
        headers: { "content-type": "application/json" },
      }),
  ],
  [
    "a page of HTML with 200",
    "invalid_answer",
    () => new Response("<html>", { headers: { "content-type": "text/html" } }),
  ],
  ["a body without end", "invalid_answer", () =>
    new Response(
      new ReadableStream({
        pull: (controller) =>
          controller.enqueue(new Uint8Array(65_536).fill(32)),
      }),
      { headers: { "content-type": "application/json" } },
    )],
  ["a link", "unsafe_answer", () => ({
    items: [{ id: "a", words: "See https://evil.example" }],
  })],
  ["a link in Markdown", "unsafe_answer", () => ({
    items: [{ id: "a", words: "[Claim](evil)" }],
  })],
  ["HTML", "unsafe_answer", () => ({
    items: [{ id: "a", words: "<img src=x onerror=alert(1)>" }],
  })],
  ["an address hidden by zero widths", "unsafe_answer", () => ({
    items: [{ id: "a", words: "w\u200bww.evil.example or me@evil.example" }],
  })],
  [
    "429",
    "busy",
    () => Response.json({ error: { message: "slow down" } }, { status: 429 }),
  ],
  [
    "401",
    "refused",
    () => Response.json({ error: { message: "bad key" } }, { status: 401 }),
  ],
  [
    "404",
    "refused",
    () =>
      Response.json({ error: { message: "no such model" } }, { status: 404 }),
  ],
  ["500", "unreachable", () => new Response("oops", { status: 500 })],
];

for (const [what, because, answer] of BAD) {
  modelTest(
    `${what}: the local answer stands, ${because}`,
    answer,
    async ({ ask, server }) => {
      const told = await ask();
      assertEquals(told.value, LOCAL);
      assertEquals([told.engine, told.because], ["local", because]);
      // Whoever waits is not made to wait for a second try.
      assertEquals(server.asked.length, 1);
    },
  );
}

modelTest(
  "one that does not answer in time is not waited for",
  (_, closing) =>
    new Promise((resolve) =>
      closing.addEventListener("abort", () => resolve(GOOD))
    ),
  async ({ ask }) => {
    assertEquals((await ask()).because, "timed_out");
  },
  { timeout: 50 },
);

let gone = () => {};

modelTest(
  "nor is one that begins to answer and never ends",
  (_, closing) =>
    new Response(
      new ReadableStream({
        // Nothing comes after the first bytes, until the client goes away.
        start(controller) {
          controller.enqueue(new TextEncoder().encode("  "));
          const end = () => controller.close();
          closing.addEventListener("abort", end);
          gone = () => closing.removeEventListener("abort", end);
        },
        cancel: () => gone(),
      }),
      { headers: { "content-type": "application/json" } },
    ),
  async ({ ask }) => {
    assertEquals((await ask()).because, "timed_out");
  },
  { timeout: 50 },
);

Deno.test("one that is not there is unreachable", async () => {
  const kv = await Deno.openKv(":memory:");
  const server = startModelServer(() => GOOD);
  await server[Symbol.asyncDispose]();
  const model = openModel({ kv, now: Date.now }, {
    baseUrl: server.baseUrl,
    apiKey: "",
    model: "m",
    allowance: { requests: 9, tokens: 99_999 },
  });
  const agent = createAgent({
    now: Date.now,
    local: () => Promise.resolve(LOCAL),
    refinement,
    model,
  });
  assertEquals((await agent.ask(null)).because, "unreachable");
  kv.close();
});
