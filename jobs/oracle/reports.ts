import { keys } from "../../lib/kv/mod.ts";
import type { Deps } from "../../lib/platform.ts";
import type { Anomaly, StoredReport } from "./types.ts";

/** Reports of the last `days` days, oldest first: health over time. */
export async function healthHistory(
  { kv, now }: Pick<Deps, "kv" | "now">,
  days = 90,
): Promise<StoredReport[]> {
  const reports: StoredReport[] = [];
  const rows = kv.list<StoredReport>({
    prefix: keys.oracleReports(),
    start: keys.oracleReport(now() - days * 86_400_000, ""),
  }, { batchSize: 200 });
  for await (const { value } of rows) {
    if (value.expiresAt > now()) reports.push(value);
  }
  return reports;
}

/** The newest report with its anomalies, the riskiest first; `null` before the first run. */
export async function latestReport(
  { kv }: Pick<Deps, "kv">,
): Promise<StoredReport & { found: Anomaly[] } | null> {
  const rows = kv.list<StoredReport>({ prefix: keys.oracleReports() }, {
    limit: 1,
    reverse: true,
  });
  for await (const { value } of rows) {
    return { ...value, found: await reportAnomalies({ kv }, value.runId) };
  }
  return null;
}

/** What a run found; kept for 60 days. */
export async function reportAnomalies(
  { kv }: Pick<Deps, "kv">,
  runId: string,
): Promise<Anomaly[]> {
  const found: Anomaly[] = [];
  const rows = kv.list<Anomaly>({ prefix: keys.oracleAnomalies(runId) }, {
    batchSize: 100,
  });
  for await (const { value } of rows) found.push(value);
  return found.sort((a, b) => b.riskScore - a.riskScore);
}
