import type { Catalogue } from "./translate.ts";

/** The texts of a job's run, which an island keeps true. */
export const enRuns = {
  "runs.working": "Working",
  "runs.lost": "The server does not answer; trying again",
  "runs.done": { one: "{count} done", other: "{count} done" },
  "runs.of": "{done} of {total}",
  "runs.progress": "Progress",
  "runs.log": "Log",
  "runs.silent": "Nothing was said.",
} as const satisfies Catalogue;
