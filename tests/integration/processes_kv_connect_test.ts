/** One contract, walked on a local store and over KV Connect: whoever passes here can stand in for the other. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { startKvConnectServer } from "../support/kv_connect_server.ts";
import { KvStoreProcess, openRemoteKv } from "../support/kv_store_process.ts";
import { waitFor, within } from "../support/wait.ts";

interface Stores extends AsyncDisposable {
  /** Two handles on one store. */
  a: Deno.Kv;
  b: Deno.Kv;
}

const KINDS: Record<string, () => Promise<Stores>> = {
  async local() {
    const kv = await Deno.openKv(":memory:");
    return {
      a: kv,
      b: kv,
      [Symbol.asyncDispose]: () => Promise.resolve(kv.close()),
    };
  },
  async "KV Connect"() {
    const server = await startKvConnectServer();
    const a = await openRemoteKv(server.url);
    const b = await openRemoteKv(server.url);
    return {
      a,
      b,
      async [Symbol.asyncDispose]() {
        a.close();
        b.close();
        await server.close();
      },
    };
  },
};

const CONTRACT: Record<string, (stores: Stores) => Promise<void>> = {
  async "gives back every kind of value under every kind of key"({ a, b }) {
    const rows: [Deno.KvKey, unknown][] = [
      [["text", "grün"], "ä"],
      [["bytes", new Uint8Array([0, 255, 0])], new Uint8Array([0, 1, 255])],
      [["number", -1.5], { nested: [1, new Date(5), new Map([["k", 1n]])] }],
      [["number", 20n], undefined],
      [["boolean", false], null],
      [["boolean", true], new Deno.KvU64(7n)],
      [["zero\u0000inside"], true],
    ];
    for (const [key, value] of rows) assert((await a.set(key, value)).ok);
    for (const [key, value] of rows) {
      assertEquals((await b.get(key)).value, value);
      assertEquals((await b.get(key)).key, key);
    }
    const many = await b.getMany(rows.map(([key]) => key));
    assertEquals(many.map((entry) => entry.value), rows.map(([, v]) => v));
    assertEquals((await b.get(["absent"])).versionstamp, null);
  },

  async "lists ranges in key order, forwards, backwards, in pages"({ a, b }) {
    const atomic = a.atomic();
    for (let n = 0; n < 250; n++) atomic.set(["row", n], n);
    await atomic.set(["rox"], -1).set(["roe"], -1).commit();
    const numbers = async (
      selector: Deno.KvListSelector,
      options?: Deno.KvListOptions,
    ) => {
      const entries = await Array.fromAsync(b.list<number>(selector, options));
      return entries.map((entry) => entry.value);
    };
    const all = Array.from({ length: 250 }, (_, n) => n);
    assertEquals(await numbers({ prefix: ["row"] }), all);
    assertEquals(
      await numbers({ prefix: ["row"] }, { reverse: true, batchSize: 33 }),
      all.toReversed(),
    );
    assertEquals(
      await numbers({ start: ["row", 10], end: ["row", 20] }),
      all.slice(10, 20),
    );
    assertEquals(
      await numbers({ prefix: ["row"], start: ["row", 200] }, { limit: 3 }),
      [200, 201, 202],
    );
    const page = b.list<number>({ prefix: ["row"] }, { limit: 2 });
    await page.next();
    await page.next();
    await page.next();
    assertEquals(
      await numbers({ prefix: ["row"] }, { limit: 2, cursor: page.cursor }),
      [2, 3],
    );
  },

  async "commits everything or nothing, as the checks say"({ a, b }) {
    const first = await a.set(["row"], 1);
    const stale = await b.atomic()
      .check({ key: ["row"], versionstamp: null })
      .set(["row"], 2).set(["other"], 2).commit();
    assert(!stale.ok);
    assertEquals((await a.get(["row"])).value, 1);
    assertEquals((await a.get(["other"])).value, null);
    const fresh = await b.atomic()
      .check({ key: ["row"], versionstamp: first.versionstamp })
      .check({ key: ["other"], versionstamp: null })
      .set(["other"], 2).delete(["row"]).commit();
    assert(fresh.ok);
    assertEquals((await a.get(["row"])).versionstamp, null);
    assertEquals((await a.get(["other"])).versionstamp, fresh.versionstamp);
    assert(fresh.versionstamp > first.versionstamp);
  },

  async "lets exactly one of many writers of the same version win"({ a, b }) {
    const { versionstamp } = await a.set(["row"], 0);
    const results = await Promise.all(
      Array.from(
        { length: 20 },
        (_, n) =>
          (n % 2 ? a : b).atomic().check({ key: ["row"], versionstamp })
            .set(["row"], n).commit(),
      ),
    );
    assertEquals(results.filter((result) => result.ok).length, 1);
  },

  async "sums, takes the smaller and the larger"({ a, b }) {
    await Promise.all(
      Array.from(
        { length: 40 },
        (_, n) => (n % 2 ? a : b).atomic().sum(["n"], 3n).commit(),
      ),
    );
    assertEquals((await b.get(["n"])).value, new Deno.KvU64(120n));
    await b.atomic().max(["n"], 500n).min(["m"], 9n).commit();
    await b.atomic().max(["n"], 2n).min(["m"], 4n).commit();
    assertEquals((await a.get(["n"])).value, new Deno.KvU64(500n));
    assertEquals((await a.get(["m"])).value, new Deno.KvU64(4n));
  },

  async "keeps a row whose time has not come"({ a, b }) {
    await a.set(["row"], 1, { expireIn: 3_600_000 });
    assertEquals((await b.get(["row"])).value, 1);
  },

  async "tells watchers of each handle the newest value"({ a, b }) {
    await a.set(["seen"], 0);
    const values = new Map<string, unknown[]>();
    const readers = [["a", a], ["b", b]] as const;
    const watches = readers.map(([name, kv]) => {
      const reader = kv.watch([["seen"], ["untouched"]]).getReader();
      const got: unknown[] = [];
      values.set(name, got);
      const over = (async () => {
        while (true) {
          const { done, value } = await reader.read();
          if (done) return;
          got.push(value[0]!.value);
          assertEquals(value[1]!.versionstamp, null);
        }
      })();
      return { reader, over };
    });
    await waitFor(
      () => [...values.values()].every((got) => got.length > 0),
      { what: "both watches to begin" },
    );
    for (let n = 1; n <= 20; n++) await a.set(["seen"], n);
    await waitFor(
      () => [...values.values()].every((got) => got.at(-1) === 20),
      { what: "the last value on both watches" },
    );
    for (const got of values.values()) {
      assertEquals(got, got.toSorted((x, y) => Number(x) - Number(y)));
    }
    for (const { reader } of watches) await reader.cancel();
    await Promise.all(watches.map(({ over }) => over));
  },

  async "refuses what is too large"({ a }) {
    await assertRejects(() => a.set(["big"], new Uint8Array(65_537)));
    await assertRejects(() => a.set(["k".repeat(2_100)], 1));
    await assertRejects(() => a.set(["big"], "x".repeat(70_000)));
    assertEquals((await a.get(["big"])).versionstamp, null);
    assert((await a.set(["fits"], new Uint8Array(65_000))).ok);
  },
};

for (const [kind, open] of Object.entries(KINDS)) {
  for (const [name, check] of Object.entries(CONTRACT)) {
    Deno.test(`${kind}: ${name}`, async () => {
      await using stores = await open();
      await check(stores);
    });
  }
}

Deno.test("KV Connect: a wrong token is refused", async () => {
  const server = await startKvConnectServer({ token: "another" });
  try {
    await assertRejects(() => openRemoteKv(server.url), TypeError, "401");
  } finally {
    await server.close();
  }
});

Deno.test("KV Connect: a killed store keeps what it acknowledged, and clients go on", async () => {
  const directory = await Deno.makeTempDir();
  try {
    await using store = await KvStoreProcess.start(`${directory}/kv.db`);
    const kv = await openRemoteKv(store.url);
    await kv.set(["before"], 1);
    const watch = kv.watch([["after"]]).getReader();
    assertEquals((await watch.read()).value![0].value, null);

    await store.kill();
    const during = kv.set(["after"], 2);
    await store.restart();
    assert((await within(20_000, "a set over an outage", during)).ok);
    assertEquals((await kv.get(["before"])).value, 1);
    const seen = await within(
      20_000,
      "the watch to come back",
      (async () => {
        while (true) {
          const { value } = await watch.read();
          if (value![0].value === 2) return true;
        }
      })(),
    );
    assert(seen);
    await watch.cancel();
    kv.close();
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("KV Connect: a stalled store answers late, nothing is lost", async () => {
  const directory = await Deno.makeTempDir();
  try {
    await using store = await KvStoreProcess.start(`${directory}/kv.db`);
    const kv = await openRemoteKv(store.url);
    await kv.set(["row"], 0);
    store.stall();
    let answered = false;
    const late = kv.set(["row"], 1).then(() => answered = true);
    await assertRejects(() => within(300, "an answer", late));
    assert(!answered);
    store.resume();
    await within(10_000, "the answer", late);
    assertEquals((await kv.get(["row"])).value, 1);
    kv.close();
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
