/** What a client of the protocol meets: history and streams, signing in, client events, refusals. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { CREDENTIALS, withApp } from "../support/app.ts";
import { PlainClient } from "../support/plain_client.ts";
import { pusherServer, signedCalls } from "../support/pusher_sdk.ts";
import { waitFor } from "../support/wait.ts";

const BASE = `/apps/${CREDENTIALS.id}`;

Deno.test("the protocol", (t) =>
  withApp(async (app) => {
    const call = signedCalls(app);
    await t.step("history and streams go on where they were", async () => {
      const publish = (n: number) =>
        call("POST", `${BASE}/events`, {
          name: "n",
          data: String(n),
          channel: "story",
        });
      const read = async (query: string) =>
        (await fetch(
          `${app.origin}/api/realtime/channels/story/events?${query}`,
        ))
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
        (await read(`since=${rest.position}`)).events.map((
          e: { data: string },
        ) => e.data),
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
        const pusher = pusherServer(app);
        const watcher = new PlainClient(app.origin);
        const signIn = async (
          client: PlainClient,
          user: { id: string; watchlist?: string[] },
        ) => {
          client.say(
            "pusher:signin",
            pusher.authenticateUser(await client.id(), user),
          );
          await client.heard("pusher:signin_success");
        };
        await signIn(watcher, { id: "w", watchlist: ["u", "v"] });
        const initial = await watcher.heard("pusher_internal:watchlist_events");
        assertEquals(JSON.parse(initial.data).events, [{
          name: "offline",
          user_ids: ["u", "v"],
        }]);
        const user = new PlainClient(app.origin);
        await signIn(user, { id: "u" });
        await waitFor(
          () => watcher.frames.some((f) => f.data?.includes?.('"online"')),
          { what: "u online" },
        );
        assertEquals(await user.subscribe("#server-to-user-u"), 200);
        assertEquals(await watcher.subscribe("#server-to-user-u"), 403);
        await call("POST", `${BASE}/events`, {
          name: "hello",
          data: "you",
          channel: "#server-to-user-u",
        });
        await user.heard("hello");
        assertEquals(
          await call("POST", `${BASE}/users/u/terminate_connections`),
          { status: 200, body: {} },
        );
        await waitFor(() => user.code !== null, {
          what: "the end of u's connection",
        });
        assertEquals(user.code, 4009);
        await waitFor(
          () =>
            watcher.frames.filter((f) => f.data?.includes?.('"offline"'))
              .length >
              1,
          { what: "u offline", timeout: 10_000 },
        );
        await watcher.close();
      },
    );

    await t.step(
      "lets clients talk on private channels only, and not too fast",
      async () => {
        const pusher = pusherServer(app);
        const [one, two] = [
          new PlainClient(app.origin),
          new PlainClient(app.origin),
        ];
        for (const client of [one, two]) {
          const auth = pusher.authorizeChannel(
            await client.id(),
            "private-talk",
          );
          assertEquals(await client.subscribe("private-talk", auth), 200);
          assertEquals(await client.subscribe("open-talk"), 200);
        }
        one.say("client-hi", "1", "open-talk");
        assert(
          (await one.heard("pusher:error")).data.message.includes(
            "private and presence",
          ),
        );
        // So many that the allowance does not grow as fast as a busy machine takes them.
        for (let i = 0; i < 60; i++) {
          one.say(
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
          const socket = new WebSocket(
            `ws://127.0.0.1:${app.port}/app/${path}`,
          );
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
  }));
