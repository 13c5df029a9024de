import {
  type Doorbell as Watch,
  keys,
  type Mutation,
  set,
  watchKey,
} from "../kv/mod.ts";
import type { Clock } from "../clock.ts";

/**
 * How other isolates learn that there is work. The job rows are the truth; a bell that is lost costs latency only,
 * since every worker also sweeps once a minute.
 *
 * - *native*: `kv.enqueue` / `kv.listenQueue`. On SQLite one competing listener is woken after ~50 ms.
 * - *watch*: a tiny row set in the commit that adds the job. Used where there are no queues: over KV Connect
 *   `enqueue` throws and `listenQueue` never settles; on Deno Deploy queues do not exist.
 */
export interface JobBell {
  /** What to add to a commit that adds jobs. */
  mutations(): Mutation[];
  /** Call after that commit. Never throws, never waits. */
  ring(): void;
  /** Starts to call `heard` when somebody rings. */
  listen(heard: () => void): void;
  close(): Promise<void>;
  readonly mode: "native" | "watch";
}

export interface JobBellOptions {
  kv: Deno.Kv;
  /** A handle of its own for the watch: over KV Connect each watch pins a stream of the connection. */
  watchKv?: Deno.Kv;
  now: Clock;
  /** `true` and `false` decide; `undefined` tries native and stays with watch until a native bell was heard. */
  native?: boolean;
}

/** The message of a native bell. It carries nothing: the rows are in the store. */
const BELL = { bell: "nexora-jobs" };

export function createJobBell(options: JobBellOptions): JobBell {
  const { kv, now, native } = options;
  let mode: "native" | "watch" = native === true ? "native" : "watch";
  let canEnqueue = native !== false;
  let ringing = false;
  let closed = false;
  let watch: Watch | undefined;

  function ring() {
    // One bell in flight is enough: whoever hears it reads everything that is due.
    if (!canEnqueue || ringing || closed) return;
    ringing = true;
    ringNatively().finally(() => ringing = false);
  }

  async function ringNatively() {
    try {
      await kv.enqueue(BELL);
    } catch {
      // No queues here (KV Connect), or the store is closing. The watch and the sweep remain.
      if (native === undefined) canEnqueue = false;
    }
  }

  function listenNatively(heard: () => void) {
    // Pends until the store is closed; over KV Connect for ever. So nobody waits for it.
    kv.listenQueue(() => {
      if (closed) return;
      if (mode === "watch") {
        mode = "native";
        watch?.stop();
      }
      heard();
    }).catch(() => canEnqueue = false);
  }

  return {
    get mode() {
      return mode;
    },
    mutations: () => mode === "native" ? [] : [set(keys.jobBell(), now())],
    ring,
    listen(heard) {
      if (mode === "watch") {
        watch = watchKey({
          key: keys.jobBell(),
          watchKv: options.watchKv ?? kv,
          ring: heard,
          // What was rung while the watch was broken.
          onError: heard,
        });
      }
      if (native === false) return;
      listenNatively(heard);
      // The probe: once it is delivered, this runtime has queues.
      if (native === undefined) ring();
    },
    async close() {
      closed = true;
      await watch?.stop();
    },
  };
}
