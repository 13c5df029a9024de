import { backoff } from "./commit.ts";
import { before } from "./deadline.ts";
import { Pause } from "./pause.ts";

/** A running watch of one key. */
export interface Doorbell {
  stop(): Promise<void>;
}

export interface DoorbellOptions {
  /** Watched key; one a watch, because over a remote store untouched keys of a multi-key watch can read as null. */
  key: Deno.KvKey;
  /** Called on each change, coalesced: re-read from a cursor. Must not throw. */
  ring: (value: unknown) => void;
  /** Where watches run. */
  watchKv: Deno.Kv;
  /** Called when the watch broke and is made anew. */
  onError?: (error: unknown) => void;
}

/** Watches a key for ever: a watch that ends or fails is made again after a jittered backoff. */
export function watchKey(
  { key, ring, watchKv, onError }: DoorbellOptions,
): Doorbell {
  let stopped = false;
  const pause = new Pause();
  let reader: ReadableStreamDefaultReader<[Deno.KvEntryMaybe<unknown>]> | null =
    null;

  const run = async () => {
    for (let attempt = 0; !stopped; attempt++) {
      try {
        reader = watchKv.watch<[unknown]>([key]).getReader();
        while (!stopped) {
          const { done, value } = await reader.read();
          if (done) break;
          attempt = 0;
          if (value[0].versionstamp !== null) ring(value[0].value);
        }
      } catch (error) {
        if (!stopped) onError?.(error);
      }
      if (!stopped) await pause.wait(100 + backoff(attempt, 100, 5_000));
    }
  };
  const running = run();
  return {
    async stop() {
      stopped = true;
      pause.end();
      const ended = reader?.cancel().then(() => running) ?? running;
      // A watch over a broken remote connection may never settle its read; waiting longer would hold up a drain.
      await before(ended, 200).catch(() => {});
    },
  };
}
