import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  countAttempt,
  forgetAttempts,
  SIGN_IN_ACCOUNT as LIMIT,
} from "../../../lib/auth/attempts.ts";
import { NexoraError } from "../../../lib/errors.ts";
import { openDeps } from "../../support/open_deps.ts";

const waitOf = async (work: () => Promise<void>) => {
  const error = await assertRejects(work, NexoraError);
  assertEquals(error.code, "rate_limited");
  return error.retryAfter!;
};

Deno.test("five attempts are free, then the wait doubles up to its bound", async () => {
  await using deps = await openDeps();
  for (let i = 0; i < LIMIT.free; i++) await countAttempt(deps, LIMIT, "ada");
  const waits: number[] = [];
  for (let i = 0; i < 14; i++) {
    const wait = await waitOf(() => countAttempt(deps, LIMIT, "ada"));
    waits.push(wait);
    assertEquals(
      await waitOf(() => countAttempt(deps, LIMIT, "ada")),
      wait,
      "knocking does not make it longer",
    );
    deps.clock.advance(wait * 1_000);
    await countAttempt(deps, LIMIT, "ada");
  }
  assertEquals(waits.slice(0, 5), [2, 4, 8, 16, 32]);
  assertEquals(waits.at(-1), LIMIT.maxDelay / 1_000);
  await countAttempt(deps, LIMIT, "bob");
});

Deno.test("a success forgets, and so does time though the row may linger", async () => {
  await using deps = await openDeps();
  for (let i = 0; i < LIMIT.free; i++) await countAttempt(deps, LIMIT, "ada");
  await forgetAttempts(deps, LIMIT, "ada");
  for (let i = 0; i < LIMIT.free; i++) await countAttempt(deps, LIMIT, "ada");
  deps.clock.advance(LIMIT.forgetAfter);
  for (let i = 0; i < LIMIT.free; i++) await countAttempt(deps, LIMIT, "ada");
  await waitOf(() => countAttempt(deps, LIMIT, "ada"));
});

Deno.test("guesses at once are all counted", async () => {
  await using deps = await openDeps();
  const results = await Promise.allSettled(
    Array.from({ length: 100 }, () => countAttempt(deps, LIMIT, "ada")),
  );
  const passed = results.filter((r) => r.status === "fulfilled").length;
  assert(passed <= LIMIT.free, `${passed} passed`);
});
