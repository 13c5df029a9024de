export {
  doublingDelay,
  Runner,
  type RunnerOptions,
  type Started,
} from "./runner.ts";
export { cancelRun, getRun, listRuns, type RunPage } from "./history.ts";
export { currentSlot, nextSlot, type Slot, slotsBetween } from "./schedule.ts";
export {
  type CronJob,
  type Overlap,
  type Run,
  type RunContext,
  RunLost,
  type RunStatus,
  type Stats,
  type Trigger,
} from "./types.ts";
