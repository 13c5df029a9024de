export type { Job, JobHandler, NewJob, Queue } from "./types.ts";
export { createQueue, type QueueOptions, type WorkQueue } from "./queue.ts";
export type { WorkerStats } from "./worker.ts";
export { type Backlog, readBacklog } from "./backlog.ts";
export {
  type DeadLetterPage,
  discardDeadLetter,
  listDeadLetters,
  replayDeadLetter,
  replayDeadLetters,
} from "./dead_letters.ts";
export type { DeadJob } from "./settle.ts";
