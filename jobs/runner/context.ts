import { NexoraError } from "../../lib/errors.ts";
import { type Change, commit, keys, set } from "../../lib/kv/mod.ts";
import type { Deps } from "../../lib/platform.ts";
import type { Append, Position } from "../../lib/realtime/mod.ts";
import type { Claim } from "./claim.ts";
import { type RunContext, RunLost } from "./types.ts";

const LOG_LINES = 100;
const LINE_LENGTH = 300;

/** What a run is given; see `RunContext`. Log and progress are kept in `claim.run` until the next heartbeat. */
export function createContext(
  { kv, now, log }: Pick<Deps, "kv" | "now" | "log">,
  claim: Claim,
  checkpoint: unknown,
  signal: AbortSignal,
): RunContext {
  const { run, fence } = claim;
  const checkpointKey = keys.cronCheckpoint(run.job, run.id);

  function kept(next: unknown) {
    return next === undefined ? [] : [set(checkpointKey, next)];
  }

  async function assertHeld(): Promise<void> {
    const entry = await kv.get(fence.key);
    if (entry.versionstamp !== fence.versionstamp) {
      throw new RunLost(`Run ${run.id} is no longer this worker's`);
    }
  }

  return {
    slot: claim.slot,
    runId: run.id,
    attempt: run.attempts,
    dryRun: run.dryRun,
    asOf: Math.min(run.startedAt, claim.slot.until),
    signal,
    checkpoint,
    fence,
    async commit(change: Change, next?: unknown) {
      signal.throwIfAborted();
      if (run.dryRun) return true;
      const committed = await commit(kv, {
        checks: [fence, ...change.checks ?? []],
        mutations: [...change.mutations ?? [], ...kept(next)],
      });
      if (!committed) await assertHeld();
      return committed;
    },
    async append(change: Append, next?: unknown): Promise<Position[]> {
      signal.throwIfAborted();
      if (run.dryRun) return [];
      const { mutations } = change;
      try {
        return await log.append({
          events: change.events,
          checks: [fence, ...change.checks ?? []],
          mutations: typeof mutations === "function"
            ? (...given) => [...mutations(...given), ...kept(next)]
            : [...mutations ?? [], ...kept(next)],
        });
      } catch (error) {
        if (error instanceof NexoraError && error.code === "conflict") {
          await assertHeld();
        }
        throw error;
      }
    },
    log(text) {
      run.logs.push({ at: now(), text: text.slice(0, LINE_LENGTH) });
      if (run.logs.length > LOG_LINES) {
        run.logs.splice(0, run.logs.length - LOG_LINES);
      }
    },
    progress(done, total) {
      run.progress = total === undefined ? { done } : { done, total };
    },
  };
}
