import { queueContract } from "../unit/queue/contract.ts";
import { startKvConnectServer } from "../support/kv_connect_server.ts";

async function remoteStore() {
  const token = "queue-contract";
  const server = await startKvConnectServer({ token });
  Deno.env.set("DENO_KV_ACCESS_TOKEN", token);
  return {
    // A handle of its own each, as processes have; no store offers queues over KV Connect.
    openKv: () => Deno.openKv(server.url),
    close: () => server.close(),
  };
}

queueContract({ name: "KV Connect", native: undefined, open: remoteStore });
