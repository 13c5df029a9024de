import type { NewJob } from "../queue/types.ts";
import type { Findings } from "./teller/mod.ts";

export const ADVISE_KIND = "advise";
export const ANALYSE_KIND = "analyse-trends";

/** Prepares a person for matching, and asks the model about them where there is one. */
export function adviseJob(userId: string): NewJob {
  return {
    kind: ADVISE_KIND,
    payload: { userId },
    uniqueKey: `${ADVISE_KIND}:${userId}`,
    // What is not bettered soon is made anew at the next look.
    maxAttempts: 2,
  };
}

/** Asks the model to word the trends. */
export function analyseJob(): NewJob {
  return {
    kind: ANALYSE_KIND,
    payload: {},
    uniqueKey: ANALYSE_KIND,
    maxAttempts: 2,
  };
}

export const TELL_KIND = "tell-oracle";

/** Asks the model to word what a run of the oracle found. */
export function tellJob(runId: string, findings: Findings): NewJob {
  return {
    kind: TELL_KIND,
    payload: { runId, findings },
    uniqueKey: `${TELL_KIND}:${runId}`,
    maxAttempts: 2,
  };
}
