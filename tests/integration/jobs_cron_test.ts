import { assert, assertEquals, assertMatch } from "@std/assert";
import { listRuns } from "../../jobs/runner/mod.ts";
import { AppProcess } from "../support/app.ts";
import { waitFor } from "../support/wait.ts";

const SECRET = "a-secret-of-the-test";

async function call(
  app: AppProcess,
  job: string,
  { method = "POST", secret = SECRET, query = "" } = {},
): Promise<{
  status: number;
  type: string;
  challenge: string | null;
  body: Record<string, unknown>;
}> {
  const response = await fetch(`${app.origin}/api/cron/${job}${query}`, {
    method,
    headers: secret ? { authorization: `Bearer ${secret}` } : {},
  });
  return {
    status: response.status,
    type: response.headers.get("content-type") ?? "",
    challenge: response.headers.get("www-authenticate"),
    body: await response.json(),
  };
}

async function withApp(
  options: { isolates?: number; env?: Record<string, string> },
  test: (app: AppProcess, path: string) => Promise<void>,
) {
  const dir = await Deno.makeTempDir();
  try {
    await using app = await AppProcess.start({
      kvPath: `${dir}/jobs.db`,
      isolates: options.isolates,
      env: { CRON_SECRET: SECRET, ...options.env },
    });
    await test(app, `${dir}/jobs.db`);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("the secret opens /api/cron, nothing else does", async () => {
  await withApp({}, async (app) => {
    for (const secret of ["", "wrong", `${SECRET}x`, SECRET.slice(1)]) {
      for (const method of ["GET", "POST"]) {
        const refused = await call(app, "oracle", { secret, method });
        assertEquals(refused.status, 401, secret);
        assertMatch(refused.type, /^application\/problem\+json/);
        assertEquals(refused.body.code, "unauthenticated");
        assertEquals(refused.challenge, "Bearer");
      }
    }
    assertEquals((await call(app, "no-such-job")).status, 404);
    assertEquals((await call(app, "oracle", { method: "DELETE" })).status, 405);
    assertEquals(
      (await call(app, "oracle", { query: "?dryRun=maybe" })).status,
      400,
    );
  });
});

Deno.test("a slot runs once, however it is called; a dry run does not take it", async () => {
  await withApp({ isolates: 2 }, async (app) => {
    for (const job of ["oracle", "trust-decay"]) {
      const dry = await call(app, job, { query: "?dryRun=1" });
      assertEquals([dry.status, dry.body.dryRun], [200, true]);
      const answers = await Promise.all(
        ["GET", "POST", "GET", "POST", "POST"].map((method) =>
          call(app, job, { method })
        ),
      );
      const runIds = new Set<unknown>();
      for (const { status, type, body } of answers) {
        if (status === 409) {
          assertMatch(type, /^application\/problem\+json/);
          assertEquals(body.code, "already_running");
          continue;
        }
        assertEquals(status, 200);
        assertEquals([body.job, body.status, body.dryRun], [
          job,
          "succeeded",
          false,
        ]);
        assertMatch(String(body.slot), /T00:00:00\.000Z$/);
        assert(
          Date.parse(String(body.startedAt)) <=
            Date.parse(String(body.finishedAt)),
        );
        runIds.add(body.runId);
      }
      assertEquals(runIds.size, 1);
      const later = await call(app, job, { method: "GET" });
      assertEquals(later.body.runId, [...runIds][0]);
    }
  });
});

Deno.test("the runtime's own scheduler fires the jobs in every isolate, and each slot still runs once", async () => {
  await withApp({
    isolates: 2,
    // Deno's test hook: every cron fires 100 ms after it was registered or has ended.
    env: { DENO_CRON_TEST_SCHEDULE_OFFSET: "100" },
  }, async (app, path) => {
    // From outside, so that no call of ours is what runs them.
    using kv = await Deno.openKv(path);
    const deps = { kv, now: Date.now };
    for (const job of ["oracle", "trust-decay"]) {
      const run = await waitFor(async () => {
        const { items: [newest] } = await listRuns(deps, job);
        return newest?.status === "succeeded" ? newest : null;
      }, { what: () => `${job} to have run:\n${app.output}` });
      assertEquals(run.trigger, "cron");
      const called = await call(app, job);
      assertEquals(called.body.runId, run.id);
      assertEquals((await listRuns(deps, job)).items.length, 1);
    }
    assert(!/failed:|could not be supervised/.test(app.output), app.output);
  });
});

Deno.test("after kill -9 the next start goes on where the last one was", async () => {
  await withApp({}, async (app) => {
    const before = (await call(app, "trust-decay")).body;
    // Kills it without warning.
    await app.restart();
    const after = (await call(app, "trust-decay")).body;
    assertEquals(after.runId, before.runId);
  });
});
