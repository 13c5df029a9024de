/** What admins see and do over HTTP, and that nobody else does. */
import { assert, assertEquals } from "@std/assert";
import { AppProcess, CREDENTIALS, type SignedIn } from "../support/app.ts";
import { openSocket } from "../support/socket.ts";
import { waitFor } from "../support/wait.ts";
import type {
  SeenEvent,
  SeenEvents,
  Snapshot,
} from "../../lib/realtime/inspect_types.ts";

const received: { headers: Headers; body: string }[] = [];
let answer = 200;
const hooks = Deno.serve(
  { port: 0, hostname: "127.0.0.1", onListen: () => {} },
  async (request) => {
    received.push({ headers: request.headers, body: await request.text() });
    return new Response(null, { status: answer });
  },
);
const HOOK = `http://127.0.0.1:${hooks.addr.port}`;

const directory = await Deno.makeTempDir();
const app = await AppProcess.start({
  kvPath: `${directory}/kv.db`,
  isolates: 2,
  env: {
    WEBHOOKS: JSON.stringify([
      { id: "set-outside", url: `${HOOK}/outside`, types: ["cache_miss"] },
    ]),
  },
});
globalThis.addEventListener("unload", () => {
  app.killAtExit();
  Deno.removeSync(directory, { recursive: true });
});
const admin = await app.signIn("demo-admin");
const member = await app.signIn("demo-member");
const owner = await app.signIn("demo-owner");

async function ask(
  who: SignedIn | null,
  path: string,
  init: Parameters<SignedIn["fetch"]>[1] = {},
) {
  const response = who
    ? await who.fetch(path, init)
    : await fetch(app.origin + path, {
      method: init.method,
      redirect: "manual",
      headers: { origin: app.origin, "content-type": "application/json" },
      body: init.json === undefined ? null : JSON.stringify(init.json),
    });
  const text = await response.text();
  const type = response.headers.get("content-type") ?? "";
  return {
    status: response.status,
    location: response.headers.get("location"),
    type,
    text,
    body: /json/.test(type) ? JSON.parse(text) : null,
  };
}

/** A member's socket, in a channel. */
async function join(who: SignedIn, channel: string) {
  const socket = openSocket(
    `${app.origin}/app/${CREDENTIALS.key}?protocol=7&client=js&version=8.6.0`,
    { cookie: who.cookie, origin: app.origin },
  );
  const frames: { event: string; channel?: string; data: string }[] = [];
  const state = { closed: 0 };
  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(data);
    frames.push(frame);
    if (frame.event === "pusher:connection_established") {
      socket.send(
        JSON.stringify({ event: "pusher:subscribe", data: { channel } }),
      );
    }
  };
  socket.onclose = ({ code }) => state.closed = code;
  await waitFor(
    () =>
      frames.some((f) => f.event === "pusher_internal:subscription_succeeded"),
    { what: `to be in ${channel}` },
  );
  return { socket, frames, state };
}

async function leave({ socket, state }: Awaited<ReturnType<typeof join>>) {
  socket.close();
  await waitFor(() => state.closed, { what: "the socket to be closed" });
}

/** Reads an admin's stream until it is told to stop. */
async function watch() {
  const abort = new AbortController();
  const response = await admin.fetch("/api/admin/live/stream", {
    signal: abort.signal,
  });
  assertEquals(response.status, 200);
  assertEquals(
    response.headers.get("content-type"),
    "text/event-stream; charset=utf-8",
  );
  const snapshots: Snapshot[] = [];
  const events: SeenEvent[] = [];
  const done = (async () => {
    let rest = "";
    try {
      for await (
        const text of response.body!.pipeThrough(new TextDecoderStream())
      ) {
        const parts = (rest + text).split("\n\n");
        rest = parts.pop()!;
        for (const part of parts) {
          const name = /^event: (.*)$/m.exec(part)?.[1];
          const data = JSON.parse(/^data: (.*)$/m.exec(part)?.[1] ?? "null");
          if (name === "snapshot") snapshots.push(data);
          if (name === "events") events.push(...(data as SeenEvents).events);
        }
      }
    } catch (error) {
      if (!abort.signal.aborted) throw error;
    }
  })();
  return {
    snapshots,
    events,
    async [Symbol.asyncDispose]() {
      abort.abort();
      await done;
    },
  };
}

Deno.test("only admins come in: problems for programs, the sign-in page or a refusal for people", async () => {
  const json = { channel: "x", event: "x", data: "1", userId: "demo_owner" };
  const programs: [string, string][] = [
    ["GET", "/api/admin/live"],
    ["GET", "/api/admin/live/stream"],
    ["POST", "/api/admin/live/events"],
    ["POST", "/api/admin/live/terminate"],
    ["GET", "/api/admin/webhooks"],
    ["POST", "/api/admin/webhooks"],
    ["DELETE", "/api/admin/webhooks/set-outside"],
    ["POST", "/api/admin/webhooks/set-outside/test"],
    ["POST", "/api/admin/webhooks/dead-letters/x"],
    ["DELETE", "/api/admin/webhooks/dead-letters/x"],
  ];
  for (const [method, path] of programs) {
    const init = method === "POST" ? { method, json } : { method };
    const refused = await ask(member, path, init);
    assertEquals([path, refused.status, refused.body?.code], [
      path,
      403,
      "forbidden",
    ]);
    assert(refused.type.startsWith("application/problem+json"));
    const unknown = await ask(null, path, init);
    assertEquals([path, unknown.status, unknown.body?.code], [
      path,
      401,
      "unauthenticated",
    ]);
  }
});

Deno.test("a snapshot tells of users and channels in all isolates", async () => {
  // With two isolates behind one port, some of these land on each.
  const sockets = await Promise.all(
    Array.from({ length: 6 }, () => join(member, "guild-demo-guild")),
  );
  await using watched = await watch();
  const told = await waitFor(
    () =>
      watched.snapshots.find((snapshot) =>
        snapshot.isolates.seen === 2 &&
        snapshot.users.find(({ id }) => id === "demo_member")?.connections ===
          6
      ),
    {
      timeout: 30_000,
      what: () =>
        `six connections: ${JSON.stringify(watched.snapshots.at(-1))}`,
    },
  );
  assertEquals(told.isolates, { seen: 2, alive: 2 });
  const user = told.users.find(({ id }) => id === "demo_member")!;
  assertEquals([user.handle, user.name], ["demo-member", "Jonas Lindqvist"]);
  assert(user.since > 0 && user.since <= told.at);
  assertEquals(told.sample.connections >= 6, true);
  await waitFor(
    () =>
      watched.snapshots.at(-1)!.channels.find(({ name }) =>
        name === "guild-demo-guild"
      )?.subscribers === 6,
    { what: "six subscribers of the channel" },
  );
  const { body } = await ask(admin, "/api/admin/live");
  assert(body.snapshot.sample.connections >= 1);
  await Promise.all(sockets.map(leave));
});

Deno.test("events of all shards are seen, but not what people write to each other", async () => {
  await using watched = await watch();
  const names = Array.from({ length: 24 }, (_, i) => `seen-${i}`);
  await waitFor(() => watched.snapshots.length > 0, { what: "a snapshot" });
  for (const channel of names) {
    const { status } = await ask(admin, "/api/admin/live/events", {
      method: "POST",
      json: { channel, event: "try", data: `{"from":"${channel}"}` },
    });
    assertEquals(status, 201);
  }
  const sent = await ask(
    member,
    "/api/channels/dm-demo_member-demo_owner/messages",
    { method: "POST", json: { content: "between the two of us" } },
  );
  assertEquals(sent.status, 201);
  await waitFor(
    () =>
      names.every((name) => watched.events.some((e) => e.channel === name)) &&
      watched.events.some((e) => e.event === "message:new"),
    { what: () => `all events: ${watched.events.map((e) => e.channel)}` },
  );
  for (const name of names) {
    const seen = watched.events.filter((e) => e.channel === name);
    assertEquals(seen.map((e) => [e.event, e.data]), [
      ["try", `{"from":"${name}"}`],
    ]);
    assert(/^\d+\.\d+\.\d+$/.test(seen[0]!.position));
  }
  const private_ = watched.events.find((e) => e.event === "message:new")!;
  assertEquals([private_.channel, private_.data], [
    "dm-demo_member-demo_owner",
    null,
  ]);
  assert(private_.size > 0);
  assert(!JSON.stringify(watched.events).includes("between the two of us"));
  assertEquals(watched.events.filter((e) => e.channel === "#control"), []);
});

Deno.test("a test event arrives, and is refused where it would be somebody's voice", async () => {
  const there = await join(member, "made-up");
  const publish = (json: unknown) =>
    ask(admin, "/api/admin/live/events", { method: "POST", json });
  const hello = { channel: "made-up", event: "hello", data: '{"a":1}' };
  // The isolate that publishes hears a moment later who is in a channel at another.
  await waitFor(
    async () => {
      const sent = await publish(hello);
      assertEquals(sent.status, 201);
      return sent.body.subscribers === 1;
    },
    { what: "one subscriber to be counted" },
  );
  const frame = await waitFor(
    () => there.frames.find((f) => f.event === "hello"),
    { what: "the event" },
  );
  assertEquals(frame.data, '{"a":1}');
  const refusals: [unknown, number, string | undefined][] = [
    [{ channel: "made up", event: "e", data: "1" }, 400, "channel"],
    [{ channel: "c", event: "pusher:x", data: "1" }, 400, "event"],
    [{ channel: "c", event: " ", data: "1" }, 400, "event"],
    [{ channel: "c", event: "e", data: "{" }, 400, "data"],
    [
      { channel: "c", event: "e", data: `"${"x".repeat(10_300)}"` },
      413,
      undefined,
    ],
    [
      { channel: "dm-demo_member-demo_owner", event: "e", data: "1" },
      403,
      undefined,
    ],
    [
      { channel: "private-user-demo_owner", event: "e", data: "1" },
      403,
      undefined,
    ],
  ];
  for (const [json, status, field] of refusals) {
    const refused = await publish(json);
    assertEquals([refused.status, Object.keys(refused.body.fields ?? {})], [
      status,
      field ? [field] : [],
    ]);
  }
  await leave(there);
});

Deno.test("a user's connections are closed in all isolates, nobody else's", async () => {
  const theirs = await Promise.all(
    Array.from({ length: 4 }, () => join(member, "guild-demo-guild")),
  );
  const other = await join(owner, "guild-demo-guild");
  const { status } = await ask(admin, "/api/admin/live/terminate", {
    method: "POST",
    json: { userId: "demo_member" },
  });
  assertEquals(status, 204);
  await waitFor(() => theirs.every(({ state }) => state.closed), {
    what: "all four to be closed",
  });
  assertEquals(theirs.map(({ state }) => state.closed), Array(4).fill(4009));
  assertEquals(other.state.closed, 0);
  await leave(other);
});

Deno.test("webhook endpoints are listed, added, tried and removed; the environment's stay", async () => {
  const list = async () =>
    (await ask(admin, "/api/admin/webhooks")).body.endpoints as {
      id: string;
      url: string;
      fixed: boolean;
    }[];
  assertEquals((await list()).map(({ id, fixed }) => [id, fixed]), [
    ["set-outside", true],
  ]);
  const add = (json: unknown) =>
    ask(admin, "/api/admin/webhooks", { method: "POST", json });
  const url = `${HOOK}/inside`;
  for (
    const [json, field] of [
      [{ url: "ftp://example.test", types: ["cache_miss"] }, "url"],
      [{ url: "nowhere", types: ["cache_miss"] }, "url"],
      [{ url: "http://a:b@example.test", types: ["cache_miss"] }, "url"],
      [{ url, types: [] }, "types"],
      [{ url, types: ["nothing"] }, "types.0"],
    ] as const
  ) {
    const refused = await add(json);
    assertEquals([refused.status, Object.keys(refused.body.fields)], [400, [
      field,
    ]]);
  }
  const added = await add({ url, types: ["channel_occupied"] });
  assertEquals(added.status, 201);
  const { id } = added.body.endpoint;
  assertEquals((await add({ url, types: ["cache_miss"] })).status, 409);
  assertEquals((await list()).map((e) => [e.url, e.fixed]), [
    [`${HOOK}/outside`, true],
    [url, false],
  ]);

  const tried = await ask(admin, `/api/admin/webhooks/${id}/test`, {
    method: "POST",
  });
  assertEquals([tried.status, tried.body.delivery.ok], [200, true]);
  assertEquals(tried.body.delivery.status, 200);
  const { body, headers } = received.at(-1)!;
  assertEquals(JSON.parse(body).events, [{
    name: "channel_occupied",
    channel: "nexora-webhook-test",
  }]);
  assertEquals(headers.get("x-pusher-key"), CREDENTIALS.key);
  answer = 503;
  const failed = await ask(admin, `/api/admin/webhooks/${id}/test`, {
    method: "POST",
  });
  answer = 200;
  assertEquals([failed.body.delivery.ok, failed.body.delivery.status], [
    false,
    503,
  ]);
  // Another isolate may have tried; it tells within a second or two.
  await waitFor(
    async () =>
      (await ask(admin, "/api/admin/webhooks")).body.deliveries
        .filter((d: { endpointId: string }) => d.endpointId === id).length ===
        2,
    { what: "both attempts in the list" },
  );

  const remove = (id: string) =>
    ask(admin, `/api/admin/webhooks/${id}`, { method: "DELETE" });
  assertEquals((await remove("set-outside")).status, 409);
  assertEquals((await remove(id)).status, 204);
  assertEquals((await remove(id)).status, 404);
  assertEquals((await list()).length, 1);
});

Deno.test({
  name: "the hooks' server ends",
  // The server was opened outside of the tests.
  sanitizeResources: false,
  sanitizeOps: false,
  fn: () => hooks.shutdown(),
});
