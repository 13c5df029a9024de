import {
  decodeAtomicWrite,
  decodeSnapshotRead,
  decodeWatch,
  encodeAtomicWrite,
  encodeSnapshotRead,
  encodeWatch,
  WRITE_STATUS,
} from "./schema.ts";
import { WireStore } from "./store.ts";

/** A running store. */
export interface KvConnectServer {
  /** For `Deno.openKv(url)`; the client's `DENO_KV_ACCESS_TOKEN` has to be the server's token. */
  url: string;
  port: number;
  /** Drops every connection and closes the database. */
  close(): Promise<void>;
}

export interface KvConnectOptions {
  /** SQLite path of the database behind it; default `:memory:`. */
  path?: string;
  /** Default: a free one. */
  port?: number;
  /** What clients have to show; default `nexora-test`. */
  token?: string;
}

const DATABASE_ID = "6f0c3c1e-2b7a-4b61-9a65-0f9a0d5e7c11";

/** Serves KV Connect, protocol 3, on the loopback address. Queues do not exist over it, as with `denokv`. */
export async function startKvConnectServer(
  options: KvConnectOptions = {},
): Promise<KvConnectServer> {
  const { path = ":memory:", port = 0, token = "nexora-test" } = options;
  const kv = await Deno.openKv(path);
  const store = new WireStore(kv);
  const stop = new AbortController();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port, signal: stop.signal, onListen: () => {} },
    (request) => answer(request, store, token, stop.signal),
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    port: server.addr.port,
    async close() {
      stop.abort();
      await server.finished;
      kv.close();
    },
  };
}

async function answer(
  request: Request,
  store: WireStore,
  token: string,
  stop: AbortSignal,
): Promise<Response> {
  if (request.method !== "POST") return refuse(405, "Only POST");
  if (request.headers.get("authorization") !== `Bearer ${token}`) {
    return refuse(401, "The access token is wrong");
  }
  const { pathname } = new URL(request.url);
  try {
    if (pathname === "/") return await metadata(request, token);
    switch (pathname) {
      case "/v3/snapshot_read": {
        const { ranges } = decodeSnapshotRead(await request.bytes());
        return protobuf(encodeSnapshotRead(await store.read(ranges)));
      }
      case "/v3/atomic_write":
        return writeAnswer(request, store);
      case "/v3/watch": {
        const keys = decodeWatch(await request.bytes()).keys.map(({ key }) =>
          key
        );
        const over = AbortSignal.any([stop, request.signal]);
        return new Response(
          store.watch(keys, over).pipeThrough(
            new TransformStream({
              transform: (entries, controller) =>
                controller.enqueue(framed(encodeWatch(entries))),
            }),
          ),
          { headers: { "content-type": "application/octet-stream" } },
        );
      }
    }
    return refuse(404, "No such endpoint");
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return refuse(isPassing(error) ? 503 : 400, message);
  }
}

/**
 * Begins the answer before the body has come. Deno's client writes a body of more than a kilobyte after the headers,
 * with Nagle's algorithm on; the server's first bytes carry the acknowledgement that it waits for, else each such
 * write takes the 40 ms of a delayed one.
 */
function writeAnswer(request: Request, store: WireStore): Response {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async start(controller) {
      controller.enqueue(await write(await request.bytes(), store));
      controller.close();
    },
  });
  return new Response(body, {
    headers: { "content-type": "application/x-protobuf" },
  });
}

async function write(
  body: Uint8Array,
  store: WireStore,
): Promise<Uint8Array<ArrayBuffer>> {
  const { checks, mutations, enqueues } = decodeAtomicWrite(body);
  // The status is out already: what cannot be done is told in the message.
  if (enqueues.length) {
    return encodeAtomicWrite({ status: WRITE_STATUS.unspecified });
  }
  try {
    const done = await store.write(checks, mutations);
    return encodeAtomicWrite(
      "failed" in done
        ? { status: WRITE_STATUS.checkFailure, failedChecks: done.failed }
        : { status: WRITE_STATUS.success, versionstamp: done.versionstamp },
    );
  } catch (error) {
    // A locked database passes, so the connection breaks and the client tries again. Else the write is at fault.
    if (isPassing(error)) throw error;
    return encodeAtomicWrite({ status: WRITE_STATUS.unspecified });
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof Error && /locked|busy/i.test(error.message);
}

async function metadata(request: Request, token: string): Promise<Response> {
  const { supportedVersions = [1] } = await request.json();
  if (!supportedVersions.includes(3)) {
    return refuse(400, "This server speaks version 3");
  }
  return Response.json({
    version: 3,
    databaseId: DATABASE_ID,
    endpoints: [{ url: "/v3", consistency: "strong" }],
    token,
    expiresAt: new Date(Date.now() + 24 * 3_600_000).toISOString(),
  });
}

function framed(message: Uint8Array): Uint8Array {
  const frame = new Uint8Array(4 + message.length);
  new DataView(frame.buffer).setUint32(0, message.length, true);
  frame.set(message, 4);
  return frame;
}

function protobuf(body: Uint8Array<ArrayBuffer>): Response {
  return new Response(body, {
    headers: { "content-type": "application/x-protobuf" },
  });
}

function refuse(status: number, message: string): Response {
  return new Response(message, { status });
}
