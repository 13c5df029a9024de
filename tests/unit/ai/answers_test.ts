/** What pages get: kept, marked when it is old, bettered by a model behind their back. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  readInsights,
  readTrends,
  refreshInsights,
  setUpIntelligence,
} from "../../../lib/ai/mod.ts";
import { DAY, HOUR, MINUTE } from "../../../lib/clock.ts";
import { readConfig } from "../../../lib/config.ts";
import { NexoraError } from "../../../lib/errors.ts";
import { commit } from "../../../lib/kv/mod.ts";
import { openPlatform, type Platform } from "../../../lib/platform.ts";
import { newUser, newUserRows, updateProfile } from "../../../lib/users/mod.ts";
import { type FakeClock, fakeClock } from "../../support/clock.ts";
import { seedDemand } from "../../support/demand.ts";
import { startModelServer } from "../../support/model_server.ts";
import { waitFor } from "../../support/wait.ts";

async function open(
  env: Record<string, string> = {},
): Promise<{ platform: Platform; clock: FakeClock } & AsyncDisposable> {
  const clock = fakeClock();
  const platform = await openPlatform(
    readConfig({ KV_PATH: ":memory:", ...env }),
    { now: clock.now, setUp: setUpIntelligence },
  );
  return {
    platform,
    clock,
    async [Symbol.asyncDispose]() {
      await platform.cache.idle();
      await platform.close();
    },
  };
}

/** Somebody of whom there is nothing to embed: no test here needs the encoder. */
async function person({ kv, now }: Platform) {
  const user = newUser({
    id: "nina",
    handle: "nina",
    name: "Nina",
    email: "nina@example.com",
    createdAt: now(),
  });
  await commit(kv, newUserRows(user));
  return user;
}

Deno.test("insights are kept for a day, then shown as old while new ones are made", async () => {
  await using stage = await open();
  const { platform, clock } = stage;
  const nina = await person(platform);
  const first = await readInsights(platform, nina);
  assertEquals([first.stale, first.engine, first.because], [
    false,
    "local",
    null,
  ]);
  clock.advance(20 * HOUR);
  assertEquals((await readInsights(platform, nina)).at, first.at);
  clock.advance(10 * HOUR);
  const old = await readInsights(platform, nina);
  assertEquals([old.stale, old.at], [true, first.at]);
  const anew = await waitFor(async () => {
    const shown = await readInsights(platform, nina);
    return shown.stale ? null : shown;
  }, { what: "newer insights" });
  assertEquals(anew.at, clock.now());
});

Deno.test("another set of skills makes kept insights out of date at once", async () => {
  await using stage = await open();
  const { platform } = stage;
  const nina = await person(platform);
  const first = await readInsights(platform, nina);
  assert(first.value.insights.some(({ kind }) => kind === "skills"));
  const skilled = { ...nina, skills: ["sql"] };
  const second = await readInsights(platform, skilled);
  assert(!second.value.insights.some(({ kind }) => kind === "skills"));
  assertEquals(second.value.demand.map(({ skill }) => skill), ["sql"]);
});

Deno.test("a refresh is anew, and not more than some times an hour", async () => {
  await using stage = await open();
  const { platform, clock } = stage;
  const nina = await person(platform);
  await readInsights(platform, nina);
  for (let i = 0; i < 5; i++) {
    clock.advance(1_000);
    assertEquals((await refreshInsights(platform, nina)).at, clock.now());
  }
  const error = await assertRejects(
    () => refreshInsights(platform, nina),
    NexoraError,
  );
  assertEquals(error.code, "rate_limited");
  assert(error.retryAfter! > 0);
  clock.advance(6 * MINUTE);
  await refreshInsights(platform, nina);
});

Deno.test("trends are kept for an hour; a bounty more does not change them before", async () => {
  await using stage = await open();
  const { platform, clock } = stage;
  const first = await readTrends(platform);
  assertEquals(first.value.opened.now, 0);
  await seedDemand(platform.kv, platform.now());
  clock.advance(30 * MINUTE);
  assertEquals((await readTrends(platform)).value.opened.now, 0);
  clock.advance(40 * MINUTE);
  assertEquals((await readTrends(platform)).stale, true);
  await waitFor(
    async () => (await readTrends(platform)).value.opened.now > 0,
    { what: "newer trends" },
  );
  // After a day nothing old is shown any more.
  clock.advance(3 * DAY);
  assertEquals((await readTrends(platform)).stale, false);
});

Deno.test("a model is asked by a job: pages do not wait for it, and then show its words and its name", async () => {
  await using server = startModelServer(({ body }) => {
    const data = JSON.parse(body.messages[1]!.content);
    return "windowDays" in data
      ? {
        summary: "Security is what people want.",
        notes: data.categories.slice(0, 1).map(({ id }: { id: string }) => ({
          id,
          note: "A sentence.",
        })),
      }
      : {
        summary: "Start with your skills.",
        insights: data.insights.map(({ id }: { id: string }) => ({
          id,
          note: `Do ${id.split(":")[0]}`,
        })).reverse(),
      };
  });
  await using stage = await open({
    AI_BASE_URL: server.baseUrl,
    AI_MODEL: "small-model",
  });
  const { platform } = stage;
  await seedDemand(platform.kv, platform.now());
  const nina = await person(platform);
  const first = await readInsights(platform, nina);
  assertEquals([first.engine, first.value.summary], ["local", null]);
  const later = await waitFor(async () => {
    const shown = await readInsights(platform, nina);
    return shown.engine === "model" ? shown : null;
  }, { what: "the model's insights" });
  assertEquals([later.model, later.value.summary], [
    "small-model",
    "Start with your skills.",
  ]);
  assertEquals(later.value.insights.at(-1)!.note, "Do skills");
  const trends = await waitFor(async () => {
    const shown = await readTrends(platform);
    return shown.engine === "model" ? shown : null;
  }, { what: "the model's trends" });
  assertEquals(trends.value.summary, "Security is what people want.");
});

Deno.test("a model that fails leaves the local answer and says why", async () => {
  await using server = startModelServer(() =>
    Response.json({ error: { message: "slow down" } }, { status: 429 })
  );
  await using stage = await open({ AI_BASE_URL: server.baseUrl });
  const { platform } = stage;
  const nina = await person(platform);
  await updateProfile(platform, nina.id, { name: "Nina" });
  await readInsights(platform, nina);
  const told = await waitFor(async () => {
    const shown = await readInsights(platform, nina);
    return shown.because ? shown : null;
  }, { what: "the reason" });
  assertEquals([told.engine, told.because], ["local", "busy"]);
});
