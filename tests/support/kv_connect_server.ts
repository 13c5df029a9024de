/**
 * A KV Connect store for tests: `Deno.openKv("http://127.0.0.1:…")` of several processes share it. Run directly, it
 * is a process of its own, which can be killed, stopped and started again on the same `--path`:
 *
 *     deno run -A tests/support/kv_connect_server.ts --path store.db --port 8240
 */
import { parseArgs } from "node:util";
import { startKvConnectServer } from "./kv_connect/server.ts";

export {
  type KvConnectOptions,
  type KvConnectServer,
  startKvConnectServer,
} from "./kv_connect/server.ts";

if (import.meta.main) {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      path: { type: "string" },
      port: { type: "string" },
      token: { type: "string" },
    },
  });
  const server = await startKvConnectServer({
    path: values.path,
    port: values.port === undefined ? undefined : Number(values.port),
    token: values.token,
  });
  console.log(`KV Connect on ${server.url}`);
}
