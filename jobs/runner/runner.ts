import { MINUTE, SECOND } from "../../lib/clock.ts";
import { NexoraError } from "../../lib/errors.ts";
import { absent, commit, keys, set } from "../../lib/kv/mod.ts";
import type { Deps } from "../../lib/platform.ts";
import { attemptRun, Stopping } from "./attempt.ts";
import {
  type Claim,
  type ClaimRequest,
  claimSlot,
  type Lease,
  type SlotRow,
} from "./claim.ts";
import { getRun } from "./history.ts";
import { skipSlot } from "./skip.ts";
import { currentSlot, type Slot, slotsBetween } from "./schedule.ts";
import type { CronJob, Run, Trigger } from "./types.ts";

export interface RunnerOptions {
  /** Milliseconds after which a silent worker's run is taken over; default 30 s. */
  lease?: number;
  /** Calls `beat` regularly until the returned function is called; default every 2 s, which is also how live progress is. */
  every?: (beat: () => void) => () => void;
}

/** Slots looked at in one round of catching up; the next minute goes on from there. */
const CATCH_UP = 20;

/** A timer may fire a little before its time, by this machine's clock. */
const EARLY = 30 * SECOND;

export interface RunRequest {
  trigger: Trigger;
  /** Run a waiting attempt now instead of at its time. */
  impatient?: boolean;
}

/** A run that has begun. */
export interface Started {
  /** As it is now; it changes while it runs. */
  run: Run;
  /** Its end, or that of its first attempt. */
  ended: Promise<Run>;
}

function everyTwoSeconds(beat: () => void): () => void {
  const timer = setInterval(beat, 2 * SECOND);
  return () => clearInterval(timer);
}

/** Runs the jobs of one isolate. Any number of runners over one store run each slot once. */
export class Runner {
  readonly jobs: ReadonlyMap<string, CronJob>;
  readonly #deps: Pick<Deps, "kv" | "now" | "newId" | "log">;
  readonly #options: Required<RunnerOptions>;
  readonly #running = new Map<AbortController, Promise<unknown>>();
  #supervising: Promise<void> | undefined;
  #stopped = false;

  constructor(
    deps: Pick<Deps, "kv" | "now" | "newId" | "log">,
    jobs: CronJob[],
    options: RunnerOptions = {},
  ) {
    this.#deps = deps;
    this.jobs = new Map(jobs.map((job) => [job.name, job]));
    this.#options = {
      lease: options.lease ?? 30 * SECOND,
      every: options.every ?? everyTwoSeconds,
    };
  }

  /**
   * Runs the current slot of a job unless it has been run, and waits for the end of the attempt. A slot that has been
   * run answers with that run.
   *
   * @throws {NexoraError} `not_found`, `already_running`
   */
  runCurrent(name: string, request: RunRequest): Promise<Run> {
    const job = this.#job(name);
    const early = request.trigger === "cron" ? EARLY : 0;
    const slot = currentSlot(job.schedule, this.#deps.now(), early);
    return this.#runSlot(job, slot, request);
  }

  /**
   * Starts a job outside its schedule, now. With `dryRun` nothing is written but the run's own history.
   *
   * @throws {NexoraError} `not_found`, `already_running`
   */
  async runNow(
    name: string,
    { by, dryRun = false }: { by?: string; dryRun?: boolean } = {},
  ): Promise<Started> {
    const job = this.#job(name);
    const at = this.#deps.now();
    const kind = dryRun ? "dry" : "manual";
    const slot: Slot = {
      key: `${kind}-${this.#deps.newId()}`,
      at,
      until: Infinity,
    };
    return await this.#start(job, {
      slot,
      scope: dryRun ? slot.key : scopeOf(job, slot),
      trigger: "manual",
      by,
      dryRun,
    });
  }

  /**
   * Resumes what was left unfinished and runs what was missed, of all jobs. Call it once a minute: together with the
   * leases it is what makes a killed run go on.
   */
  supervise(): Promise<void> {
    return this.#supervising ??= Promise.all(
      [...this.jobs.values()].map((job) => this.#superviseJob(job)),
    ).then(() => {}).finally(() => this.#supervising = undefined);
  }

  /** Interrupts what runs here, at a checkpoint, and leaves it to others. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const abort of this.#running.keys()) {
      abort.abort(new Stopping("This worker stops"));
    }
    await Promise.allSettled(this.#running.values());
  }

  async #superviseJob(job: CronJob): Promise<void> {
    const { kv, now } = this.#deps;
    try {
      for await (
        const { key, value } of kv.list<Lease>({
          prefix: keys.cronLeases(job.name),
        })
      ) {
        if (value.until > now()) continue;
        await this.#resume(job, value, key[3] as string);
      }
      for (const slot of await this.#missed(job)) {
        if (this.#stopped) return;
        await this.#runSlot(job, slot, { trigger: "catch-up" });
      }
    } catch (error) {
      // Somebody else is at it: the next minute will tell.
      if (error instanceof NexoraError && error.code === "already_running") {
        return;
      }
      console.error(`${job.name} could not be supervised:`, error);
    }
  }

  /** Slots within the catch-up window, since this store knows the job, that nobody has taken; oldest first. */
  async #missed(job: CronJob): Promise<Slot[]> {
    const { kv, now } = this.#deps;
    const sinceKey = keys.cronSince(job.name);
    const since = await kv.get<number>(sinceKey);
    if (since.value === null) {
      await commit(kv, {
        checks: [absent(sinceKey)],
        mutations: [set(sinceKey, now())],
      });
      return [];
    }
    const after = Math.max(since.value, now() - job.catchUp);
    const slots = slotsBetween(job.schedule, after, now(), CATCH_UP);
    const missed: Slot[] = [];
    let taken = since.value;
    for (const slot of slots) {
      const row = await kv.get<SlotRow>(keys.cronSlot(job.name, slot.key));
      if (row.value === null) missed.push(slot);
      else if (missed.length === 0) taken = slot.at;
    }
    // Slots are taken for good: nobody need look at these again. A worker that sets it back costs a look, no more.
    if (taken > since.value) {
      await commit(kv, { mutations: [set(sinceKey, taken)] });
    }
    return missed;
  }

  async #resume(job: CronJob, lease: Lease, scope: string): Promise<void> {
    const before = await getRun(this.#deps, job.name, lease.runId);
    await this.#claimAndRun(job, {
      slot: lease.slot,
      scope,
      trigger: before?.trigger ?? "catch-up",
      dryRun: before?.dryRun ?? false,
    });
  }

  #runSlot(job: CronJob, slot: Slot, request: RunRequest): Promise<Run> {
    return this.#claimAndRun(job, {
      slot,
      scope: scopeOf(job, slot),
      dryRun: false,
      ...request,
    });
  }

  async #claimAndRun(job: CronJob, request: ClaimRequest): Promise<Run> {
    return await (await this.#start(job, request)).ended;
  }

  async #start(job: CronJob, request: ClaimRequest): Promise<Started> {
    for (;;) {
      if (this.#stopped) throw new NexoraError("draining");
      const result = await claimSlot(
        this.#deps,
        job,
        request,
        this.#options.lease,
      );
      switch (result.outcome) {
        case "claimed":
          return {
            run: result.claim.run,
            ended: this.#attempt(job, result.claim),
          };
        case "finished":
          return over(await this.#known(job, result.runId));
        case "running":
          throw new NexoraError(
            "already_running",
            `${job.title} is running: ${result.runId}`,
          );
      }
      // An earlier slot of the job is unfinished.
      if (job.overlap === "skip" && request.trigger !== "manual") {
        return over(await skipSlot(this.#deps, job, request, result.lease));
      }
      if (!result.stale) {
        throw new NexoraError(
          "already_running",
          `${job.title} is busy with ${result.lease.slot.key}`,
        );
      }
      await this.#resume(job, result.lease, request.scope);
    }
  }

  async #attempt(job: CronJob, claim: Claim): Promise<Run> {
    const abort = new AbortController();
    const attempt = attemptRun(this.#deps, job, claim, {
      ...this.#options,
      abort,
    });
    this.#running.set(abort, attempt);
    try {
      return await attempt ?? await this.#known(job, claim.run.id);
    } finally {
      this.#running.delete(abort);
    }
  }

  async #known(job: CronJob, runId: string): Promise<Run> {
    const run = await getRun(this.#deps, job.name, runId);
    // Its history has expired before its slot.
    if (!run) throw new NexoraError("not_found", "This run is long over");
    return run;
  }

  #job(name: string): CronJob {
    const job = this.jobs.get(name);
    if (!job) throw new NexoraError("not_found", `There is no job ${name}`);
    return job;
  }
}

function over(run: Run): Started {
  return { run, ended: Promise.resolve(run) };
}

function scopeOf(job: CronJob, slot: Slot): string {
  return job.overlap === "parallel" ? slot.key : "job";
}

/** 1 min, 2 min, 4 min … at most 30 min. */
export function doublingDelay(attempt: number): number {
  return Math.min(30 * MINUTE, MINUTE * 2 ** (attempt - 1));
}
