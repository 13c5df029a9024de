/** Who a connection is, and what happens to it when it may no more, reads too slowly, or the server ends. */
import { assert, assertEquals } from "@std/assert";
import { type AppProcess, CREDENTIALS, withApp } from "../support/app.ts";
import { PlainClient } from "../support/plain_client.ts";
import { pusherServer } from "../support/pusher_sdk.ts";
import { waitFor } from "../support/wait.ts";

const PATH = `/app/${CREDENTIALS.key}?protocol=7`;

async function metric(app: AppProcess, name: string): Promise<number> {
  const text = await (await fetch(`${app.origin}/metrics`)).text();
  const line = text.split("\n").find((l) => l.startsWith(`${name} `));
  return Number(line?.split(" ").at(-1) ?? 0);
}

Deno.test("a guild that ends puts everybody out of its channels and their twins, and nobody out of others", () =>
  withApp(async (app) => {
    const owner = await app.signIn("demo-owner");
    const member = await app.signIn("demo-member");
    const made = await owner.fetch("/api/guilds", {
      method: "POST",
      json: { name: "Short-lived" },
    });
    const { guild } = await made.json();
    const joined = await member.fetch(`/api/guilds/${guild.id}/members`, {
      method: "POST",
    });
    assertEquals(joined.status, 201);
    await joined.body?.cancel();
    await using inside = PlainClient.as(member);
    await using alone = PlainClient.as(owner);
    const room = `guild-${guild.id}`;
    for (const channel of [room, `presence-${room}`, "guild-demo-guild"]) {
      assertEquals(await inside.subscribe(channel), 200);
    }
    assertEquals(await alone.subscribe(room), 200);
    const ended = await owner.fetch(`/api/guilds/${guild.id}`, {
      method: "DELETE",
      json: { name: "Short-lived" },
    });
    assertEquals(ended.status, 204);
    await inside.heard("guild:updated", room);
    await inside.heard("pusher:subscription_error", room);
    await inside.heard("pusher:subscription_error", `presence-${room}`);
    await alone.heard("pusher:subscription_error", room);
    assert(
      !inside.frames.some((f) =>
        f.event === "pusher:subscription_error" &&
        f.channel === "guild-demo-guild"
      ),
    );
    assertEquals(await inside.subscribe("guild-northwind-audit"), 403);
    const gone = await member.fetch(`/api/guilds/${guild.id}`);
    assertEquals(gone.status, 404);
    await gone.body?.cancel();
  }));

Deno.test("a connection is the cookie's user only for a page of this site", () =>
  withApp(async (app) => {
    const member = await app.signIn("demo-member");
    const outsider = await app.signIn("demo-outsider");
    const { cookie } = member;
    const cases: [Record<string, string>, number][] = [
      [{ cookie, origin: app.origin }, 200],
      [{ cookie }, 200],
      [{ cookie, origin: "https://evil.example" }, 401],
      [{ cookie, origin: "null" }, 401],
      [{ cookie, origin: app.origin.replace("http", "https") }, 200],
      [{ cookie, origin: `${app.origin}.evil.example` }, 401],
      [{ cookie, "sec-fetch-site": "cross-site" }, 401],
      [{ origin: app.origin }, 401],
      [{ cookie: outsider.cookie, origin: app.origin }, 403],
    ];
    for (const [headers, expected] of cases) {
      await using socket = new PlainClient(app.origin, { headers });
      for (
        const channel of [
          "guild-demo-guild",
          "private-guild-demo-guild",
          "presence-guild-demo-guild",
          "private-encrypted-guild-demo-guild",
        ]
      ) {
        assertEquals(
          await socket.subscribe(channel),
          expected,
          `${channel} with ${JSON.stringify(headers)}`,
        );
      }
    }
  }));

Deno.test("leaving a guild and signing out reach what is open", () =>
  withApp(async (app) => {
    const member = await app.signIn("demo-member");
    const owner = await app.signIn("demo-owner");
    await using tab = PlainClient.as(member);
    await using other = PlainClient.as(owner);
    for (const socket of [tab, other]) {
      assertEquals(await socket.subscribe("guild-demo-guild"), 200);
      assertEquals(await socket.subscribe("presence-guild-demo-guild"), 200);
    }
    const stream = await member.fetch(
      "/api/realtime/stream?channels=guild-demo-guild",
    );
    assertEquals(stream.status, 200);
    const streamed = stream.text();
    const left = await member.fetch("/api/guilds/demo-guild/members/me", {
      method: "DELETE",
    });
    await left.body?.cancel();
    assert(left.ok, String(left.status));
    for (
      const channel of ["guild-demo-guild", "presence-guild-demo-guild"]
    ) {
      const { data } = await tab.heard("pusher:subscription_error", channel);
      assertEquals(JSON.parse(data).status, 403);
    }
    await streamed;
    for (
      const path of [
        "/api/realtime/stream?channels=guild-demo-guild",
        "/api/realtime/channels/guild-demo-guild/events",
      ]
    ) {
      const again = await member.fetch(path);
      await again.body?.cancel();
      assertEquals(again.status, 403);
    }
    await other.heard(
      "pusher_internal:member_removed",
      "presence-guild-demo-guild",
    );

    const out = await member.fetch("/api/session", { method: "DELETE" });
    await out.body?.cancel();
    await waitFor(() => tab.code === 4009, { what: "4009" });
    assertEquals(other.code, null);
  }));

/** A WebSocket client that reads only when it is told. */
async function rawClient(port: number, channel: string) {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const encoder = new TextEncoder();
  await connection.write(encoder.encode(
    `GET ${PATH} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\n` +
      "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
  ));
  const decoder = new TextDecoder();
  let text = "";
  const buffer = new Uint8Array(65_536);
  const readUntil = async (pattern: string) => {
    while (!text.includes(pattern)) {
      const n = await connection.read(buffer);
      if (n === null) throw new Error(`It ended before ${pattern}`);
      text += decoder.decode(buffer.subarray(0, n), { stream: true });
    }
  };
  await readUntil("connection_established");
  const payload = encoder.encode(
    JSON.stringify({ event: "pusher:subscribe", data: { channel } }),
  );
  // Masked with zeros, which leaves the text as it is.
  const head = [0x81, 0x80 | payload.length, 0, 0, 0, 0];
  await connection.write(new Uint8Array([...head, ...payload]));
  await readUntil("subscription_succeeded");
  return {
    connection,
    /** Reads what there is until the server ends it; whether a frame closed with `code`. */
    async rest(): Promise<string> {
      while (true) {
        const n = await connection.read(buffer).catch(() => null);
        if (n === null) return text;
        text += decoder.decode(buffer.subarray(0, n), { stream: true });
        if (text.includes("The client reads too slowly")) return text;
      }
    },
  };
}

Deno.test("clients that do not read are closed; who reads misses nothing; memory stays", () =>
  withApp(async (app) => {
    const channel = "platform-global";
    const query = "&client=nexora-js";
    await using reader = new PlainClient(app.origin, { query });
    await reader.subscribe(channel);
    const deaf = await Promise.all(
      Array.from({ length: 5 }, () => rawClient(app.port, channel)),
    );
    const pusher = pusherServer(app);
    const before = await metric(app, "process_resident_memory_bytes");
    const data = "x".repeat(10_000);
    let sent = 0;
    const closes = 'nexora_closes_total{code="4100"}';
    while (await metric(app, closes) < deaf.length) {
      assert(sent < 3_000, "nobody was closed after 30 MB");
      await Promise.all(
        Array.from({ length: 5 }, async (_, i) => {
          const batch = Array.from({ length: 10 }, (_, j) => ({
            channel,
            name: "e",
            data: data + (sent + i * 10 + j),
          }));
          await (await pusher.triggerBatch(batch)).text();
        }),
      );
      sent += 50;
    }
    const after = await metric(app, "process_resident_memory_bytes");
    assert(
      after - before < 300 * 2 ** 20,
      `${Math.round((after - before) / 2 ** 20)} MiB more`,
    );
    const got = () => reader.frames.filter((f) => f.event === "e").length;
    await waitFor(() => got() === sent, {
      what: () => `${sent} events, ${got()} are there`,
    });
    assertEquals(reader.code, null);
    assertEquals(
      await metric(app, 'nexora_drops_total{reason="slow_consumer"}'),
      deaf.length,
    );
    // They are told why, behind what was sent before.
    const text = await deaf[0]!.rest();
    assert(text.includes("The client reads too slowly"));
    for (const { connection } of deaf) connection.close();
  }));

Deno.test("SIGTERM: sockets are told to come back, streams end, and it is over within 4 s", () =>
  withApp(async (app) => {
    const owner = await app.signIn("demo-owner");
    const own = PlainClient.as(owner, "&client=nexora-js");
    const plain = PlainClient.as(owner);
    for (const socket of [own, plain]) {
      assertEquals(await socket.subscribe("presence-guild-demo-guild"), 200);
    }
    const stream = await owner.fetch(
      "/api/realtime/stream?channels=guild-demo-guild",
    );
    const streamed = stream.text();
    const started = performance.now();
    const status = await app.terminate("SIGTERM");
    const took = performance.now() - started;
    assertEquals(status.code, 0, app.output);
    assert(took < 4_000, `${Math.round(took)} ms`);
    for (const socket of [own, plain]) {
      await waitFor(() => socket.code !== null, { what: "a close" });
      assertEquals(socket.code, 4200);
    }
    assertEquals(
      own.frames.filter((f) => f.event === "nexora:reconnect").length,
      1,
    );
    assertEquals(
      plain.frames.filter((f) => f.event === "nexora:reconnect").length,
      0,
    );
    assert((await streamed).includes("subscription_succeeded"));
  }));

Deno.test("connections and streams of one address are bounded together", () =>
  withApp(async (app) => {
    const url = `${app.origin}/api/realtime/stream?channels=platform-global`;
    await using one = new PlainClient(app.origin);
    await one.heard("pusher:connection_established");
    const stream = await fetch(url);
    assertEquals(stream.status, 200);
    const refused = await fetch(url);
    assertEquals(refused.status, 429);
    assertEquals((await refused.json()).code, "rate_limited");
    const two = new PlainClient(app.origin);
    await waitFor(() => two.code === 4100, { what: "4100" });
    await stream.body?.cancel();
    await waitFor(async () => {
      const again = await fetch(url);
      await again.body?.cancel();
      return again.ok;
    }, { what: "room for a stream" });
  }, { env: { LIMIT_CONNECTIONS_PER_ADDRESS: "2" } }));
