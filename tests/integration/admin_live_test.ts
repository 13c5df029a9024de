/** What admins see live and do to connections over HTTP, and that nobody else does. */
import { assert, assertEquals } from "@std/assert";
import { appOfFile, readAnswer, type SignedIn } from "../support/app.ts";
import { PlainClient } from "../support/plain_client.ts";
import { waitFor } from "../support/wait.ts";
import type {
  SeenEvent,
  SeenEvents,
  Snapshot,
} from "../../lib/realtime/inspect_types.ts";

const app = await appOfFile({ isolates: 2 });
const admin = await app.signIn("demo-admin");
const member = await app.signIn("demo-member");
const owner = await app.signIn("demo-owner");

/** A member's socket, in a channel. */
async function join(who: SignedIn, channel: string) {
  const client = PlainClient.as(who);
  assertEquals(await client.subscribe(channel), 200);
  return client;
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
    const refused = await readAnswer(await member.fetch(path, init));
    assertEquals([path, refused.status, refused.body?.code], [
      path,
      403,
      "forbidden",
    ]);
    assert(
      refused.headers.get("content-type")!.startsWith(
        "application/problem+json",
      ),
    );
    const unknown = await readAnswer(
      await fetch(app.origin + path, {
        method,
        redirect: "manual",
        headers: { origin: app.origin, "content-type": "application/json" },
        body: method === "POST" ? JSON.stringify(json) : null,
      }),
    );
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
  const { body } = await admin.ask("GET", "/api/admin/live");
  assert(body.snapshot.sample.connections >= 1);
  await Promise.all(sockets.map((socket) => socket.close()));
});

Deno.test("events of all shards are seen, but not what people write to each other", async () => {
  await using watched = await watch();
  const names = Array.from({ length: 24 }, (_, i) => `seen-${i}`);
  await waitFor(() => watched.snapshots.length > 0, { what: "a snapshot" });
  for (const channel of names) {
    const { status } = await admin.ask("POST", "/api/admin/live/events", {
      channel,
      event: "try",
      data: `{"from":"${channel}"}`,
    });
    assertEquals(status, 201);
  }
  const sent = await member.ask(
    "POST",
    "/api/channels/dm-demo_member-demo_owner/messages",
    { content: "between the two of us" },
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
    admin.ask("POST", "/api/admin/live/events", json);
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
  await there.close();
});

Deno.test("a user's connections are closed in all isolates, nobody else's", async () => {
  const theirs = await Promise.all(
    Array.from({ length: 4 }, () => join(member, "guild-demo-guild")),
  );
  const other = await join(owner, "guild-demo-guild");
  const { status } = await admin.ask("POST", "/api/admin/live/terminate", {
    userId: "demo_member",
  });
  assertEquals(status, 204);
  await waitFor(() => theirs.every(({ code }) => code !== null), {
    what: "all four to be closed",
  });
  assertEquals(theirs.map(({ code }) => code), Array(4).fill(4009));
  assertEquals(other.code, null);
  await other.close();
});
