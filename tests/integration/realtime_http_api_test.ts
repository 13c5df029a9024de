import { assert, assertEquals, assertMatch } from "@std/assert";
import Pusher from "pusher";
import { hmacHex, md5Hex } from "../../lib/realtime/auth.ts";
import { AppProcess, CREDENTIALS } from "../support/app.ts";
import { waitFor } from "../support/wait.ts";

const BASE = `/apps/${CREDENTIALS.id}`;

function signer(app: AppProcess, secret: string = CREDENTIALS.secret) {
  const pusher = new Pusher({
    appId: CREDENTIALS.id,
    key: CREDENTIALS.key,
    secret,
    host: "127.0.0.1",
    port: String(app.port),
  });
  return async (
    method: "GET" | "POST",
    path: string,
    body?: unknown,
    params: Record<string, string> = {},
  ) => {
    const text = body === undefined
      ? undefined
      : typeof body === "string"
      ? body
      : JSON.stringify(body);
    const query = pusher.createSignedQueryString({
      method,
      path,
      params,
      ...(text !== undefined && { body: text }),
    });
    const response = await fetch(`${app.origin}${path}?${query}`, {
      method,
      ...(text !== undefined && { body: text }),
    });
    // deno-lint-ignore no-explicit-any
    return { status: response.status, body: await response.json() as any };
  };
}

/** A plain Pusher client, every frame kept. */
async function connect(app: AppProcess, query = "protocol=7") {
  const socket = new WebSocket(
    `ws://127.0.0.1:${app.port}/app/${CREDENTIALS.key}?${query}`,
  );
  // deno-lint-ignore no-explicit-any
  const frames: any[] = [];
  const state = { closed: null as number | null };
  socket.onmessage = ({ data }) => frames.push(JSON.parse(data));
  socket.onclose = ({ code }) => state.closed = code;
  // deno-lint-ignore no-explicit-any
  const next = (event: string, channel?: string): Promise<any> =>
    waitFor(
      () =>
        frames.find((f) =>
          f.event === event && (!channel || f.channel === channel)
        ),
      { what: event },
    );
  const send = (event: string, data: unknown, channel?: string) =>
    socket.send(JSON.stringify({ event, data, ...(channel && { channel }) }));
  const id = JSON.parse((await next("pusher:connection_established")).data)
    .socket_id as string;
  return {
    id,
    frames,
    state,
    next,
    send,
    events: (channel: string, event: string) =>
      frames.filter((f) => f.channel === channel && f.event === event).map((
        f,
      ) => f.data),
    close: async () => {
      socket.close();
      await waitFor(() => state.closed !== null, { what: "the close" });
    },
  };
}

Deno.test("the HTTP API", async (t) => {
  const dir = await Deno.makeTempDir();
  await using app = await AppProcess.start({ kvPath: `${dir}/api.db` });
  const call = signer(app);
  const event = { name: "e", data: "{}", channel: "c" };

  await t.step(
    "refuses with the status and code that tell what is wrong",
    async () => {
      const long = "x".repeat(201);
      const cases: [string, unknown, number, string][] = [
        ["not JSON", "{", 400, "bad_request"],
        ["no name", { data: "", channel: "c" }, 400, "bad_request"],
        ["no channel", { name: "e", data: "" }, 400, "bad_request"],
        ["data not text", { ...event, data: { a: 1 } }, 400, "bad_request"],
        ["a long name", { ...event, name: long }, 400, "bad_request"],
        [
          "a name of the protocol",
          { ...event, name: "pusher:x" },
          400,
          "bad_request",
        ],
        ["a long channel", { ...event, channel: long }, 400, "bad_request"],
        ["a bad channel", { ...event, channel: "a b" }, 400, "bad_request"],
        [
          "the control channel",
          { ...event, channel: "#control" },
          400,
          "bad_request",
        ],
        [
          "101 channels",
          {
            name: "e",
            data: "",
            channels: Array.from({ length: 101 }, (_, i) => `c${i}`),
          },
          400,
          "bad_request",
        ],
        [
          "two with an encrypted one",
          { name: "e", data: "", channels: ["a", "private-encrypted-b"] },
          400,
          "bad_request",
        ],
        ["a bad socket id", { ...event, socket_id: "x" }, 400, "bad_request"],
        ["unknown info", { ...event, info: "weather" }, 400, "bad_request"],
        [
          "user_count off presence",
          { ...event, info: "user_count" },
          400,
          "bad_request",
        ],
        [
          "data over 10 kB",
          { ...event, data: "x".repeat(10_241) },
          413,
          "too_large",
        ],
        [
          "data over 10 kB in bytes",
          { ...event, data: "é".repeat(5_121) },
          413,
          "too_large",
        ],
        [
          "a huge body",
          { ...event, data: "x".repeat(300_000) },
          413,
          "too_large",
        ],
      ];
      for (const [what, body, status, code] of cases) {
        const answer = await call("POST", `${BASE}/events`, body);
        assertEquals([what, answer.status, answer.body.code], [
          what,
          status,
          code,
        ]);
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
      (await signer(app, "wrong")("POST", `${BASE}/events`, event)).status,
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
    const one = await connect(app);
    const two = await connect(app);
    for (const client of [one, two]) {
      client.send("pusher:subscribe", { channel: "room-a" });
      await client.next("pusher_internal:subscription_succeeded", "room-a");
    }
    const pusher = new Pusher({
      appId: "1234",
      key: CREDENTIALS.key,
      secret: CREDENTIALS.secret,
      host: "127.0.0.1",
    });
    const auth = pusher.authorizeChannel(one.id, "presence-room", {
      user_id: "ann",
      user_info: { name: "Ann" },
    });
    one.send("pusher:subscribe", { channel: "presence-room", ...auth });
    const joined = await one.next(
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
    assertEquals((await get("/channels", { info: "user_count" })).status, 400);
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
        socket_id: one.id,
      })).body,
      {
        channels: {
          "room-a": { subscription_count: 2 },
          "presence-room": { subscription_count: 1 },
        },
      },
    );
    await two.next("e", "room-a");
    assertEquals(one.events("room-a", "e"), []);
    await one.close();
    await two.close();
  });

  await t.step(
    "accepts an id once, whoever repeats it, and repeats the first answer",
    async () => {
      const client = await connect(app);
      client.send("pusher:subscribe", { channel: "once" });
      await client.next("pusher_internal:subscription_succeeded", "once");
      const body = {
        name: "e",
        data: "1",
        channel: "once",
        id: "order-7",
        info: "subscription_count",
      };
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => call("POST", `${BASE}/events`, body)),
      );
      assertEquals(new Set(answers.map((a) => JSON.stringify(a.body))).size, 1);
      await call("POST", `${BASE}/events`, {
        name: "end",
        data: "1",
        channel: "once",
      });
      await client.next("end", "once");
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
      const other = await connect(app);
      other.send("pusher:subscribe", { channel: "once" });
      await other.next("pusher_internal:subscription_succeeded", "once");
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
      await client.next("end of batches", "once");
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
      const early = await connect(app);
      early.send("pusher:subscribe", { channel: "cache-weather" });
      await early.next("pusher:cache_miss", "cache-weather");
      await call("POST", `${BASE}/events`, {
        name: "sun",
        data: "24",
        channel: "cache-weather",
      });
      await early.next("sun", "cache-weather");
      const late = await connect(app);
      late.send("pusher:subscribe", { channel: "cache-weather" });
      assertEquals((await late.next("sun", "cache-weather")).data, "24");
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

  await t.step("history and streams go on where they were", async () => {
    const publish = (n: number) =>
      call("POST", `${BASE}/events`, {
        name: "n",
        data: String(n),
        channel: "story",
      });
    const read = async (query: string) =>
      (await fetch(`${app.origin}/api/realtime/channels/story/events?${query}`))
        .json();
    for (let i = 0; i < 5; i++) await publish(i);
    const first = await read("limit=3");
    assertEquals(first.events.map((e: { data: string }) => e.data), [
      "2",
      "3",
      "4",
    ]);
    const rest = await read(`since=${first.events[0].position}&limit=1`);
    assertEquals([rest.events[0].data, rest.more], ["3", true]);
    assertEquals(
      (await read(`since=${rest.position}`)).events.map((e: { data: string }) =>
        e.data
      ),
      ["4"],
    );
    const gone = await fetch(
      `${app.origin}/api/realtime/channels/story/events?since=1.1.0`,
    );
    assertEquals([gone.status, (await gone.json()).code], [
      410,
      "position_expired",
    ]);

    const abort = new AbortController();
    const stream = await fetch(
      `${app.origin}/api/realtime/stream?channels=story,other`,
      {
        headers: { "last-event-id": `${first.events[1].position},` },
        signal: abort.signal,
      },
    );
    assertMatch(stream.headers.get("content-type")!, /^text\/event-stream/);
    let text = "";
    const reading = (async () => {
      for await (
        const chunk of stream.body!.pipeThrough(new TextDecoderStream())
      ) text += chunk;
    })().catch(() => {});
    await waitFor(() => text.includes('"data":"4"'), { what: "the replay" });
    await publish(5);
    await waitFor(() => text.includes('"data":"5"'), {
      what: "the live event",
    });
    const data = [...text.matchAll(/"event":"n".*?"data":"(\d)"/g)].map((m) =>
      m[1]
    );
    assertEquals(data, ["4", "5"]);
    abort.abort();
    await reading;
    const refused = await fetch(
      `${app.origin}/api/realtime/stream?channels=guild-demo-guild`,
    );
    assertEquals([refused.status, (await refused.json()).code], [
      401,
      "unauthenticated",
    ]);
  });

  await t.step(
    "signs users in, reaches them, tells who is online and closes their connections",
    async () => {
      const pusher = new Pusher({
        appId: "1234",
        key: CREDENTIALS.key,
        secret: CREDENTIALS.secret,
        host: "127.0.0.1",
      });
      const watcher = await connect(app);
      watcher.send(
        "pusher:signin",
        pusher.authenticateUser(watcher.id, { id: "w", watchlist: ["u", "v"] }),
      );
      await watcher.next("pusher:signin_success");
      const initial = await watcher.next("pusher_internal:watchlist_events");
      assertEquals(JSON.parse(initial.data).events, [{
        name: "offline",
        user_ids: ["u", "v"],
      }]);
      const user = await connect(app);
      user.send("pusher:signin", pusher.authenticateUser(user.id, { id: "u" }));
      await user.next("pusher:signin_success");
      await waitFor(
        () => watcher.frames.some((f) => f.data?.includes?.('"online"')),
        { what: "u online" },
      );
      user.send("pusher:subscribe", { channel: "#server-to-user-u" });
      await user.next(
        "pusher_internal:subscription_succeeded",
        "#server-to-user-u",
      );
      watcher.send("pusher:subscribe", { channel: "#server-to-user-u" });
      assertEquals(
        JSON.parse((await watcher.next("pusher:subscription_error")).data)
          .status,
        403,
      );
      await call("POST", `${BASE}/events`, {
        name: "hello",
        data: "you",
        channel: "#server-to-user-u",
      });
      await user.next("hello");
      assertEquals(
        await call("POST", `${BASE}/users/u/terminate_connections`),
        { status: 200, body: {} },
      );
      await waitFor(() => user.state.closed !== null, {
        what: "the end of u's connection",
      });
      assertEquals(user.state.closed, 4009);
      await waitFor(
        () =>
          watcher.frames.filter((f) => f.data?.includes?.('"offline"')).length >
            1,
        { what: "u offline", timeout: 10_000 },
      );
      await watcher.close();
    },
  );

  await t.step(
    "lets clients talk on private channels only, and not too fast",
    async () => {
      const pusher = new Pusher({
        appId: "1234",
        key: CREDENTIALS.key,
        secret: CREDENTIALS.secret,
        host: "127.0.0.1",
      });
      const [one, two] = [await connect(app), await connect(app)];
      for (const client of [one, two]) {
        client.send("pusher:subscribe", {
          channel: "private-talk",
          ...pusher.authorizeChannel(client.id, "private-talk"),
        });
        client.send("pusher:subscribe", { channel: "open-talk" });
        await client.next(
          "pusher_internal:subscription_succeeded",
          "open-talk",
        );
      }
      one.send("client-hi", "1", "open-talk");
      assert(
        (await one.next("pusher:error")).data.message.includes(
          "private and presence",
        ),
      );
      // So many that the allowance does not grow as fast as a busy machine takes them.
      for (let i = 0; i < 60; i++) {
        one.send(
          "client-hi",
          String(i),
          "private-talk",
        );
      }
      await waitFor(
        () =>
          one.frames.some((f) =>
            f.event === "pusher:error" && f.data.code === 4301
          ),
        { what: "the rate limit" },
      );
      await waitFor(
        () => two.events("private-talk", "client-hi").length >= 10,
        { what: "ten client events" },
      );
      assertEquals(one.events("private-talk", "client-hi"), []);
      await one.close();
      await two.close();
    },
  );

  await t.step(
    "refuses a connection with the code of the protocol",
    async () => {
      for (
        const [path, code] of [
          ["wrong?protocol=7", 4001],
          ["nexora-key", 4008],
          ["nexora-key?protocol=99", 4007],
        ] as const
      ) {
        const socket = new WebSocket(`ws://127.0.0.1:${app.port}/app/${path}`);
        let closed: number | undefined;
        socket.onclose = (e) => closed = e.code;
        await waitFor(() => closed, { what: `the refusal of ${path}` });
        assertEquals(closed, code);
      }
      const plain = await fetch(`${app.origin}/app/nexora-key?protocol=7`);
      assertEquals(plain.status, 400);
      await plain.body?.cancel();
    },
  );
  await Deno.remove(dir, { recursive: true }).catch(() => {});
});
