import { type Anomaly, CRITICAL } from "../../lib/ai/oracle/mod.ts";
import {
  absent,
  keys,
  retryConflicts,
  set,
  unchanged,
} from "../../lib/kv/mod.ts";
import type { RunContext } from "../runner/mod.ts";
import type { Progress } from "./job.ts";
import { caseOf, newCase, seenAgain } from "./match.ts";
import { type Case, CASE_KEPT } from "./types.ts";

/**
 * Writes down that a run saw an anomaly: another sighting of a known case, or a new case. An admin may decide the
 * same case at the same moment; then it is read again. A critical case is news once, and never when it is dismissed.
 */
export function recordCase(
  kv: Deno.Kv,
  context: RunContext,
  anomaly: Anomaly,
  progress: Progress,
): Promise<Progress> {
  const { asOf: at, runId } = context;
  return retryConflicts(async () => {
    const entries: Deno.KvEntry<Case>[] = [];
    for await (
      const entry of kv.list<Case>({ prefix: keys.oracleCases() }, {
        batchSize: 200,
      })
    ) {
      if (entry.value.kind === anomaly.kind) entries.push(entry);
    }
    const known = caseOf(anomaly, entries.map((e) => e.value), at);
    const before = entries.find((e) => e.value === known);
    // Named after the run and the anomaly, so that a resumed run would make the same one.
    const next = known
      ? seenAgain(known, anomaly, { at, runId })
      : newCase(anomaly, { id: `${anomaly.id}-${runId}`, at, runId });
    const news = next.riskScore >= CRITICAL && next.state !== "dismissed" &&
      next.notifiedAt === undefined;
    if (news) next.notifiedAt = at;
    const after: Progress = {
      recorded: progress.recorded + 1,
      cases: progress.cases + (known ? 0 : 1),
      news: news
        ? [...progress.news, {
          caseId: next.id,
          kind: next.kind,
          reason: next.reason,
          riskScore: next.riskScore,
        }].slice(-50)
        : progress.news,
    };
    const key = keys.oracleCase(next.id);
    const committed = await context.commit({
      checks: [before ? unchanged(before) : absent(key)],
      mutations: [set(key, next, CASE_KEPT)],
    }, after);
    return committed ? after : null;
  });
}
