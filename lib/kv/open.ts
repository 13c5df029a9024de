import { dirname } from "node:path";
import { NexoraError } from "../errors.ts";
import { backoff, delay } from "./commit.ts";
import { withDeadline } from "./deadline.ts";

/** The handles of one store. */
export interface Store {
  kv: Deno.Kv;
  /**
   * Where watches run. A remote handle is one HTTP/2 connection and each watch pins a stream of it (about 200 watches
   * block every other call, measured), so a remote store gets a second handle; a local one shares the first.
   */
  watchKv: Deno.Kv;
  remote: boolean;
  close(): void;
}

/** During an outage of a remote store calls hang without a time-out of their own. */
const REMOTE_DEADLINE_MS = 5_000;

/** As long as one waits for a file that somebody else is opening or closing, in milliseconds. */
const OPEN_WAIT_MS = 15_000;

/**
 * Opens the store.
 *
 * @param path SQLite file (its folder is made), `:memory:`, `http(s)://` of a KV Connect server, or `undefined` for
 * the database that the platform assigns
 * @param wait milliseconds to wait for a file that is locked
 * @throws {NexoraError} `store_unavailable` when the file is still locked after `wait`
 */
export async function openStore(
  path: string | undefined,
  wait = OPEN_WAIT_MS,
): Promise<Store> {
  const remote = path === undefined
    ? Deno.env.get("DENO_DEPLOY") !== undefined
    : /^https?:\/\//.test(path);
  if (path !== undefined && path !== ":memory:" && !remote) {
    await Deno.mkdir(dirname(path), { recursive: true });
  }
  const raw = await openPatiently(path, wait);
  const rawWatch = remote ? await openPatiently(path, wait) : raw;
  return {
    kv: remote ? withDeadline(raw, REMOTE_DEADLINE_MS) : raw,
    watchKv: rawWatch,
    remote,
    close() {
      raw.close();
      if (remote) rawWatch.close();
    },
  };
}

/**
 * `Deno.openKv`, tried again while SQLite says that the file is locked. Opening switches the file to WAL and makes the
 * tables, and closing the last handle removes the WAL: both take locks for which SQLite does not wait (no busy handler),
 * so of eight processes that open one new file at once about one in 250 fails (measured). Nothing is written before
 * that, so trying again is safe.
 */
async function openPatiently(
  path: string | undefined,
  wait: number,
): Promise<Deno.Kv> {
  const end = performance.now() + wait;
  for (let attempt = 0;; attempt++) {
    try {
      return await Deno.openKv(path);
    } catch (error) {
      if (!isLocked(error)) throw error;
      if (performance.now() >= end) {
        throw new NexoraError(
          "store_unavailable",
          `The database ${path} stayed locked for ${
            Math.round(wait / 1_000)
          } s: another program holds it`,
          { cause: error },
        );
      }
      await delay(10 + backoff(attempt, 20, 500));
    }
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && /\b(locked|busy)\b/i.test(error.message);
}
