/** Admins start jobs and watch them, decide about what the oracle found, and purge the cache. */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import type { Case, StoredReport } from "../../jobs/oracle/mod.ts";
import type { Activity } from "../../lib/ai/oracle/mod.ts";
import { DAY } from "../../lib/clock.ts";
import { keys } from "../../lib/kv/mod.ts";
import type { DeadJob } from "../../lib/queue/mod.ts";
import { AppProcess } from "../support/app.ts";
import {
  accessibilityViolations,
  saveScreenshots,
} from "../support/browser.ts";
import { harbour } from "../support/worlds/harbour/mod.ts";
import { waitFor } from "../support/wait.ts";
import { stageTest } from "../support/stage.ts";

/** Ordinary people of the demo world who are cast as a ring. */
const RING = ["demo_owner", "demo_member", "demo_ines", "demo_tomas"];

/** A labelled world that ends now, in which one ring has the names of demo users; and reports of the weeks before. */
async function writePast(kvPath: string): Promise<void> {
  const world = harbour(3, { each: 1, users: 250 });
  const ring = world.attacks.find((a) => a.kind === "self_dealing_ring")!;
  const names = new Map(ring.subjects.map((id, i) => [id, RING[i] ?? id]));
  const as = (id: string | null) => id === null ? null : names.get(id) ?? id;
  const newest = +new Date(world.activities.at(-1)!.at);
  const shift = Date.now() - 60_000 - newest;
  using kv = await Deno.openKv(kvPath);
  let atomic = kv.atomic();
  let waiting = 0;
  const put = async (key: Deno.KvKey, value: unknown) => {
    atomic.set(key, value);
    if (++waiting < 400) return;
    await atomic.commit();
    [atomic, waiting] = [kv.atomic(), 0];
  };
  for (const a of world.activities) {
    const at = +new Date(a.at) + shift;
    if (at < Date.now() - 30 * DAY) continue;
    const row: Activity = {
      ...a,
      at,
      actorId: as(a.actorId)!,
      counterpartyId: as(a.counterpartyId),
    };
    await put(keys.activity(at, a.id), row);
  }
  for (let n = 40; n > 0; n--) {
    const at = Math.floor(Date.now() / DAY) * DAY - n * DAY;
    const critical = n % 9 === 0 ? 1 + n % 2 : 0;
    const score = Math.round(94 + 4 * Math.sin(n / 4)) - 14 * critical;
    const report: StoredReport = {
      runId: `past-${n}`,
      at,
      window: { from: at - 7 * DAY, to: at },
      health: { score, components: { payments: score, reviews: 100 } },
      anomalies: critical,
      critical,
      activities: 8_000,
      expiresAt: Date.now() + DAY,
    };
    await put(keys.oracleReport(at, report.runId), report);
  }
  for (const kind of ["notify", "embed"]) {
    const job: DeadJob = {
      id: `given-up-${kind}`,
      kind,
      payload: { userIds: ["demo_member"], type: "none" },
      attempts: 8,
      maxAttempts: 8,
      enqueuedAt: Date.now() - 3_600_000,
      lastError: "The payload is not valid",
      diedAt: Date.now() - 60_000,
      expiresAt: Date.now() + DAY,
    };
    await put(keys.deadJob(job.id), job);
  }
  await atomic.commit();
}

async function assertAccessible(page: Page) {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    assertEquals(await accessibilityViolations(page), []);
  }
  await page.emulateMedia({ colorScheme: null });
}

stageTest(
  "an admin runs the oracle, decides a case, replays a job and purges the cache",
  async ({ app, browser }) => {
    const boss = await app.signIn("demo-admin");
    await using admin = await browser.person(boss);

    // Jobs: a run by hand, live, with its log and counts.
    const page = await admin.open("/admin/jobs");
    await page.getByRole("button", { name: "Run now: Oracle" }).click();
    await page.waitForURL("**/admin/jobs?*run=*");
    await page.locator(".run .chip", { hasText: "Succeeded" }).waitFor();
    await page.locator(".run-stats", { hasText: "new critical" }).waitFor();
    await page.locator(".run-log", { hasText: "anomalies" }).waitFor();
    await page.getByRole("button", { name: "Dry run: Trust decay" }).click();
    await page.locator("#run-title", { hasText: "Trust decay" }).waitFor();
    await page.locator(".run .chip", { hasText: "Succeeded" }).waitFor();
    await page.getByRole("link", { name: "Oracle", exact: true }).last()
      .click();
    await page.locator("#run-title", { hasText: "Oracle" }).waitFor();
    await saveScreenshots(page, "admin-jobs");
    await assertAccessible(page);
    const letter = page.locator(".hook", { hasText: "embed" });
    await letter.getByRole("button", { name: "Discard" }).click();
    await page.waitForURL("**/admin/jobs?done=discarded");
    await page.locator(".hook", { hasText: "notify" })
      .getByRole("button", { name: "Replay" }).click();
    await page.waitForURL("**/admin/jobs?done=replayed");

    // The oracle: from the bell's link to a decision.
    const alert = await waitFor(async () => {
      const response = await boss.fetch("/api/notifications");
      const { notifications } = await response.json() as {
        notifications: { type: string; link: string }[];
      };
      return notifications.find((n) => n.type === "oracle_alert");
    }, { what: "the alert" });
    await page.goto(app.origin + "/admin/oracle");
    await page.locator(".health-score").waitFor();
    await saveScreenshots(page, "admin-oracle");
    await assertAccessible(page);
    await page.goto(app.origin + alert.link);
    await page.locator("#case-title").waitFor();
    await page.getByRole("link", { name: "All cases" }).click();
    await page.locator(".case-row", { hasText: "Self-dealing ring" })
      .getByRole("link").click();
    await page.locator(".graph-name.subject").first().waitFor();
    assert(await page.locator(".graph-link").count() > 2);
    await page.locator(".evidence tbody tr").first().waitFor();
    await saveScreenshots(page, "admin-oracle-case");
    await assertAccessible(page);
    await page.getByLabel("Note").fill("Talked to them: a co-operative.");
    await page.getByRole("button", { name: "Dismiss" }).click();
    await page.getByText("stays quiet.").first().waitFor();
    await page.locator(".timeline blockquote", { hasText: "co-operative" })
      .waitFor();
    await page.getByRole("button", { name: "Reopen" }).click();
    await page.getByText("The case is open again.").first().waitFor();

    // The cache: figures, a purge, and a purge that is refused.
    await page.goto(app.origin + "/admin/cache");
    await page.locator(".cache-kinds", { hasText: "user-profile" })
      .waitFor();
    await saveScreenshots(page, "admin-cache");
    await assertAccessible(page);
    await page.getByLabel("Tag").fill("guild:demo");
    await page.getByRole("button", { name: "Purge tag" }).click();
    await page.waitForURL("**/admin/cache?done=purged");
    assertEquals(admin.problems, []);
  },
  { prepare: writePast },
);

Deno.test({
  name:
    "before scripts and for others: pages read and post, the API answers, nobody else gets in",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const directory = await Deno.makeTempDir();
    try {
      await using app = await AppProcess.start({
        kvPath: `${directory}/kv.db`,
      });
      const admin = await app.signIn("demo-admin");
      const member = await app.signIn("demo-member");
      for (const path of ["/admin/oracle", "/admin/jobs", "/admin/cache"]) {
        assertEquals((await admin.fetch(path)).status, 200);
        assertEquals((await member.fetch(path)).status, 403);
        const api = path.replace("/admin", "/api/admin");
        assertEquals((await admin.fetch(api)).status, 200);
        const refused = await member.fetch(api);
        assertEquals(refused.status, 403);
        assertEquals(
          refused.headers.get("content-type"),
          "application/problem+json; charset=utf-8",
        );
        await refused.body?.cancel();
      }
      const post = (path: string, fields: Record<string, string>) =>
        admin.fetch(path, {
          method: "POST",
          body: new URLSearchParams(fields),
        });
      const wrong = await post("/admin/cache", { what: "kind", kind: "nope" });
      assertEquals(wrong.status, 400);
      assert((await wrong.text()).includes("There is no such kind"));
      const none = await post("/admin/oracle", {
        case: "none",
        action: "dismiss",
      });
      assertEquals(none.status, 404);
      const started = await admin.fetch("/api/admin/jobs/oracle/runs", {
        method: "POST",
        json: { dryRun: true },
      });
      assertEquals(started.status, 202);
      const at = started.headers.get("location")!;
      await waitFor(async () => {
        const { run } = await (await admin.fetch(at)).json();
        return run.status === "succeeded";
      }, { what: "the dry run" });
      const over = await admin.fetch(at, { method: "DELETE" });
      assertEquals(over.status, 409);
      const { cases } = await (await admin.fetch("/api/admin/oracle"))
        .json() as {
          cases: Case[];
        };
      assertEquals(cases, []);
      assertEquals(
        (await admin.fetch("/api/admin/jobs/none/runs", {
          method: "POST",
          json: {},
        })).status,
        404,
      );
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  },
});
