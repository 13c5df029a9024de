/** Keys of jobs, their slots and runs. */
type Key = Deno.KvKey;

export const job = (dueMs: number, id: string): Key => ["jobs", dueMs, id];
export const jobs = (): Key => ["jobs"];
export const jobUnique = (key: string): Key => ["jobsUnique", key];
export const deadJob = (id: string): Key => ["jobsDead", id];
export const deadJobs = (): Key => ["jobsDead"];
/** Set with each enqueue; watched where the runtime has no native queue. */
export const jobBell = (): Key => ["jobsBell"];
export const cronSlot = (
  name: string,
  slot: string,
): Key => ["cron", "slot", name, slot];
export const cronSlots = (name: string): Key => ["cron", "slot", name];
export const cronRun = (
  name: string,
  runId: string,
): Key => ["cron", "run", name, runId];
export const cronRuns = (name: string): Key => ["cron", "run", name];
/** Held while a run is unfinished. `scope` is `job`, or the slot where runs may overlap. */
export const cronLease = (
  name: string,
  scope: string,
): Key => ["cron", "lease", name, scope];
export const cronLeases = (name: string): Key => ["cron", "lease", name];
/** Changes with each claim and nothing else: what a run commits checks it. */
export const cronFence = (
  name: string,
  scope: string,
): Key => ["cron", "fence", name, scope];
/** How far a run has come, for the one that resumes it. */
export const cronCheckpoint = (
  name: string,
  runId: string,
): Key => ["cron", "checkpoint", name, runId];
/** No slot up to this time is missed: all have been taken, or are older than this store's knowledge of the job. */
export const cronSince = (name: string): Key => ["cron", "since", name];
