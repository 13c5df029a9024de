/** Frames that get past the first checks: signed ones with strange contents, and real ones with parts changed. */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { keys } from "../../../lib/kv/mod.ts";
import { signChannel, signUser } from "../../../lib/realtime/auth.ts";
import { waitFor } from "../../support/wait.ts";
import { APP, TestIsolate } from "./server_support.ts";

const text = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom("", "__proto__", "constructor", "\ud800", "\u0000", "null"),
  fc.string({ minLength: 100, maxLength: 3_000 }),
);
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  text,
  fc.nat(),
  fc.constantFrom(null, true, [], {}),
);
const channel = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(
      fc.constantFrom("", "private-", "presence-", "private-encrypted-"),
      fc.constantFrom("", "cache-"),
      fc.constantFrom("a", "b", "guild-g", "dm-ann-bob", "user-ann", "-", "="),
    ).map((parts) => parts.join("")),
  },
  { weight: 1, arbitrary: fc.constantFrom("#control", "#server-to-user-ann") },
  { weight: 1, arbitrary: text },
);
const member = fc.oneof(
  fc.record({ user_id: fc.oneof(text, fc.nat()), user_info: anything }, {
    requiredKeys: [],
  }).map((value) => JSON.stringify(value)),
  anything.map((value) => JSON.stringify(value)),
  text,
);
const user = fc.oneof(
  fc.record({
    id: fc.oneof(text, fc.nat()),
    user_info: anything,
    watchlist: fc.oneof(fc.array(text, { maxLength: 120 }), anything),
  }, { requiredKeys: [] }).map((value) => JSON.stringify(value)),
  text,
);
const since = fc.oneof(
  fc.tuple(fc.nat(), fc.nat(), fc.nat()).map((p) => p.join(".")),
  fc.constantFrom(
    "9999999999999999.9999999999999999.9999999",
    "0.0.0",
    "1.-1.0",
  ),
  text,
);

type Say = (socketId: string) => string;

const signedSubscribe: fc.Arbitrary<Say> = fc.tuple(
  channel,
  fc.option(member, { nil: undefined }),
  fc.option(since, { nil: undefined }),
  fc.boolean(),
).map(([channel, channel_data, since, asText]) => (id) => {
  const auth = signChannel(APP, id, channel, channel_data);
  const data = { channel, auth, channel_data, since };
  return JSON.stringify({
    event: "pusher:subscribe",
    data: asText ? JSON.stringify(data) : data,
  });
});
const signedUser: fc.Arbitrary<Say> = user.map((user_data) => (id) =>
  JSON.stringify({
    event: "pusher:signin",
    data: { auth: signUser(APP, id, user_data), user_data },
  })
);
const unsubscribe: fc.Arbitrary<Say> = channel.map((channel) => () =>
  JSON.stringify({ event: "pusher:unsubscribe", data: { channel } })
);
const clientEvent: fc.Arbitrary<Say> = fc.tuple(text, channel, anything).map((
  [name, channel, data],
) =>
() => JSON.stringify({ event: `client-${name}`, channel, data }));

/** A real frame with some of its characters changed. */
const mutated: fc.Arbitrary<Say> = fc.tuple(
  fc.oneof(signedSubscribe, signedUser, clientEvent),
  fc.array(fc.tuple(fc.nat(), fc.constantFrom(...'"{}[],:\\\u0000ex0 ')), {
    minLength: 1,
    maxLength: 3,
  }),
).map(([say, changes]) => (id) => {
  let frame = say(id);
  for (const [at, character] of changes) {
    const i = at % frame.length;
    frame = frame.slice(0, i) + character + frame.slice(i + 1);
  }
  return frame;
});

const says = fc.oneof(
  { weight: 4, arbitrary: signedSubscribe },
  { weight: 2, arbitrary: unsubscribe },
  { weight: 2, arbitrary: clientEvent },
  { weight: 1, arbitrary: signedUser },
  { weight: 4, arbitrary: mutated },
);

/** Every answer that the protocol knows. */
const ANSWERS = new Set([
  "pusher:connection_established",
  "pusher:error",
  "pusher:subscription_error",
  "pusher:signin_success",
  "pusher:cache_miss",
  "pusher:pong",
  "pusher_internal:subscription_succeeded",
  "pusher_internal:subscription_count",
  "pusher_internal:member_added",
  "pusher_internal:member_removed",
  "pusher_internal:watchlist_events",
  "nexora:position_expired",
  "nexora:position",
]);
const STATUSES = new Set([400, 401, 403, 413, 429]);
const CODES = new Set([null, 4009, 4301, 4302]);

Deno.test("6,000 signed and broken frames from 100 sockets: a documented answer to each, and nothing stays behind", async () => {
  using kv = await Deno.openKv(":memory:");
  await kv.set(keys.guild("g"), { id: "g" });
  await kv.set(keys.guildMember("g", "ann"), { role: "member" });
  const failures: unknown[][] = [];
  const complain = console.error;
  console.error = (...words) => failures.push(words);
  try {
    await using isolate = await TestIsolate.open(kv, {
      limits: { framesPerSecond: 1e6, frameBurst: 1e6, byteBurst: 1e9 },
    });
    const frames = fc.sample(says, { numRuns: 6_000, seed: 5 });
    const sockets = Array.from(
      { length: 100 },
      (_, i) => isolate.connect(i % 2 ? "ann" : undefined),
    );
    await Promise.all(sockets.map(async ({ socket, id, connection }, i) => {
      for (const say of frames.slice(i * 60, i * 60 + 60)) {
        socket.say(say(id));
        if (i % 3 === 0) await connection.settled();
      }
      await connection.settled();
    }));
    for (const { socket } of sockets) {
      assertEquals(socket.code, null, "a frame has closed the connection");
      for (const frame of socket.frames) {
        assert(
          ANSWERS.has(frame.event) || frame.event.startsWith("client-"),
          JSON.stringify(frame),
        );
        if (frame.event === "pusher:subscription_error") {
          assert(STATUSES.has(JSON.parse(frame.data).status), frame.data);
        } else if (frame.event === "pusher:error") {
          assert(CODES.has(frame.data.code) && frame.data.message, frame.data);
        }
      }
    }
    assertEquals(failures, []);
    const heard = (event: string) =>
      sockets.reduce((n, { socket }) => n + socket.events(event).length, 0);
    // It got past the first checks, and did not get everywhere.
    assert(heard("pusher_internal:subscription_succeeded") > 300);
    assert(heard("pusher:signin_success") > 20);
    assert(heard("pusher:subscription_error") > 300);
    assert(heard("pusher:error") > 1_000);
    for (const { socket } of sockets) socket.hangUp();
    await waitFor(
      async () => {
        const rows = await Array.fromAsync(
          kv.list({ prefix: ["rt", "presence"] }),
        );
        return rows.length === 0 &&
          [...isolate.server.hub.channels()].length === 1;
      },
      { what: "all members and subscriptions to be gone" },
    );
    assertEquals(isolate.metrics.subscriptions, 1);
  } finally {
    console.error = complain;
  }
});
