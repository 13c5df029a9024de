import { assert, assertEquals, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import fc from "fast-check";
import {
  type BlobBodies,
  type Blobs,
  createBlobs,
  kvBodies,
  registerBlobJobs,
  s3Bodies,
  serveBlob,
  sniffImage,
} from "../../../lib/blobs/mod.ts";
import { CHUNK } from "../../../lib/blobs/kv_bodies.ts";
import { HOUR } from "../../../lib/clock.ts";
import { NexoraError } from "../../../lib/errors.ts";
import { keys } from "../../../lib/kv/mod.ts";
import { startS3Server } from "../../support/s3_server.ts";
import { openDeps, type TestDeps } from "../../support/open_deps.ts";

interface World extends AsyncDisposable {
  deps: TestDeps;
  blobs: Blobs;
  bodies: BlobBodies;
  /** Contents that are stored, whole or in part. */
  left(): Promise<number>;
}

async function kvWorld(): Promise<World> {
  const deps = await openDeps();
  const bodies = kvBodies(deps);
  return {
    ...worldOf(deps, bodies),
    left: async () =>
      new Set(
        await Array.fromAsync(
          deps.kv.list({ prefix: ["blobChunks"] }),
          ({ key }) => key[1],
        ),
      ).size,
    [Symbol.asyncDispose]: () => deps[Symbol.asyncDispose](),
  };
}

async function s3World(): Promise<World> {
  const deps = await openDeps();
  const server = startS3Server();
  return {
    ...worldOf(deps, s3Bodies(server.options)),
    left: () => Promise.resolve(server.objects.size + server.uploads.size),
    async [Symbol.asyncDispose]() {
      await deps[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

function worldOf(deps: TestDeps, bodies: BlobBodies) {
  registerBlobJobs(deps.queue, { kv: deps.kv, bodies: [bodies] });
  return { deps, bodies, blobs: createBlobs({ ...deps, bodies }) };
}

function bytesOf(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let state = seed;
  for (let i = 0; i < size; i++) {
    state = Math.imul(state, 1664525) + 1013904223 | 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** In chunks of uneven size, as they come from a network. */
function streamOf(bytes: Uint8Array, step = 7_001): ReadableStream<Uint8Array> {
  return ReadableStream.from((function* () {
    for (let i = 0; i < bytes.length; i += step) {
      yield bytes.slice(i, i + step);
    }
  })());
}

const whole = async (stream: ReadableStream<Uint8Array>) =>
  new Uint8Array(await new Response(stream as BodyInit).arrayBuffer());
const sha256 = (bytes: Uint8Array) =>
  createHash("sha256").update(bytes).digest("hex");

for (const [name, open] of [["kv", kvWorld], ["s3", s3World]] as const) {
  Deno.test(`${name}: what was put comes back, whole and in ranges`, async () => {
    await using world = await open();
    const { blobs } = world;
    const sizes = [0, 1, CHUNK, CHUNK + 1, 11 * CHUNK, 5 * 1024 * 1024];
    for (const size of [...sizes, 5 * 1024 * 1024 + 17]) {
      const bytes = bytesOf(size);
      const info = await blobs.put(
        { key: `test/${size}`, type: "text/plain", name: "a b.txt" },
        streamOf(bytes, 63_001),
      );
      assertEquals(info.size, size);
      assertEquals(info.sha256, sha256(bytes));
      assertEquals(await blobs.head(`test/${size}`), info);
      assertEquals(sha256(await whole(blobs.open(info))), info.sha256);
      for (const [from, to] of [[0, 0], [CHUNK - 1, CHUNK], [5, size - 1]]) {
        if (to! >= size || from! > to!) continue;
        assertEquals(
          sha256(await whole(blobs.open(info, { from: from!, to: to! }))),
          sha256(bytes.slice(from, to! + 1)),
        );
      }
    }
  });

  Deno.test(`${name}: a file over the limit is refused, a stream that breaks is an error; nothing is left`, async () => {
    await using world = await open();
    const { blobs } = world;
    for (const size of [2_000, 6 * 1024 * 1024]) {
      const error = await assertRejects(
        () =>
          blobs.put(
            { key: "big", type: "text/plain", limit: size - 1 },
            streamOf(bytesOf(size)),
          ),
        NexoraError,
      );
      assertEquals(error.code, "too_large");
      await assertRejects(() =>
        blobs.put(
          { key: "big", type: "text/plain" },
          ReadableStream.from((async function* () {
            yield bytesOf(size);
            await Promise.resolve();
            throw new Error("the line went dead");
          })()),
        )
      );
    }
    assertEquals(await blobs.head("big"), null);
    assertEquals(await world.left(), 0);
  });

  Deno.test(`${name}: replaced and deleted contents go when their readers are done, staged ones after an hour`, async () => {
    await using world = await open();
    const { blobs, deps } = world;
    deps.queue.start();
    const settle = async () => {
      deps.clock.advance(2 * HOUR);
      await deps.queue.drain(2_000);
    };
    const first = await blobs.put({ key: "k", type: "a/b" }, bytesOf(100));
    await blobs.put({ key: "k", type: "a/b" }, bytesOf(200));
    // Somebody still reads the first.
    assertEquals((await whole(blobs.open(first))).length, 100);
    await blobs.stage({ key: "k", type: "a/b" }, bytesOf(300));
    assertEquals(await world.left(), 3);
    await settle();
    assertEquals(await world.left(), 1);
    assertEquals((await blobs.head("k"))!.size, 200);
    assertEquals(await blobs.delete("k"), true);
    assertEquals(await blobs.delete("k"), false);
    await settle();
    assertEquals(await world.left(), 0);
  });
}

Deno.test("s3: a store that fails for a moment is asked again, one that goes on is named", async () => {
  await using server = startS3Server();
  const bodies = s3Bodies(server.options);
  server.fail(2);
  await bodies.write("a b/c", "text/plain", streamOf(bytesOf(10)));
  assertEquals(
    (await whole(bodies.read("a b/c", { from: 0, to: 9 }))).length,
    10,
  );
  const stranger = s3Bodies({ ...server.options, secretAccessKey: "wrong" });
  const error = await assertRejects(
    () => stranger.write("x", "text/plain", streamOf(bytesOf(1))),
    NexoraError,
  );
  assertEquals(error.code, "store_unavailable");
  assert(!error.message.includes("Signature"));
});

Deno.test("a content of 25 MB passes through bounded memory", async () => {
  await using world = await kvWorld();
  const part = bytesOf(64_000);
  const info = await world.blobs.put(
    { key: "video", type: "video/mp4" },
    ReadableStream.from((function* () {
      for (let i = 0; i < 390; i++) yield part;
    })()),
  );
  assertEquals(info.size, 24_960_000);
  let size = 0;
  let largest = 0;
  for await (const chunk of world.blobs.open(info)) {
    size += chunk.length;
    largest = Math.max(largest, chunk.length);
  }
  assertEquals(size, info.size);
  assert(largest <= CHUNK);
  assertEquals((await world.deps.kv.get(keys.blob("video"))).value, info);
});

Deno.test("served: sandboxed, typed by what it is, with tags and ranges as HTTP has them", async () => {
  await using world = await kvWorld();
  const { blobs } = world;
  const bytes = bytesOf(1_000);
  const picture = await blobs.put({ key: "p", type: "image/png" }, bytes);
  const page = await blobs.put(
    { key: "h", type: "text/html", name: 'Zoë "1".html' },
    bytes,
  );
  const get = (headers: HeadersInit = {}, method = "GET", info = picture) =>
    serveBlob(new Request("http://x/", { headers, method }), blobs, info, {
      cache: "public",
      immutable: true,
    });
  const plain = get();
  assertEquals(plain.headers.get("content-type"), "image/png");
  assertEquals(
    plain.headers.get("cache-control"),
    "public, max-age=31536000, immutable",
  );
  assert(plain.headers.get("content-security-policy")!.includes("sandbox"));
  assertEquals(plain.headers.get("x-content-type-options"), "nosniff");
  assertEquals(await whole(plain.body!), bytes);
  const etag = plain.headers.get("etag")!;
  assertEquals(get({ "if-none-match": `"x", W/${etag}` }).status, 304);
  assertEquals((await get({}, "HEAD").text()).length, 0);

  const html = get({}, "GET", page);
  assertEquals(html.headers.get("content-type"), "application/octet-stream");
  assertEquals(
    html.headers.get("content-disposition"),
    `attachment; filename="Zo_ _1_.html"; filename*=UTF-8''Zo%C3%AB%20%221%22.html`,
  );
  await html.body?.cancel();

  assertEquals(get({ range: "bytes=1000-" }).status, 416);
  assertEquals(get({ range: "bytes=-0" }).status, 416);
  const other = get({ range: "bytes=0-1", "if-range": '"other"' });
  assertEquals(other.status, 200);
  await other.body?.cancel();
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 999 }),
      fc.integer({ min: 0, max: 1_200 }),
      async (from, length) => {
        const answer = get({ range: `bytes=${from}-${from + length}` });
        const to = Math.min(999, from + length);
        assertEquals(answer.status, 206);
        assertEquals(
          answer.headers.get("content-range"),
          `bytes ${from}-${to}/1000`,
        );
        assertEquals(await whole(answer.body!), bytes.slice(from, to + 1));
      },
    ),
    { numRuns: 50 },
  );
});

Deno.test("a picture is what its bytes say", async () => {
  const png = Uint8Array.fromBase64(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  );
  assertEquals(await sniffImage(png), {
    type: "image/png",
    width: 1,
    height: 1,
  });
  const huge = png.slice();
  new DataView(huge.buffer).setUint32(16, 60_000);
  const svg = new TextEncoder().encode(
    "<svg xmlns='http://www.w3.org/2000/svg'/>",
  );
  for (const bad of [huge, svg, new Uint8Array(), png.slice(0, 12)]) {
    const error = await assertRejects(() => sniffImage(bad), NexoraError);
    assertEquals(error.code, "unsupported_media_type");
  }
});
