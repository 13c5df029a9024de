import { MINUTE } from "../../clock.ts";
import { type Embedder, EmbedderUnavailable } from "./embedder.ts";
import type { Answered, Asked } from "./worker.ts";

export interface SentenceEncoderOptions {
  /** Milliseconds without work after which the model's 150 MB are given back; default 2 min. */
  idle?: number;
  /** Milliseconds that one call may take, loading included; default 2 min. */
  timeout?: number;
  /** Starts the worker; a test may have it fail. */
  start?: () => Worker;
}

interface Waiting {
  resolve(vectors: Float32Array[]): void;
  reject(error: Error): void;
  timer: ReturnType<typeof setTimeout>;
}

/**
 * The Universal Sentence Encoder in a worker that starts with the first text and ends when it has been idle. Where the
 * runtime has no workers it runs on this thread.
 */
export function createSentenceEncoder(
  { idle = 2 * MINUTE, timeout = 2 * MINUTE, start = startWorker }:
    SentenceEncoderOptions = {},
): Embedder {
  let worker: Worker | undefined;
  /** Whether this runtime has workers that run; taken for granted until one does not. */
  let workers = typeof Worker === "function";
  let answered = false;
  let here: Promise<(texts: readonly string[]) => Promise<Float32Array[]>>;
  let ids = 0;
  let resting: ReturnType<typeof setTimeout> | undefined;
  const waiting = new Map<number, Waiting>();

  function settle(id: number, with_: (waiter: Waiting) => void) {
    const waiter = waiting.get(id);
    if (!waiter) return;
    waiting.delete(id);
    clearTimeout(waiter.timer);
    with_(waiter);
    if (waiting.size === 0 && worker) {
      resting = setTimeout(close, idle);
      Deno.unrefTimer(resting);
    }
  }

  function fail(error: Error) {
    for (const id of [...waiting.keys()]) {
      settle(id, ({ reject }) => reject(error));
    }
  }

  function close() {
    clearTimeout(resting);
    worker?.terminate();
    worker = undefined;
    fail(new EmbedderUnavailable("The model was put away"));
  }

  function listen(started: Worker): Worker {
    started.onmessage = ({ data }: MessageEvent<Answered>) => {
      answered = true;
      settle(data.id, ({ resolve, reject }) => {
        if ("vectors" in data) resolve(data.vectors);
        else {
          reject(
            data.broken
              ? new EmbedderUnavailable(data.error)
              : new Error(data.error),
          );
        }
      });
    };
    started.onerror = (event) => {
      // Else it would end the process.
      event.preventDefault();
      if (!answered) workers = false;
      fail(new EmbedderUnavailable(event.message));
      close();
    };
    return started;
  }

  async function ask(texts: readonly string[]): Promise<Float32Array[]> {
    clearTimeout(resting);
    try {
      worker ??= listen(start());
    } catch (cause) {
      workers = false;
      throw new EmbedderUnavailable("There are no workers", { cause });
    }
    const id = ++ids;
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        settle(
          id,
          ({ reject }) => reject(new Error("Embedding took too long")),
        );
        close();
      }, timeout);
      waiting.set(id, { resolve, reject, timer });
      worker!.postMessage({ id, texts: [...texts] } satisfies Asked);
    });
  }

  return {
    name: "use-lite-1",
    dimensions: 512,
    async embed(texts) {
      if (texts.length === 0) return [];
      if (workers) {
        try {
          return await ask(texts);
        } catch (error) {
          // A runtime that has the name, but not the thing: then on this thread.
          if (workers) throw error;
        }
      }
      here ??= import("./model.ts").then(({ loadModel }) => loadModel());
      const embed = await here.catch((cause) => {
        throw new EmbedderUnavailable("The model cannot be loaded", { cause });
      });
      return await embed(texts);
    },
    close,
  };
}

function startWorker(): Worker {
  return new Worker(new URL("./worker.ts", import.meta.url), {
    type: "module",
    name: "sentence encoder",
  });
}
