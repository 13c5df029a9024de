import { NexoraError } from "../../lib/errors.ts";
import { type Activity, listActivity } from "../../lib/activity/mod.ts";
import {
  commit,
  keys,
  retryConflicts,
  set,
  unchanged,
} from "../../lib/kv/mod.ts";
import type { Deps } from "../../lib/platform.ts";
import {
  type Case,
  CASE_KEPT,
  type CaseAction,
  type CaseState,
} from "./types.ts";

/** From which states an action makes sense, and where it leads. */
const TRANSITIONS: Record<
  CaseAction,
  { from: readonly CaseState[]; to: CaseState }
> = {
  acknowledge: { from: ["open"], to: "acknowledged" },
  dismiss: { from: ["open", "acknowledged"], to: "dismissed" },
  reopen: { from: ["acknowledged", "dismissed"], to: "open" },
};

const NOTES = 100;

/** Cases, the riskiest first; `state` narrows them. There are as many as people keep open: tens, not thousands. */
export async function listCases(
  { kv }: Pick<Deps, "kv">,
  { state, limit = 200 }: { state?: CaseState; limit?: number } = {},
): Promise<Case[]> {
  const cases: Case[] = [];
  const rows = kv.list<Case>({ prefix: keys.oracleCases() }, {
    batchSize: 200,
  });
  for await (const { value } of rows) {
    if (state === undefined || value.state === state) cases.push(value);
  }
  cases.sort((a, b) => b.riskScore - a.riskScore || b.seenAt - a.seenAt);
  return cases.slice(0, limit);
}

export async function getCase(
  { kv }: Pick<Deps, "kv">,
  caseId: string,
): Promise<Case | null> {
  return (await kv.get<Case>(keys.oracleCase(caseId))).value;
}

/**
 * Acknowledges, dismisses or reopens a case, with a note. A dismissed case stays quiet when it is seen again.
 *
 * @throws {NexoraError} `not_found`; `illegal_transition` when its state does not allow it
 */
export function decideCase(
  { kv, now }: Pick<Deps, "kv" | "now">,
  caseId: string,
  { action, note, by }: { action: CaseAction; note: string; by: string },
): Promise<Case> {
  return retryConflicts(async () => {
    const entry = await kv.get<Case>(keys.oracleCase(caseId));
    if (entry.value === null) {
      throw new NexoraError("not_found", "There is no such case");
    }
    const { from, to } = TRANSITIONS[action];
    if (!from.includes(entry.value.state)) {
      throw new NexoraError(
        "illegal_transition",
        `The case is ${entry.value.state}`,
      );
    }
    const decided: Case = {
      ...entry.value,
      state: to,
      notes: [
        ...entry.value.notes,
        { at: now(), by, action, note: note.trim().slice(0, 500) },
      ].slice(-NOTES),
    };
    const committed = await commit(kv, {
      checks: [unchanged(entry)],
      mutations: [set(entry.key, decided, CASE_KEPT)],
    });
    return committed ? decided : null;
  });
}

/** The activities behind a case, oldest first: for its timeline and its graph of who dealt with whom. */
export async function caseActivity(
  { kv }: Pick<Deps, "kv">,
  { evidence, firstSeen, lastSeen }: Case,
): Promise<Activity[]> {
  const wanted = new Set(evidence);
  const found: Activity[] = [];
  for await (const one of listActivity(kv, firstSeen, lastSeen + 1)) {
    if (!wanted.has(one.id)) continue;
    found.push(one);
    if (found.length === wanted.size) break;
  }
  return found;
}
