/** How often a language model is asked, and what a day may cost. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { readSpent } from "../../../lib/ai/model/budget.ts";
import { DAY, MINUTE } from "../../../lib/clock.ts";
import { completion } from "../../support/model_server.ts";
import { waitFor } from "../../support/wait.ts";
import { GOOD, modelTest } from "./model_support.ts";

modelTest(
  "who is asked too often rests for a minute, then is asked again",
  () => new Response("", { status: 500 }),
  async ({ ask, server, clock }) => {
    for (let i = 0; i < 5; i++) {
      assertEquals(
        (await ask()).because,
        "unreachable",
      );
    }
    assertEquals(server.asked.length, 3);
    server.answer = () => GOOD;
    clock.advance(MINUTE + 1);
    assertEquals((await ask()).engine, "model");
  },
);

modelTest(
  "a day has so many requests, whoever asks at once",
  () => GOOD,
  async ({ ask, server, clock }) => {
    const told = await Promise.all(Array.from({ length: 8 }, () => ask()));
    assertEquals(told.filter(({ engine }) => engine === "model").length, 3);
    assertEquals(
      told.filter(({ because }) => because === "over_budget").length,
      5,
    );
    assertEquals(server.asked.length, 3);
    clock.advance(DAY);
    assertEquals((await ask()).engine, "model");
  },
  { allowance: { requests: 3, tokens: 1_000_000 } },
);

modelTest(
  "a day has so many tokens: what might be too many is not asked",
  () => completion(JSON.stringify(GOOD), 2_000),
  async ({ kv, ask, clock }) => {
    // Each may cost some 1,600 and does cost what the server says, at most what was reserved.
    assertEquals((await ask()).engine, "model");
    const { tokens } = await readSpent({ kv, now: clock.now });
    assert(tokens > 1_200 && tokens <= 2_000, `${tokens}`);
    assertEquals((await ask()).because, "over_budget");
    assertEquals(await readSpent({ kv, now: clock.now }), {
      requests: 1,
      tokens,
    });
  },
  { allowance: { requests: 99, tokens: 2_200 } },
);

modelTest(
  "whoever gives up gives up",
  (_, closing) =>
    new Promise((resolve) =>
      closing.addEventListener("abort", () => resolve(GOOD))
    ),
  async ({ ask, server }) => {
    const controller = new AbortController();
    const asking = ask(controller.signal);
    await waitFor(() => server.asked.length > 0, { what: "the question" });
    controller.abort(new Error("The lease was lost"));
    assertMatch(String(await asking.catch((error) => error)), /lease was lost/);
  },
);
