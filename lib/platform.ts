import type { Clock, IdMaker } from "./clock.ts";
import type { Config } from "./config.ts";
import type { EventLog } from "./realtime/log/types.ts";
import type { Policy } from "./auth/policy.ts";
import type { Queue } from "./queue/types.ts";

/** What actions get passed in. Everything is made once an isolate, in `openPlatform`, or by a test. */
export interface Deps {
  kv: Deno.Kv;
  now: Clock;
  newId: IdMaker;
  log: EventLog;
  queue: Queue;
  policy: Policy;
}

/** The assembled server side. */
export interface Platform extends Deps {
  config: Config;
  /** Ends watches, flushes the log, closes the store. */
  close(): Promise<void>;
}
