import { assert, assertEquals } from "@std/assert";
import { activityOf } from "../../lib/activity/mod.ts";
import { DAY, MINUTE } from "../../lib/clock.ts";
import { apply, keys, type Mutation, set } from "../../lib/kv/mod.ts";
import type { Job } from "../../lib/queue/mod.ts";
import { lossesOf, newUser, type User } from "../../lib/users/mod.ts";
import { healthHistory, listCases } from "../../jobs/oracle/mod.ts";
import { listRuns } from "../../jobs/runner/mod.ts";
import { Child } from "../support/child.ts";
import { ROOT } from "../support/app.ts";
import { waitFor } from "../support/wait.ts";

function worker(path: string, job: string, ...stop: string[]): Child {
  return new Child({
    args: ["run", "-A", "tests/support/job_worker.ts", path, job, ...stop],
    cwd: ROOT,
  });
}

async function write(kv: Deno.Kv, mutations: Mutation[]) {
  for (let i = 0; i < mutations.length; i += 500) {
    await apply(kv.atomic(), { mutations: mutations.slice(i, i + 500) })
      .commit();
  }
}

/** Runs a job in a process that is killed in its middle, twice, and then to its end; returns the output of the last. */
async function killedTwice(
  path: string,
  job: string,
  /** After how many writes of progress each is killed; the run must have more left. */
  after = [3, 6],
): Promise<string> {
  for (const writes of after) {
    await using doomed = worker(path, job);
    await waitFor(() => {
      const seen = doomed.output.match(/progress \d+/g)?.length ?? 0;
      assert(!doomed.output.includes("ended"), "It ended before it was killed");
      return seen >= writes;
    }, {
      what: () =>
        `${job} to write ${writes} times, it printed ${doomed.output}`,
      timeout: 30_000,
    });
    await doomed.stop("SIGKILL");
  }
  await using heir = worker(path, job);
  await heir.printed(/ended \w+/, 60_000);
  return heir.output;
}

/** Two thousand people who have been away for forty days, and what becomes of them in a run that is disturbed. */
async function decayOnce(disturb: (path: string) => Promise<void>) {
  const dir = await Deno.makeTempDir();
  const path = `${dir}/kill.db`;
  try {
    {
      using kv = await Deno.openKv(path);
      await write(
        kv,
        Array.from({ length: 2_000 }, (_, i) => {
          const id = `u${i}`;
          return set(
            keys.user(id),
            newUser({
              id,
              handle: id,
              name: id,
              email: `${id}@example.org`,
              createdAt: 0,
              trust: 800,
              lastActiveAt: Date.now() - 40 * DAY - MINUTE,
            }),
          );
        }),
      );
    }
    await disturb(path);
    using kv = await Deno.openKv(path);
    let users = 0;
    for await (
      const { value } of kv.list<User>({ prefix: keys.usersPrefix() })
    ) {
      users++;
      assertEquals(value.trust, 760);
      assertEquals(lossesOf(value.absence).length, 1);
    }
    assertEquals(users, 2_000);
    const { items } = await listRuns({ kv, now: Date.now }, "trust-decay");
    assertEquals(items.length, 1);
    assertEquals(items[0]!.stats, {
      looked: 2_000,
      decayed: 2_000,
      points: 80_000,
    });
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("trust decay under kill -9: everybody decays once", async () => {
  await decayOnce(async (path) => {
    const output = await killedTwice(path, "trust-decay");
    assert(/ended succeeded [3-9]/.test(output), output);
  });
});

Deno.test("a worker that stands still, is replaced, and wakes up changes nothing more", async () => {
  await decayOnce(async (path) => {
    await using sleeper = worker(path, "trust-decay", "3");
    await sleeper.printed(/progress 3/);
    {
      await using heir = worker(path, "trust-decay");
      await heir.printed(/ended succeeded 2/, 60_000);
    }
    sleeper.signal("SIGCONT");
    // It learns of the run that the other ended.
    await sleeper.printed(/ended succeeded 2/, 60_000);
  });
});

Deno.test("the oracle under kill -9: one report, each case once, admins told once", async () => {
  const dir = await Deno.makeTempDir();
  const path = `${dir}/kill.db`;
  const now = Date.now();
  try {
    {
      using kv = await Deno.openKv(path);
      const rows: Mutation[] = [
        set(
          keys.user("boss"),
          newUser({
            id: "boss",
            handle: "boss",
            name: "Boss",
            email: "boss@example.org",
            createdAt: 0,
            role: "admin",
          }),
        ),
      ];
      let n = 0;
      const did = (
        at: number,
        kind: "bounty_paid" | "message_sent",
        actorId: string,
        counterpartyId: string | null,
        amount: number | null,
      ) => {
        const row = activityOf({
          id: `a${++n}`,
          at: Math.round(at),
          kind,
          actorId,
          counterpartyId,
          amount,
          guildId: counterpartyId ? null : "g1",
        });
        rows.push(set(keys.activity(row.at, row.id), row));
      };
      // Quiet life of two hundred, and rings in which the same money goes round and round.
      for (let day = 34; day > 0; day--) {
        for (let user = 0; user < 200; user++) {
          if ((user + day) % 5 === 0) {
            did(
              now - day * DAY + user * MINUTE,
              "message_sent",
              `u${user}`,
              null,
              null,
            );
          }
        }
      }
      for (let ring = 0; ring < 8; ring++) {
        for (let lap = 0; lap < 24; lap++) {
          for (let i = 0; i < 4; i++) {
            const at = now - 5 * DAY + lap * 3 * 60 * MINUTE + i * 7 * MINUTE;
            did(
              at,
              "bounty_paid",
              `r${ring}_${i}`,
              `r${ring}_${(i + 1) % 4}`,
              900 + ring,
            );
          }
        }
      }
      await write(kv, rows);
    }
    const output = await killedTwice(path, "oracle", [2, 3]);
    assert(/ended succeeded [3-9]/.test(output), output);
    using kv = await Deno.openKv(path);
    const deps = { kv, now: Date.now };
    const reports = await healthHistory(deps);
    assertEquals(reports.length, 1);
    const cases = await listCases({ kv });
    assertEquals(cases.length, reports[0]!.anomalies);
    assert(cases.length >= 4, `only ${cases.length} cases to look at`);
    assertEquals(cases.filter((c) => c.timeline.length !== 1), []);
    const told: Job[] = [];
    for await (const { value } of kv.list<Job>({ prefix: keys.jobs() })) {
      told.push(value);
    }
    // A job may be there twice, its key makes one notification of them.
    assert(told.length > 0 && told.every((job) => job.kind === "notify"));
    const keysTold = told.map((job) => (job.payload as { key: string }).key);
    assertEquals(new Set(keysTold).size, 1, keysTold.join(" "));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
