/** Unmodified `pusher-js` and `pusher` against the served app: what works with hosted Pusher works here. */
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { appOfFile } from "../support/app.ts";
import {
  authorizedBy,
  connected,
  pusherServer,
  recorded,
  sdkTest,
  subscribed,
} from "../support/pusher_sdk.ts";
import { waitFor } from "../support/wait.ts";

/** One app for the file: starting it takes longer than any test here. */
const app = await appOfFile();
const server = pusherServer(app);

const until = (what: string, condition: () => unknown) =>
  waitFor(condition, { what });

sdkTest("pusher-js connects and gets a socket id", async (client) => {
  assertMatch(await connected(client(app)), /^\d+\.\d+$/);
});

sdkTest("a wrong key is told so, and the client gives up", async (client) => {
  const refused = client(app, { key: "another" });
  const errors: { data?: { code?: number } }[] = [];
  refused.connection.bind("error", (event: { error: typeof errors[0] }) => {
    errors.push(event.error);
  });
  await until("an error", () => errors.length > 0);
  assertEquals(errors[0]?.data?.code, 4001);
  await until(
    "the end of the attempts",
    () => ["disconnected", "failed"].includes(refused.connection.state),
  );
});

sdkTest(
  "a public channel gets what the server package triggers, in order, as JSON",
  async (client) => {
    const channel = await subscribed(client(app), "announcements");
    const got = recorded(channel);
    for (let n = 0; n < 5; n++) {
      await server.trigger("announcements", "news", { n, text: "grün" });
    }
    await server.trigger("announcements", "plain", "text");
    await until("six events", () => got.length === 6);
    assertEquals(got, [
      ...[0, 1, 2, 3, 4].map((n) => ({
        event: "news",
        data: { n, text: "grün" },
      })),
      { event: "plain", data: "text" },
    ]);
  },
);

sdkTest(
  "several channels at once, without the socket that is excluded",
  async (client) => {
    const one = client(app);
    const two = client(app);
    const gotOne = recorded(await subscribed(one, "room-a"));
    const gotTwo = [
      recorded(await subscribed(two, "room-a")),
      recorded(await subscribed(two, "room-b")),
    ];
    await server.trigger(["room-a", "room-b"], "moved", { to: 1 }, {
      socket_id: one.connection.socket_id,
    });
    await server.trigger("room-a", "last", {});
    await until("the last event", () => gotOne.length && gotTwo[0]!.length > 1);
    assertEquals(gotOne.map(({ event }) => event), ["last"]);
    assertEquals(gotTwo[0]!.map(({ event }) => event), ["moved", "last"]);
    await until("the other channel", () => gotTwo[1]!.length === 1);
  },
);

sdkTest("a batch arrives as its events, in order", async (client) => {
  const one = client(app);
  const got = [
    recorded(await subscribed(one, "batch-a")),
    recorded(await subscribed(one, "batch-b")),
  ];
  await server.triggerBatch([
    { channel: "batch-a", name: "first", data: { n: 1 } },
    { channel: "batch-b", name: "second", data: { n: 2 } },
    { channel: "batch-a", name: "third", data: "3" },
  ]);
  await until("all three", () => got[0]!.length === 2 && got[1]!.length === 1);
  assertEquals(got[0], [
    { event: "first", data: { n: 1 } },
    { event: "third", data: 3 },
  ]);
});

sdkTest(
  "a private channel takes the signature of the server package, and no other",
  async (client) => {
    const good = client(app, authorizedBy(server));
    const got = recorded(await subscribed(good, "private-orders"));
    await server.trigger("private-orders", "paid", { id: 7 });
    await until("the event", () => got.length === 1);

    const forger = pusherServer(app, { secret: "not-the-secret" });
    const bad = client(app, authorizedBy(forger));
    const refusal = await assertRejects(() =>
      subscribed(bad, "private-orders")
    );
    assertEquals(
      ((refusal as Error).cause as { status: number }).status,
      401,
    );
  },
);

sdkTest(
  "a private-encrypted channel is opaque to the server and clear to the client",
  async (client) => {
    const encrypting = pusherServer(app, {
      encryptionMasterKeyBase64: btoa("0123456789abcdef0123456789abcdef"),
    });
    const plain = client(app, authorizedBy(encrypting));
    const got = recorded(await subscribed(plain, "private-encrypted-notes"));
    await encrypting.trigger("private-encrypted-notes", "note", {
      secret: "x",
    });
    await until("the event", () => got.length === 1);
    assertEquals(got[0], { event: "note", data: { secret: "x" } });
  },
);

sdkTest(
  "a presence channel knows who is there, comes and goes",
  async (client) => {
    const as = (user_id: string, name: string) =>
      client(app, authorizedBy(server, { user_id, user_info: { name } }));
    type Presence = Awaited<ReturnType<typeof subscribed>> & {
      members: {
        count: number;
        me: { id: string; info: { name: string } };
        get(id: string): { info: { name: string } } | null;
      };
    };
    const anna = await subscribed(
      as("anna", "Anna"),
      "presence-lobby",
    ) as Presence;
    assertEquals(anna.members.count, 1);
    assertEquals(anna.members.me.info.name, "Anna");
    const seen: string[] = [];
    anna.bind(
      "pusher:member_added",
      ({ id }: { id: string }) => seen.push(`+${id}`),
    );
    anna.bind(
      "pusher:member_removed",
      ({ id }: { id: string }) => seen.push(`-${id}`),
    );

    const ben = as("ben", "Ben");
    const benThere = await subscribed(ben, "presence-lobby") as Presence;
    assertEquals(benThere.members.count, 2);
    assertEquals(benThere.members.get("anna")?.info.name, "Anna");
    await until("Ben's arrival", () => seen.includes("+ben"));

    // A second tab of the same person is nobody new.
    const secondTab = as("ben", "Ben");
    await subscribed(secondTab, "presence-lobby");
    secondTab.disconnect();
    const carl = as("carl", "Carl");
    await subscribed(carl, "presence-lobby");
    await until("Carl's arrival", () => seen.includes("+carl"));
    assertEquals(seen, ["+ben", "+carl"]);
    ben.disconnect();
    await until("Ben's leave", () => seen.includes("-ben"));
    assertEquals(seen, ["+ben", "+carl", "-ben"]);
  },
);

sdkTest(
  "client events reach the others, say who sent them, and do not come back",
  async (client) => {
    const as = (user_id: string) =>
      client(app, authorizedBy(server, { user_id, user_info: {} }));
    const anna = await subscribed(as("anna"), "presence-typing");
    const ben = await subscribed(as("ben"), "presence-typing");
    const gotAnna = recorded(anna);
    const got: { data: unknown; user: string | undefined }[] = [];
    ben.bind("client-typing", (data: unknown, meta?: { user_id?: string }) => {
      got.push({ data, user: meta?.user_id });
    });
    assert(anna.trigger("client-typing", { on: true }));
    await until("Ben to hear of it", () => got.length === 1);
    assertEquals(got[0], { data: { on: true }, user: "anna" });
    await server.trigger("presence-typing", "over", {});
    await until("the last event", () => gotAnna.length > 0);
    assertEquals(gotAnna.map(({ event }) => event), ["over"]);
  },
);

sdkTest(
  "client events on a public channel are refused, the connection stays",
  async (client) => {
    const one = client(app);
    const two = client(app);
    const channel = await subscribed(one, "public-room");
    const got = recorded(await subscribed(two, "public-room"));
    const errors: unknown[] = [];
    one.connection.bind("error", (error: unknown) => errors.push(error));
    channel.trigger("client-typing", {});
    await until("an error", () => errors.length > 0);
    await server.trigger("public-room", "last", {});
    await until("the last event", () => got.length > 0);
    assertEquals(got.map(({ event }) => event), ["last"]);
    assertEquals(one.connection.state, "connected");
  },
);

sdkTest(
  "a cache channel gives the newest event to whoever comes later",
  async (client) => {
    const missed: string[] = [];
    const early = client(app).subscribe("cache-prices");
    early.bind("pusher:cache_miss", () => missed.push("miss"));
    await until("the miss", () => missed.length === 1);
    await server.trigger("cache-prices", "price", { eur: 1 });
    await server.trigger("cache-prices", "price", { eur: 2 });
    const late = client(app).subscribe("cache-prices");
    const got = recorded(late);
    await until("the cached event", () => got.length === 1);
    assertEquals(got, [{ event: "price", data: { eur: 2 } }]);
  },
);

for (const id of ["sdk-anna", "auth0|Zoë Smith"]) {
  sdkTest(
    `${id}, signed in, gets what is sent to them, until their connections are ended`,
    async (client) => {
      const anna = client(app, {
        userAuthentication: {
          endpoint: "",
          transport: "ajax",
          customHandler: ({ socketId }, done) =>
            done(null, server.authenticateUser(socketId, { id })),
        },
      });
      anna.signin();
      await connected(anna);
      const got: unknown[] = [];
      anna.user.bind("hello", (data: unknown) => got.push(data));
      await until("the sign-in", () => anna.user.user_data);
      await until("a message to the user", async () => {
        if (!got.length) await server.sendToUser(id, "hello", { n: 1 });
        return got.length > 0;
      });
      assertEquals(got[0], { n: 1 });
      const states: string[] = [];
      anna.connection.bind(
        "state_change",
        ({ current }: { current: string }) => {
          states.push(current);
        },
      );
      await server.terminateUserConnections(id);
      await until("the end", () => states.length > 0);
    },
  );
}

sdkTest(
  "the app's own auth endpoint lets members in by their session, and nobody else",
  async (client) => {
    const member = await app.signIn("demo-member");
    const outsider = await app.signIn("demo-outsider");
    const one = client(app, { user: member });
    await subscribed(one, "private-guild-demo-guild");
    const other = client(app, { user: outsider });
    await assertRejects(() => subscribed(other, "private-guild-demo-guild"));
    const nobody = client(app);
    await assertRejects(() => subscribed(nobody, "guild-demo-guild"));
  },
);

sdkTest(
  "pusher-js comes back by itself after the server was killed",
  async (client) => {
    const one = client(app);
    const got = recorded(await subscribed(one, "steady"));
    const before = one.connection.socket_id;
    await app.restart();
    await waitFor(
      () =>
        one.connection.state === "connected" &&
        one.connection.socket_id !== before && one.channel("steady").subscribed,
      { timeout: 30_000, what: "pusher-js to come back" },
    );
    await server.trigger("steady", "again", {});
    await until("the event", () => got.length === 1);
  },
);
