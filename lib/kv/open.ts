import { dirname } from "node:path";
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

/**
 * Opens the store.
 *
 * @param path SQLite file (its folder is made), `:memory:`, `http(s)://` of a KV Connect server, or `undefined` for
 * the database that the platform assigns
 */
export async function openStore(path: string | undefined): Promise<Store> {
  const remote = path === undefined
    ? Deno.env.get("DENO_DEPLOY") !== undefined
    : /^https?:\/\//.test(path);
  if (path !== undefined && path !== ":memory:" && !remote) {
    await Deno.mkdir(dirname(path), { recursive: true });
  }
  const raw = await Deno.openKv(path);
  const rawWatch = remote ? await Deno.openKv(path) : raw;
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
