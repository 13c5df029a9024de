import { z } from "zod";
import { DAY } from "../../lib/clock.ts";
import { NexoraError } from "../../lib/errors.ts";
import { keys } from "../../lib/kv/mod.ts";
import type { Deps } from "../../lib/platform.ts";
import {
  changedPerson,
  type Standing,
  type TrustPlan,
  type User,
} from "../../lib/users/mod.ts";
import { type CronJob, doublingDelay, type RunContext } from "../runner/mod.ts";
import { Batches, type Decayed, type Mark } from "./batches.ts";
import { peopleAfter } from "./people.ts";
import { decayOf } from "./rule.ts";

const Checkpoint = z.object({
  /** Everybody up to this id has been dealt with, and perhaps some after it, on whom another look changes nothing. */
  after: z.string().nullable(),
  looked: z.number(),
  decayed: z.number(),
  points: z.number(),
});

/** Users that are written together. SQLite takes 100 checks a commit: each user's, eight shard heads and the fence. */
const TOGETHER = 91;
/** A `denokv` server takes 10 checks: one shard head, the fence, and these. */
const TOGETHER_REMOTE = 8;
/** Users looked at between checkpoints when few of them have anything to lose. */
const LONGEST_STRETCH = 20_000;

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
      let here: Mark = {
        after: start?.after ?? null,
        looked: start?.looked ?? 0,
      };
      const lost = { decayed: start?.decayed ?? 0, points: start?.points ?? 0 };
      const batches = new Batches(
        remote ? TOGETHER_REMOTE : TOGETHER,
        remote,
      );
      // One commit is in flight while the next users are read.
      let writing: Promise<void> = Promise.resolve();
      const flush = async (batch: Decayed[]) => {
        await writing;
        writing = write(options, context, batch, batches.settled(here), lost);
        // Its error is thrown by the next flush; until then nobody waits for it.
        writing.catch(() => {});
        context.progress(here.looked);
      };
      const flushAll = async () => {
        for (let some; (some = batches.takeAny());) await flush(some);
        await flush([]);
      };

      for await (const people of peopleAfter(kv, here.after)) {
        context.signal.throwIfAborted();
        for (const person of people) {
          const before = here;
          const { key, value: user } = person.user;
          here = { after: key[1] as string, looked: before.looked + 1 };
          const after = decayOf(user, context.asOf);
          if (after) {
            const full = batches.add({ ...person, ...after }, before);
            if (full) await flush(full);
          }
          if (here.looked % LONGEST_STRETCH === 0) await flushAll();
        }
      }
      await flushAll();
      await writing;
      if (lost.decayed > 0 && !context.dryRun) await options.forgetProfiles?.();
      context.log(
        `${lost.decayed} of ${here.looked} people lost ${lost.points} points`,
      );
      return { looked: here.looked, ...lost };
    },
  };
}

/**
 * Commits some users with the checkpoint, and counts them in `lost`. Somebody whose row changed since it was read (they
 * may be back) is read and judged again.
 */
async function write(
  deps: DecayDeps,
  context: RunContext,
  batch: Decayed[],
  settled: Mark,
  lost: { decayed: number; points: number },
): Promise<void> {
  for (;;) {
    const sum = {
      decayed: lost.decayed + batch.length,
      points: batch.reduce(
        (points, { user, trust }) => points + user.value.trust - trust,
        lost.points,
      ),
    };
    const checkpoint: z.infer<typeof Checkpoint> = { ...settled, ...sum };
    if (batch.length === 0) {
      await context.commit({}, checkpoint);
      return;
    }
    try {
      await append(deps, context, batch, checkpoint);
      Object.assign(lost, sum);
      return;
    } catch (error) {
      const overtaken = error instanceof NexoraError &&
        error.code === "conflict";
      if (!overtaken) throw error;
      batch = await judgeAgain(deps.kv, context, batch);
    }
  }
}

async function append(
  deps: DecayDeps,
  context: RunContext,
  batch: Decayed[],
  checkpoint: unknown,
): Promise<void> {
  const all: Omit<TrustPlan, "trust" | "rank" | "changed"> = {
    checks: [],
    mutations: [],
    events: [],
    jobs: [],
  };
  for (const one of batch) {
    const { checks, mutations, events, jobs } = planOf(deps, context, one);
    all.checks.push(...checks);
    all.mutations.push(...mutations);
    all.events.push(...events);
    all.jobs.push(...jobs);
  }
  const { jobs, ...change } = all;
  const planned = deps.queue.plan(jobs);
  change.checks.push(...planned.checks);
  change.mutations.push(...planned.mutations);
  await context.append(change, checkpoint);
  if (jobs.length > 0) deps.queue.ring();
}

async function judgeAgain(
  kv: Deno.Kv,
  context: RunContext,
  batch: Decayed[],
): Promise<Decayed[]> {
  const again = await Promise.all(batch.map(async ({ user: { key } }) => {
    const id = key[1] as string;
    const [user, standing] = await kv.getMany<[User, Standing]>([
      keys.user(id),
      keys.standing(id),
    ]);
    if (user.value === null) return [];
    const after = decayOf(user.value, context.asOf);
    return after ? [{ user, standing: standing.value, ...after }] : [];
  }));
  return again.flat();
}

/** Everything that a loss changes: the user's row with its history, leaderboards, perhaps the rank. */
function planOf(
  { newId }: DecayDeps,
  { asOf, runId }: RunContext,
  { user, standing, trust, absence }: Decayed,
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
        `We missed you for ${inactiveDays} days: your trust is ${trust} now, and rises with your next bounty.`,
    },
    absence,
  );
}
