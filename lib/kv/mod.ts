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
export * as keys from "./keys.ts";
