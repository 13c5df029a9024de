/** The HTTP API that backends use: what it takes, refuses, tells and keeps. */
import { assertEquals, assertMatch } from "@std/assert";
import { hmacHex, md5Hex } from "../../lib/realtime/auth.ts";
import { CREDENTIALS, withApp } from "../support/app.ts";
import { PlainClient } from "../support/plain_client.ts";
import { pusherServer, signedCalls } from "../support/pusher_sdk.ts";

const BASE = `/apps/${CREDENTIALS.id}`;

Deno.test("the HTTP API", (t) =>
  withApp(async (app) => {
    const call = signedCalls(app);
    const event = { name: "e", data: "{}", channel: "c" };

    await t.step(
      "refuses with the status and code that tell what is wrong",
      async () => {
        const long = "x".repeat(201);
        const malformed: Record<string, unknown> = {
          "not JSON": "{",
          "no name": { data: "", channel: "c" },
          "no channel": { name: "e", data: "" },
          "data not text": { ...event, data: { a: 1 } },
          "a long name": { ...event, name: long },
          "a name of the protocol": { ...event, name: "pusher:x" },
          "a long channel": { ...event, channel: long },
          "a bad channel": { ...event, channel: "a b" },
          "the control channel": { ...event, channel: "#control" },
          "101 channels": {
            name: "e",
            data: "",
            channels: Array.from({ length: 101 }, (_, i) => `c${i}`),
          },
          "two with an encrypted one": {
            name: "e",
            data: "",
            channels: ["a", "private-encrypted-b"],
          },
          "a bad socket id": { ...event, socket_id: "x" },
          "unknown info": { ...event, info: "weather" },
          "user_count off presence": { ...event, info: "user_count" },
        };
        const tooLarge = {
          "data over 10 kB": { ...event, data: "x".repeat(10_241) },
          "data over 10 kB in bytes": { ...event, data: "é".repeat(5_121) },
          "a huge body": { ...event, data: "x".repeat(300_000) },
        };
        for (
          const [cases, expected] of [
            [malformed, [400, "bad_request"]],
            [tooLarge, [413, "too_large"]],
          ] as const
        ) {
          for (const [what, body] of Object.entries(cases)) {
            const answer = await call("POST", `${BASE}/events`, body);
            assertEquals(
              [answer.status, answer.body.code],
              [...expected],
              what,
            );
          }
        }
        // Some packages send what they do not set as null.
        const bare = { ...event, channel: null, channels: ["c"], info: null };
        assertEquals(
          (await call("POST", `${BASE}/events`, { ...bare, socket_id: null }))
            .status,
          200,
        );
        const batch = await call("POST", `${BASE}/batch_events`, {
          batch: Array(11).fill(event),
        });
        assertEquals(batch.status, 400);
        assertEquals(
          (await call("POST", `${BASE}/events`, {
            ...event,
            data: "x".repeat(10_240),
          })).status,
          200,
        );
      },
    );

    await t.step("asks for a signature that holds", async () => {
      assertEquals(
        (await signedCalls(app, "wrong")("POST", `${BASE}/events`, event))
          .status,
        401,
      );
      assertEquals((await call("POST", "/apps/999/events", event)).status, 404);
      const old = String(Math.floor(Date.now() / 1_000) - 601);
      const text = JSON.stringify(event);
      const query = new URLSearchParams({
        auth_key: CREDENTIALS.key,
        auth_timestamp: old,
        auth_version: "1.0",
        body_md5: md5Hex(text),
      });
      const signature = hmacHex(
        CREDENTIALS.secret,
        `POST\n${BASE}/events\n${query}`,
      );
      const late = await fetch(
        `${app.origin}${BASE}/events?${query}&auth_signature=${signature}`,
        { method: "POST", body: text },
      );
      assertEquals(late.status, 401);
      assertMatch((await late.json()).detail, /auth_timestamp/);
      const unsigned = await fetch(`${app.origin}${BASE}/events`, {
        method: "POST",
        body: "{}",
      });
      assertEquals([unsigned.status, (await unsigned.json()).code], [
        401,
        "bad_signature",
      ]);
      const method = await fetch(`${app.origin}${BASE}/events`, {
        method: "PUT",
      });
      assertEquals([method.status, method.headers.get("allow")], [
        405,
        "POST, OPTIONS",
      ]);
      await method.body?.cancel();
    });

    await t.step("tells channels, their subscribers and members", async () => {
      const one = new PlainClient(app.origin);
      const two = new PlainClient(app.origin);
      for (const client of [one, two]) {
        assertEquals(await client.subscribe("room-a"), 200);
      }
      const pusher = pusherServer(app);
      const auth = pusher.authorizeChannel(await one.id(), "presence-room", {
        user_id: "ann",
        user_info: { name: "Ann" },
      });
      assertEquals(await one.subscribe("presence-room", auth), 200);
      const joined = await one.heard(
        "pusher_internal:subscription_succeeded",
        "presence-room",
      );
      assertEquals(JSON.parse(joined.data).presence, {
        ids: ["ann"],
        hash: { ann: { name: "Ann" } },
        count: 1,
      });
      const get = (path: string, params?: Record<string, string>) =>
        call("GET", `${BASE}${path}`, undefined, params);
      assertEquals((await get("/channels")).body, {
        channels: { "room-a": {}, "presence-room": {} },
      });
      assertEquals(
        (await get("/channels", {
          filter_by_prefix: "presence-",
          info: "user_count",
        })).body,
        {
          channels: { "presence-room": { user_count: 1 } },
        },
      );
      assertEquals(
        (await get("/channels", { info: "user_count" })).status,
        400,
      );
      assertEquals(
        (await get("/channels/room-a", { info: "subscription_count" })).body,
        { occupied: true, subscription_count: 2 },
      );
      assertEquals((await get("/channels/nobody")).body, { occupied: false });
      assertEquals((await get("/channels/presence-room/users")).body, {
        users: [{ id: "ann" }],
      });
      assertEquals((await get("/channels/room-a/users")).status, 400);
      assertEquals(
        (await call("POST", `${BASE}/events`, {
          name: "e",
          data: "1",
          channels: ["room-a", "presence-room"],
          info: "subscription_count",
          socket_id: await one.id(),
        })).body,
        {
          channels: {
            "room-a": { subscription_count: 2 },
            "presence-room": { subscription_count: 1 },
          },
        },
      );
      await two.heard("e", "room-a");
      assertEquals(one.events("room-a", "e"), []);
      await one.close();
      await two.close();
    });

    await t.step(
      "accepts an id once, whoever repeats it, and repeats the first answer",
      async () => {
        const client = new PlainClient(app.origin);
        assertEquals(await client.subscribe("once"), 200);
        const body = {
          name: "e",
          data: "1",
          channel: "once",
          id: "order-7",
          info: "subscription_count",
        };
        const answers = await Promise.all(
          Array.from(
            { length: 20 },
            () => call("POST", `${BASE}/events`, body),
          ),
        );
        assertEquals(
          new Set(answers.map((a) => JSON.stringify(a.body))).size,
          1,
        );
        await call("POST", `${BASE}/events`, {
          name: "end",
          data: "1",
          channel: "once",
        });
        await client.heard("end", "once");
        assertEquals(client.events("once", "e"), ["1"]);

        const batch = Array.from({ length: 10 }, (_, n) => ({
          name: "b",
          data: `${n}`,
          channel: "once",
          id: `line-${n}`,
          ...(n % 2 && { info: "subscription_count" }),
        }));
        const first = await call("POST", `${BASE}/batch_events`, { batch });
        assertEquals(first.body.batch[1], { subscription_count: 1 });
        const other = new PlainClient(app.origin);
        assertEquals(await other.subscribe("once"), 200);
        const repeats = await Promise.all(
          Array.from(
            { length: 5 },
            () => call("POST", `${BASE}/batch_events`, { batch }),
          ),
        );
        for (const repeat of repeats) assertEquals(repeat, first);
        await call("POST", `${BASE}/events`, {
          name: "end of batches",
          data: "1",
          channel: "once",
        });
        await client.heard("end of batches", "once");
        assertEquals(
          client.events("once", "b"),
          batch.map(({ data }) => data),
        );
        await other.close();
        await client.close();
      },
    );

    await t.step(
      "keeps the last event of a cache channel, and says when there is none",
      async () => {
        const early = new PlainClient(app.origin);
        await early.subscribe("cache-weather");
        await early.heard("pusher:cache_miss", "cache-weather");
        await call("POST", `${BASE}/events`, {
          name: "sun",
          data: "24",
          channel: "cache-weather",
        });
        await early.heard("sun", "cache-weather");
        const late = new PlainClient(app.origin);
        await late.subscribe("cache-weather");
        assertEquals((await late.heard("sun", "cache-weather")).data, "24");
        assertEquals(
          (await call("GET", `${BASE}/channels/cache-weather`, undefined, {
            info: "cache",
          })).body.cache.data,
          "24",
        );
        await early.close();
        await late.close();
      },
    );
  }));
