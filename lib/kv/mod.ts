export * from "./mutation.ts";
export {
  apply,
  backoff,
  commit,
  commitStamped,
  delay,
  isTransient,
  retryConflicts,
} from "./commit.ts";
export { nullIfOvertaken } from "./overtaken.ts";
export { type Doorbell, watchKey } from "./doorbell.ts";
export { Pause } from "./pause.ts";
export { openStore, type Store } from "./open.ts";
export { before, withDeadline } from "./deadline.ts";
export * as keys from "./keys.ts";
