import { assertEquals, assertRejects } from "@std/assert";
import type { Anomaly, OracleReport } from "../../../lib/ai/oracle/mod.ts";
import { activityRow } from "../../../lib/activity/mod.ts";
import { DAY, HOUR } from "../../../lib/clock.ts";
import { NexoraError } from "../../../lib/errors.ts";
import { commit, keys } from "../../../lib/kv/mod.ts";
import {
  getNotifications,
  registerNotificationJobs,
} from "../../../lib/notifications/mod.ts";
import { createQueue } from "../../../lib/queue/mod.ts";
import { newUser } from "../../../lib/users/mod.ts";
import {
  type Case,
  caseActivity,
  decideCase,
  healthHistory,
  latestReport,
  listCases,
  oracleJob,
} from "../../../jobs/oracle/mod.ts";
import { KillableKv } from "./killable_kv.ts";
import { jobWorld } from "./world.ts";

/** What the detector is made to find. */
function anomaly(given: Partial<Anomaly> & { subjects: string[] }): Anomaly {
  const kind = given.kind ?? "review_collusion";
  return {
    id: `${kind}-${given.subjects.join("")}`,
    kind,
    riskScore: 91,
    reason: "They praise each other and nobody else.",
    evidence: ["a1", "a2"],
    firstSeen: Date.UTC(2026, 7, 10),
    lastSeen: Date.UTC(2026, 7, 14),
    ...given,
  };
}

function report(...anomalies: Anomaly[]): OracleReport {
  return {
    window: { from: 0, to: 0 },
    health: { score: 90 - anomalies.length, components: { reviews: 80 } },
    anomalies,
  };
}

async function oracleWorld() {
  const world = await jobWorld();
  const queue = createQueue({ ...world.deps, native: false });
  registerNotificationJobs(queue, world.deps);
  queue.start();
  for (
    const [id, role] of [["boss", "admin"], ["chief", "admin"], [
      "joe",
      "member",
    ]] as const
  ) {
    await world.kv.set(
      keys.user(id),
      newUser({
        id,
        handle: id,
        name: id,
        email: `${id}@example.org`,
        createdAt: 0,
        role,
      }),
    );
  }
  let found = report();
  const job = (kv = world.kv) =>
    oracleJob({
      kv,
      now: world.now,
      queue,
      detect: async (activity) => {
        for await (const _ of activity);
        return found;
      },
    });
  const worker = world.runner([job()]);
  return {
    ...world,
    queue,
    job,
    find(...anomalies: Anomaly[]) {
      found = report(...anomalies);
    },
    async today() {
      const run = await worker.runCurrent("oracle", { trigger: "cron" });
      await queue.drain(5_000);
      return run;
    },
    tomorrow() {
      world.clock.advance(DAY);
    },
    async told(userId: string) {
      const owner = { id: userId, locale: "en", timeZone: "UTC" };
      const page = await getNotifications({ ...world.deps, queue }, owner);
      return page.notifications.map((n) => n.title);
    },
    async [Symbol.asyncDispose]() {
      await queue.stop();
      await world[Symbol.asyncDispose]();
    },
  };
}

async function onlyCase(kv: Deno.Kv): Promise<Case> {
  const cases = await listCases({ kv });
  assertEquals(cases.length, 1);
  return cases[0]!;
}

Deno.test("admins are told of a new critical case once, others never", async () => {
  await using world = await oracleWorld();
  world.find(
    anomaly({ subjects: ["u1", "u2", "u3"] }),
    anomaly({ subjects: ["u9"], kind: "velocity_spike", riskScore: 60 }),
  );
  const run = await world.today();
  assertEquals(run.stats, {
    activities: 0,
    anomalies: 2,
    critical: 1,
    newCritical: 1,
    newCases: 2,
    health: 88,
  });
  assertEquals(await world.told("boss"), ["Critical: review collusion"]);
  assertEquals(await world.told("chief"), ["Critical: review collusion"]);
  assertEquals(await world.told("joe"), []);

  // The same people tomorrow, one more, one less: the same case.
  world.tomorrow();
  world.find(anomaly({ subjects: ["u2", "u3", "u4"], evidence: ["a2", "a3"] }));
  assertEquals((await world.today()).stats!.newCritical, 0);
  assertEquals((await world.told("boss")).length, 1);
  const known = (await listCases(world)).find((c) =>
    c.kind === "review_collusion"
  )!;
  assertEquals(known.subjects, ["u1", "u2", "u3", "u4"]);
  assertEquals(known.evidence, ["a1", "a2", "a3"]);
  assertEquals(known.timeline.length, 2);

  // Other people, and the same people with another kind of thing: other cases.
  world.tomorrow();
  world.find(
    anomaly({ subjects: ["u7", "u8"] }),
    anomaly({ subjects: ["u1", "u2"], kind: "vote_brigading", riskScore: 95 }),
  );
  assertEquals((await world.today()).stats!.newCritical, 2);
  assertEquals((await world.told("boss"))[0], "2 new critical cases");
});

Deno.test("a case that becomes critical later is news then", async () => {
  await using world = await oracleWorld();
  world.find(anomaly({ subjects: ["u1", "u2"], riskScore: 70 }));
  await world.today();
  assertEquals(await world.told("boss"), []);
  world.tomorrow();
  world.find(anomaly({ subjects: ["u1", "u2"], riskScore: 85 }));
  await world.today();
  assertEquals((await world.told("boss")).length, 1);
  assertEquals((await onlyCase(world.kv)).peak, 85);
});

Deno.test("a dismissed case stays quiet, is still counted, and can be reopened", async () => {
  await using world = await oracleWorld();
  world.find(anomaly({ subjects: ["u1", "u2", "u3"], riskScore: 70 }));
  await world.today();
  const { id } = await onlyCase(world.kv);
  const dismissed = await decideCase(world, id, {
    action: "dismiss",
    note: "  A study group, I asked them  ",
    by: "boss",
  });
  assertEquals(dismissed.notes.map((n) => [n.by, n.action, n.note]), [
    ["boss", "dismiss", "A study group, I asked them"],
  ]);
  for (let day = 0; day < 3; day++) {
    world.tomorrow();
    world.find(anomaly({ subjects: ["u1", "u2", "u3"], riskScore: 99 }));
    await world.today();
  }
  assertEquals(await world.told("boss"), []);
  const quiet = await onlyCase(world.kv);
  assertEquals([quiet.state, quiet.timeline.length], ["dismissed", 4]);

  // Innocents do not hide whoever joins them.
  world.tomorrow();
  world.find(anomaly({ subjects: ["u1", "x1", "x2", "x3"], riskScore: 99 }));
  await world.today();
  assertEquals((await listCases(world)).length, 2);
  assertEquals((await world.told("boss")).length, 1);

  await decideCase(world, id, { action: "reopen", note: "", by: "chief" });
  world.tomorrow();
  world.find(anomaly({ subjects: ["u1", "u2", "u3"], riskScore: 99 }));
  await world.today();
  assertEquals((await world.told("boss")).length, 2);
  const error = await assertRejects(
    () => decideCase(world, id, { action: "reopen", note: "", by: "boss" }),
    NexoraError,
  );
  assertEquals(error.code, "illegal_transition");
});

Deno.test("reports make the health over time; the newest has its anomalies", async () => {
  await using world = await oracleWorld();
  for (let day = 0; day < 3; day++) {
    world.find(
      ...Array.from(
        { length: day },
        (_, i) => anomaly({ subjects: [`d${i}`], riskScore: 40 + i }),
      ),
    );
    await world.today();
    world.tomorrow();
  }
  const history = await healthHistory(world, 30);
  assertEquals(history.map((r) => r.health.score), [90, 89, 88]);
  assertEquals(history.map((r) => r.at), [...history.map((r) => r.at)].sort());
  const latest = (await latestReport(world))!;
  assertEquals(latest.found.map((a) => a.riskScore), [41, 40]);
});

Deno.test("the detector sees seven days and four weeks before; a case finds its activities again", async () => {
  await using world = await jobWorld();
  const queue = createQueue({ ...world.deps, native: false });
  const at = (days: number) => world.now() - days * DAY;
  const ids: string[] = [];
  for (const days of [40, 34, 8, 6, 0.5]) {
    const mutation = activityRow(
      { now: () => at(days), newId: () => `act${days}` },
      { kind: "bounty_paid", actorId: "u1", counterpartyId: "u2", amount: 5 },
    );
    await commit(world.kv, { mutations: [mutation] });
  }
  const worker = world.runner([oracleJob({
    kv: world.kv,
    now: world.now,
    queue,
    detect: async (activity) => {
      for await (const one of activity) ids.push(one.id);
      return report(anomaly({
        subjects: ["u1"],
        evidence: ["act6", "act0.5"],
        firstSeen: at(6),
        lastSeen: at(0.5),
        riskScore: 50,
      }));
    },
  })]);
  await worker.runCurrent("oracle", { trigger: "cron" });
  assertEquals(ids, ["act34", "act8", "act6", "act0.5"]);
  const found = await caseActivity(world, await onlyCase(world.kv));
  assertEquals(found.map((a) => a.id), ["act6", "act0.5"]);
});

Deno.test("a run that is killed at any point tells each admin once, and sees each case once", async () => {
  for (let fatal = 6; fatal < 40; fatal += 3) {
    for (const end of ["before", "after"] as const) {
      await using world = await oracleWorld();
      world.find(
        ...Array.from(
          { length: 5 },
          (_, i) => anomaly({ subjects: [`k${i}`, `l${i}`] }),
        ),
      );
      let calls = 0;
      const killable = new KillableKv(
        world.kv,
        () => ++calls === fatal ? end : "no",
      );
      const doomed = world.runner([world.job(killable.view)], {
        kv: killable.view,
      });
      let over = false;
      doomed.runCurrent("oracle", { trigger: "cron" }).then(() => over = true);
      while (!killable.dead && !over) {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      world.clock.advance(HOUR);
      await world.today();
      const cases = await listCases(world);
      assertEquals(cases.map((c) => c.timeline.length), [1, 1, 1, 1, 1]);
      assertEquals(await world.told("boss"), ["5 new critical cases"]);
      assertEquals((await healthHistory(world)).length, 1);
    }
  }
});
