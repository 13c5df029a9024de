import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import Pusher from "pusher";
import {
  checkSignature,
  signChannel,
  signUser,
  verifyChannelAuth,
} from "../../../lib/realtime/auth.ts";
import { parseChannel } from "../../../lib/realtime/channels.ts";
import { eventFrame, skipFrame } from "../../../lib/realtime/frames.ts";
import { parseFrame } from "../../../lib/realtime/wire.ts";
import { APP } from "./server_support.ts";

const pusher = new Pusher({
  appId: APP.id,
  key: APP.key,
  secret: APP.secret,
  host: "127.0.0.1",
});
const names = fc.stringMatching(/^[A-Za-z0-9_\-=@,.;]{1,60}$/);

Deno.test("channel names: prefixes tell how one enters, the rest what it is about", () => {
  const cases: [string, string, boolean, string][] = [
    ["news", "public", false, "app"],
    ["cache-news", "public", true, "app"],
    ["private-cache-news", "private", true, "app"],
    ["presence-cache-news", "presence", true, "app"],
    ["private-encrypted-news", "encrypted", false, "app"],
    ["private-encrypted-cache-news", "encrypted", true, "app"],
    ["guild-1", "public", false, "guild"],
    ["private-guild-1", "private", false, "guild"],
    ["private-encrypted-guild-1", "encrypted", false, "guild"],
    ["cache-guild-1", "public", true, "guild"],
    ["presence-cache-dispute-1", "presence", true, "dispute"],
    ["dm-a-b", "public", false, "dm"],
    ["private-user-a", "private", false, "user"],
    ["presence-user-a", "presence", false, "user"],
    ["user-a", "public", false, "app"],
    ["#server-to-user-a", "private", false, "server-to-user"],
    ["#server-to-user-auth0|5f", "private", false, "server-to-user"],
    ["#server-to-user-Zoë /#?%", "private", false, "server-to-user"],
    ["platform-global", "public", false, "global"],
  ];
  for (const [name, access, cache, kind] of cases) {
    const channel = parseChannel(name)!;
    assertEquals(
      [channel.access, channel.cache, channel.subject.kind],
      [access, cache, kind],
      name,
    );
  }
  for (
    const name of [
      "",
      "a b",
      "a/b",
      "é",
      "#control",
      "#watch-a",
      "#server-to-user-",
      "#server-to-user-a\n",
      "#server-to-user-\ud800",
      `#server-to-user-${"a".repeat(129)}`,
      "a".repeat(201),
      "a\n",
    ]
  ) assertEquals(parseChannel(name), null, JSON.stringify(name));
  fc.assert(
    fc.property(names, (name) => assertEquals(parseChannel(name)?.name, name)),
  );
});

Deno.test("a direct channel names two people, in order; anything else is nobody's", () => {
  const of = (name: string) => {
    const subject = parseChannel(name)!.subject;
    assert(subject.kind === "dm");
    return subject.userIds;
  };
  assertEquals(of("dm-a-b"), ["a", "b"]);
  for (const name of ["dm-b-a", "dm-a", "dm-a-b-c", "dm--b", "dm-", "dm-a-"]) {
    assertEquals(of(name), ["", ""], name);
  }
});

Deno.test("frames of events are JSON whatever they hold", () => {
  const text = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(
      text,
      text,
      text,
      fc.option(text, { nil: undefined }),
      (channel, event, data, userId) => {
        const position = { epoch: 1, seq: 2, index: 3 };
        const frame = JSON.parse(
          eventFrame(
            { channel, event, data, userId, position, at: 0 },
            "1.2.3",
            "1.2.2",
          ),
        );
        assertEquals(frame, {
          event,
          channel,
          data,
          ...(userId !== undefined && { user_id: userId }),
          position: "1.2.3",
          prev: "1.2.2",
        });
        assertEquals(JSON.parse(skipFrame(channel, "1.2.3", "1.2.2")), {
          event: "nexora:position",
          channel,
          position: "1.2.3",
          prev: "1.2.2",
        });
      },
    ),
  );
});

Deno.test("frames of clients: data as object or as text of one; anything else is refused in words", () => {
  const data = { channel: "a", auth: "k:s", channel_data: "{}" };
  for (const form of [data, JSON.stringify(data)]) {
    const parsed = parseFrame(
      JSON.stringify({ event: "pusher:subscribe", data: form }),
    );
    assert(parsed.ok && parsed.frame.event === "pusher:subscribe");
    assertEquals(parsed.frame.data, data);
  }
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const parsed = parseFrame(text);
      if (!parsed.ok) assert(parsed.message.length > 0);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("signatures are those of the pusher package", () => {
  const socketIds = fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => `${a}.${b}`);
  fc.assert(
    fc.property(
      socketIds,
      names,
      names,
      fc.jsonValue(),
      (id, name, user_id, user_info) => {
        const channel = `presence-${name}`;
        const signed = pusher.authorizeChannel(
          id,
          channel,
          { user_id, user_info } as never,
        );
        assert(
          verifyChannelAuth(APP, signed.auth, id, channel, signed.channel_data),
        );
        assert(!verifyChannelAuth(APP, signed.auth, id, channel));
        assert(
          !verifyChannelAuth(
            APP,
            signed.auth,
            `${id}1`,
            channel,
            signed.channel_data,
          ),
        );
        assertEquals(
          signChannel(APP, id, `private-${name}`),
          pusher.authorizeChannel(id, `private-${name}`).auth,
        );
        const user = pusher.authenticateUser(id, { id: user_id, user_info });
        assertEquals(signUser(APP, id, user.user_data!), user.auth);
      },
    ),
  );
});

Deno.test("a path that the pusher package signs as it stands is accepted as it is sent", () => {
  for (const userId of ["ann", "auth0|5f", "Zoë Smith", "50%", "a+b@c.d"]) {
    const path = `/apps/${APP.id}/users/${userId}/terminate_connections`;
    const query = new URLSearchParams(
      pusher.createSignedQueryString({ method: "POST", path, body: "{}" }),
    );
    const request = {
      method: "POST",
      path: new URL(path, "http://localhost").pathname,
      query,
      body: new TextEncoder().encode("{}"),
    };
    assertEquals(checkSignature(APP, request, Date.now()), null, userId);
    assert(
      checkSignature(APP, { ...request, path: `${path}/x` }, Date.now()),
    );
  }
});

Deno.test("requests that the pusher package signs are accepted, changed ones are not", () => {
  const seconds = Math.floor(Date.now() / 1_000);
  fc.assert(
    fc.property(
      fc.constantFrom("GET", "POST"),
      names,
      fc.option(fc.json(), { nil: undefined }),
      fc.dictionary(
        fc.stringMatching(/^[a-z_]{1,10}$/),
        fc.stringMatching(/^[A-Za-z0-9_\-,.]{0,10}$/),
        { maxKeys: 4 },
      ),
      (method, name, body, params) => {
        const path = `/apps/${APP.id}/channels/${name}`;
        const text = method === "POST" ? body ?? "{}" : undefined;
        const query = new URLSearchParams(
          pusher.createSignedQueryString({ method, path, params, body: text }),
        );
        const request = {
          method,
          path,
          query,
          body: text === undefined ? null : new TextEncoder().encode(text),
        };
        const now = seconds * 1_000;
        assertEquals(checkSignature(APP, request, now), null);
        const wrong: [Partial<typeof request>, number][] = [
          [{ method: method === "GET" ? "POST" : "GET" }, 0],
          [{ path: `${path}x` }, 0],
          [{ body: new TextEncoder().encode(`${text}x`) }, 0],
          [{}, 700_000],
          [{}, -700_000],
        ];
        for (const [changes, off] of wrong) {
          assert(
            checkSignature(APP, { ...request, ...changes }, now + off) !== null,
          );
        }
        for (const key of [...query.keys()]) {
          const changed = new URLSearchParams(query);
          changed.set(key, `${query.get(key)}0`);
          assert(
            checkSignature(APP, { ...request, query: changed }, now) !== null,
            key,
          );
        }
      },
    ),
  );
});
