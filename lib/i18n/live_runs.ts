import { enRuns } from "./en_runs.ts";
import { type Reader, readerHook } from "./live.ts";

/** For a run's progress. */
export const useRunReader: () => Reader<typeof enRuns> = readerHook(enRuns);
