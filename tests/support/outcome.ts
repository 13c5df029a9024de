/** How many tests, or other things that have to hold, did. */
export interface Outcome {
  passed: number;
  failed: number;
}

/**
 * Reads the summary line of `deno test` (`ok | 3 passed (4 steps) | 0 failed | 1 ignored (2s)`). A run that failed
 * without saying so there (a module that does not load, a crash, a leak) is one failure.
 */
export function countTests(printed: string, success: boolean): Outcome {
  const summaries = printed.matchAll(
    /^(?:ok|FAILED) \| (\d+) passed.*? \| (\d+) failed/gm,
  );
  const outcome = total(
    [...summaries].map(([, passed, failed]) => ({
      passed: Number(passed),
      failed: Number(failed),
    })),
  );
  if (!success && outcome.failed === 0) outcome.failed = 1;
  // No test at all is not a success either.
  if (success && outcome.passed === 0) outcome.failed = 1;
  return outcome;
}

export function total(outcomes: Outcome[]): Outcome {
  return outcomes.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
    }),
    { passed: 0, failed: 0 },
  );
}
