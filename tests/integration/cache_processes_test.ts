import { assertEquals } from "@std/assert";
import { createCache, defineKind } from "../../lib/cache/mod.ts";
import { openStore } from "../../lib/kv/mod.ts";
import { ROOT } from "../support/app.ts";
import { Child } from "../support/child.ts";
import { startKvConnectServer } from "../support/kv_connect_server.ts";
import { waitFor } from "../support/wait.ts";

const TOKEN = "cache-processes";
const keyOf = defineKind<string>({ name: "shared", version: 1, ttl: 60_000 });

/** Counts loads; answers `/` when it is told to, `/start` when all processes are there. */
function loaderServer() {
  const start = Promise.withResolvers<void>();
  const open = Promise.withResolvers<void>();
  let loads = 0;
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async ({ url }) => {
      if (url.endsWith("/start")) {
        await start.promise;
        return new Response("go");
      }
      const n = ++loads;
      await open.promise;
      return new Response(`load-${n}`);
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    get loads() {
      return loads;
    },
    start: start.resolve,
    open: open.resolve,
    close: () => server.shutdown(),
  };
}

async function world(
  test: (
    spawn: (n: number) => Child,
    loader: ReturnType<typeof loaderServer>,
    storeUrl: string,
  ) => Promise<void>,
) {
  const store = await startKvConnectServer({ token: TOKEN });
  const loader = loaderServer();
  const children: Child[] = [];
  try {
    await test(
      (n) => {
        const child = new Child({
          args: [
            "run",
            "-A",
            "tests/support/cache_worker.ts",
            store.url,
            loader.url,
            String(n),
          ],
          cwd: ROOT,
          env: { DENO_KV_ACCESS_TOKEN: TOKEN },
        });
        children.push(child);
        return child;
      },
      loader,
      store.url,
    );
  } finally {
    loader.start();
    loader.open();
    await Promise.all(children.map((child) => child.stop()));
    await loader.close();
    await store.close();
  }
}

Deno.test("ten thousand misses at once in five processes call the loader once; a deletion reaches all", async () => {
  await world(async (spawn, loader, storeUrl) => {
    const processes = Array.from({ length: 5 }, () => spawn(2_000));
    await Promise.all(processes.map((child) => child.printed(/ready/)));
    loader.start();
    await waitFor(() => loader.loads > 0, { what: "the load" });
    loader.open();
    for (const child of processes) {
      const [, values] = await child.printed(/values (\S+)/);
      assertEquals(values, "load-1");
      await child.printed(/now load-1/);
    }
    assertEquals(loader.loads, 1);

    Deno.env.set("DENO_KV_ACCESS_TOKEN", TOKEN);
    const store = await openStore(storeUrl);
    const cache = createCache({
      kv: store.kv,
      watchKv: store.watchKv,
      now: Date.now,
      newId: () => crypto.randomUUID(),
    });
    await cache.delete(keyOf("hot"));
    for (const child of processes) await child.printed(/now undefined/);
    await cache.close();
    store.close();
  });
});

Deno.test("when the loading process is killed, another loads", async () => {
  await world(async (spawn, loader) => {
    const doomed = spawn(10);
    await doomed.printed(/ready/);
    loader.start();
    await waitFor(() => loader.loads === 1, { what: "the first load" });
    const heir = spawn(10);
    await heir.printed(/ready/);
    await doomed.stop("SIGKILL");
    loader.open();
    const [, values] = await heir.printed(/values (\S+)/);
    assertEquals(values, "load-2");
    assertEquals(loader.loads, 2);
  });
});
