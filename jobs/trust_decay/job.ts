import { z } from "zod";
import { DAY } from "../../lib/clock.ts";
import { NexoraError } from "../../lib/errors.ts";
import { keys, set } from "../../lib/kv/mod.ts";
import type { Deps } from "../../lib/platform.ts";
import { shardOf, userChannel } from "../../lib/realtime/mod.ts";
import {
  changedPerson,
  type PersonRows,
  type Standing,
  type TrustPlan,
  type User,
} from "../../lib/users/mod.ts";
import { type CronJob, doublingDelay, type RunContext } from "../runner/mod.ts";
import { usersWithDecay } from "./quiet_users.ts";
import { decayOf, type TrustDecay } from "./rule.ts";

const Checkpoint = z.object({
  after: z.string(),
  looked: z.number(),
  decayed: z.number(),
  points: z.number(),
});

/** A user on the way to their new trust. */
interface Decayed extends PersonRows {
  trust: number;
  row: TrustDecay;
}

/** Users that are written together. SQLite takes 100 checks a commit: each user's, eight shard heads and the fence. */
const TOGETHER = 90;
/** A `denokv` server takes 10 checks: one shard head, the fence, and these. */
const TOGETHER_REMOTE = 8;

type DecayDeps = Pick<Deps, "kv" | "newId"> & {
  queue: Pick<Deps["queue"], "plan" | "ring">;
};

export interface TrustDecayOptions extends DecayDeps {
  /** Whether the store is a `denokv` server, with its lower limits. */
  remote: boolean;
  /** Makes every isolate forget the profiles that it has; called when trust was lost. */
  forgetProfiles?: () => Promise<void>;
}

export function trustDecayJob(options: TrustDecayOptions): CronJob {
  const { kv, remote } = options;
  return {
    name: "trust-decay",
    title: "Trust decay",
    schedule: "0 0 * * SUN",
    catchUp: 14 * DAY,
    overlap: "wait",
    attempts: 5,
    retryDelay: doublingDelay,
    async run(context) {
      const start = Checkpoint.nullable().parse(context.checkpoint);
      const stats = {
        looked: start?.looked ?? 0,
        decayed: start?.decayed ?? 0,
        points: start?.points ?? 0,
      };
      let batch: Decayed[] = [];
      // One commit is in flight while the next users are read.
      let writing: Promise<void> = Promise.resolve();
      const flush = async (after: string) => {
        await writing;
        const some = batch;
        batch = [];
        const checkpoint = { after, ...stats };
        writing = writeAll(
          options,
          context,
          commitsOf(some, remote),
          checkpoint,
        );
        // Its error is thrown by the next flush; until then nobody waits for it.
        writing.catch(() => {});
        context.progress(stats.looked);
      };

      let last = start?.after;
      for await (const { user, standing, decay } of usersWithDecay(kv, last)) {
        context.signal.throwIfAborted();
        last = user.key[1] as string;
        stats.looked++;
        const after = decayOf(user.value, decay, context.asOf, context.runId);
        if (after) {
          batch.push({ user, standing, ...after });
          stats.decayed++;
          stats.points += user.value.trust - after.trust;
        }
        const full = batch.length >= TOGETHER;
        // A long stretch without anybody to decay is worth a checkpoint too.
        if (full || stats.looked % 10_000 === 0) await flush(last);
      }
      if (last !== undefined) await flush(last);
      await writing;
      if (stats.decayed > 0 && !context.dryRun) {
        await options.forgetProfiles?.();
      }
      context.log(
        `${stats.decayed} of ${stats.looked} people lost ${stats.points} points`,
      );
      return stats;
    },
  };
}

/** What goes into one commit each; over a remote store, users of one shard of the log. */
function commitsOf(batch: Decayed[], remote: boolean): Decayed[][] {
  if (!remote) return [batch];
  const shards = Map.groupBy(
    batch,
    ({ user }) => shardOf(userChannel(user.value.id)),
  );
  return [...shards.values()].flatMap((users) => {
    const commits: Decayed[][] = [];
    for (let i = 0; i < users.length; i += TOGETHER_REMOTE) {
      commits.push(users.slice(i, i + TOGETHER_REMOTE));
    }
    return commits;
  });
}

/** The checkpoint goes with the last commit: whoever resumes finds the days of the others counted already. */
async function writeAll(
  deps: DecayDeps,
  context: RunContext,
  commits: Decayed[][],
  checkpoint: z.infer<typeof Checkpoint>,
): Promise<void> {
  for (const some of commits.slice(0, -1)) await write(deps, context, some);
  await write(deps, context, commits.at(-1) ?? [], checkpoint);
}

/** Commits some users. Somebody whose row changed since it was read (they may be back) is read and judged again. */
async function write(
  deps: DecayDeps,
  context: RunContext,
  batch: Decayed[],
  checkpoint?: z.infer<typeof Checkpoint>,
): Promise<void> {
  while (batch.length > 0) {
    try {
      const plans = batch.map((one) => planOf(deps, context, one));
      const jobs = deps.queue.plan(plans.flatMap((plan) => plan.jobs));
      await context.append({
        events: plans.flatMap((plan) => plan.events),
        checks: [...plans.flatMap((plan) => plan.checks), ...jobs.checks],
        mutations: [
          ...plans.flatMap((plan) => plan.mutations),
          ...batch.map(({ user, row }) =>
            set(keys.trustDecay(user.value.id), row)
          ),
          ...jobs.mutations,
        ],
      }, checkpoint);
      if (jobs.mutations.length > 0) deps.queue.ring();
      return;
    } catch (error) {
      const overtaken = error instanceof NexoraError &&
        error.code === "conflict";
      if (!overtaken) throw error;
      batch = await judgeAgain(deps.kv, context, batch);
    }
  }
  await context.commit({}, checkpoint);
}

async function judgeAgain(
  kv: Deno.Kv,
  context: RunContext,
  batch: Decayed[],
): Promise<Decayed[]> {
  const again = await Promise.all(batch.map(async ({ user: { key } }) => {
    const id = key[1] as string;
    const [user, decay, standing] = await kv.getMany<
      [User, TrustDecay, Standing]
    >([keys.user(id), keys.trustDecay(id), keys.standing(id)]);
    if (user.value === null) return [];
    const after = decayOf(user.value, decay.value, context.asOf, context.runId);
    return after ? [{ user, standing: standing.value, ...after }] : [];
  }));
  return again.flat();
}

/** Everything that a loss changes besides the decay's own row: history, counters, leaderboards, perhaps the rank. */
function planOf(
  { newId }: DecayDeps,
  { asOf, runId }: RunContext,
  { user, standing, trust }: Decayed,
): TrustPlan {
  const inactiveDays = Math.floor((asOf - user.value.lastActiveAt) / DAY);
  return changedPerson(
    { now: () => asOf, newId },
    { user, standing },
    trust,
    { reason: "inactivity", cause: `decay:${runId}` },
    {
      inactiveDays,
      message:
        `We have not seen you for ${inactiveDays} days, so your trust is ${trust} now. It rises again with your next bounty. Good to have you back!`,
    },
  );
}
