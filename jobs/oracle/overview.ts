import type { Activity } from "../../lib/activity/mod.ts";
import { NexoraError } from "../../lib/errors.ts";
import type { Deps } from "../../lib/platform.ts";
import { getUsers } from "../../lib/users/mod.ts";
import { caseActivity, getCase, listCases } from "./cases.ts";
import { type CaseGraph, caseGraph } from "./graph.ts";
import { healthHistory } from "./reports.ts";
import type { Case, CaseState, StoredReport } from "./types.ts";

/** Which cases a list shows. */
export type CaseFilter = CaseState | "all";

export interface NamedPerson {
  id: string;
  handle: string;
  name: string;
}

/** A case with everything that somebody needs to decide about it. */
export interface CaseFile {
  case: Case;
  /** The evidence, oldest first; at most 200. */
  activity: Activity[];
  graph: CaseGraph;
  /** Of everybody in it who has an account here. */
  people: Record<string, NamedPerson>;
}

export interface OracleOverview {
  /** Of the last 90 days, oldest first. */
  history: StoredReport[];
  /** The newest report. */
  latest: StoredReport | null;
  counts: Record<CaseFilter, number>;
  cases: Case[];
}

/** Health over time and the cases of one state, the riskiest first. */
export async function readOracle(
  deps: Pick<Deps, "kv" | "now">,
  filter: CaseFilter,
): Promise<OracleOverview> {
  const [history, all] = await Promise.all([
    healthHistory(deps),
    listCases(deps, { limit: 2_000 }),
  ]);
  const counts = { open: 0, acknowledged: 0, dismissed: 0, all: all.length };
  for (const { state } of all) counts[state]++;
  return {
    history,
    latest: history.at(-1) ?? null,
    counts,
    cases: all.filter((one) => filter === "all" || one.state === filter)
      .slice(0, 100),
  };
}

/** @throws {NexoraError} `not_found` */
export async function readCaseFile(
  deps: Pick<Deps, "kv">,
  caseId: string,
): Promise<CaseFile> {
  const found = await getCase(deps, caseId);
  if (!found) throw new NexoraError("not_found", "There is no such case");
  const activity = await caseActivity(deps, found);
  const ids = new Set([
    ...found.subjects,
    ...found.notes.map((note) => note.by),
    ...activity.flatMap((a) => [a.actorId, a.counterpartyId ?? a.actorId]),
  ]);
  const users = await getUsers(deps.kv, [...ids]);
  return {
    case: found,
    activity,
    graph: caseGraph(found.subjects, activity),
    people: Object.fromEntries(
      users.map(({ id, handle, name }) => [id, { id, handle, name }]),
    ),
  };
}
