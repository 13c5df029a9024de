import { assert, assertEquals } from "@std/assert";
import { Client } from "../../../lib/realtime/client/client.ts";
import {
  Inbox,
  type InboxSnapshot,
} from "../../../lib/realtime/client/inbox.ts";
import type { NotificationItem } from "../../../lib/realtime/client/inbox_state.ts";
import { FakeEnvironment, settled } from "./fake_environment.ts";

const channel = "private-user-ada";

function item(id: string, more: Partial<NotificationItem> = {}) {
  return {
    id,
    type: "guild_invite",
    emoji: "✉️",
    title: `title of ${id}`,
    body: "",
    link: "/",
    priority: "normal" as const,
    data: {},
    read: false,
    archived: false,
    createdAt: 1,
    ...more,
  };
}

function world(initial: Partial<InboxSnapshot> = {}) {
  const env = new FakeEnvironment();
  const client = new Client(env, "ws://test/app/key");
  const inbox = new Inbox("ada", {
    unread: 2,
    revision: 10,
    notifications: [item("n3"), item("n2", { read: true }), item("n1")],
    cursor: null,
    position: "1.1.0",
    ...initial,
  });
  const page = { env, client, stores: new Map<string, unknown>() };
  const end = inbox.start(page);
  env.socket.establish();
  env.socket.push({
    event: "pusher_internal:subscription_succeeded",
    channel,
    data: "{}",
    position: "1.1.0",
    recovered: true,
  });
  let seq = 1;
  const tell = (event: string, data: Record<string, unknown>) => {
    const prev = `1.${seq++}.0`;
    const position = `1.${seq}.0`;
    env.socket.push({
      event,
      channel,
      data: JSON.stringify(data),
      position,
      prev,
    });
  };
  const all = inbox.list("all");
  const shown = () =>
    all.items.value.map(({ id, read }) => read ? id : `${id}*`).join(" ");
  return { env, inbox, page, end, tell, all, shown };
}

Deno.test("a new notification is shown, counted and told once", () => {
  const { inbox, tell, shown } = world();
  const told: string[] = [];
  inbox.onNew(({ id }) => told.push(id));
  const data = { notification: item("n4"), unread: 3, revision: 11 };
  tell("notification:new", data);
  tell("notification:new", data);
  assertEquals(shown(), "n4* n3* n2 n1*");
  assertEquals([inbox.unread.value, told], [3, ["n4"]]);
});

Deno.test("what another tab read is read here", () => {
  const { inbox, tell, shown } = world();
  tell("notification:read", { id: "n3", read: true, unread: 1, revision: 11 });
  assertEquals([shown(), inbox.unread.value], ["n3 n2 n1*", 1]);
  tell("notification:read", { all: true, read: true, unread: 0, revision: 12 });
  assertEquals([shown(), inbox.unread.value], ["n3 n2 n1", 0]);
});

Deno.test("older revisions are ignored", () => {
  const { inbox, tell, shown } = world();
  tell("notification:read", { id: "n3", read: true, unread: 1, revision: 10 });
  assertEquals([shown(), inbox.unread.value], ["n3* n2 n1*", 2]);
});

Deno.test("the count is the server's, also for what is not loaded", () => {
  const { inbox, tell } = world({ unread: 140 });
  tell("notification:read", {
    id: "zz",
    read: true,
    unread: 139,
    revision: 11,
  });
  assertEquals(inbox.unread.value, 139);
});

Deno.test("reading shows at once and is not counted twice, whatever comes first", async () => {
  for (const eventFirst of [true, false]) {
    const { env, inbox, tell, shown } = world();
    const { markRead } = inbox;
    const done = markRead("n3");
    assertEquals([shown(), inbox.unread.value], ["n3 n2 n1*", 1]);
    const event = () =>
      tell("notification:read", {
        id: "n3",
        read: true,
        notification: item("n3", { read: true }),
        unread: 1,
        revision: 11,
      });
    if (eventFirst) event();
    assertEquals(inbox.unread.value, 1);
    const request = env.requests[0]!;
    assertEquals(
      [request.method, request.path, request.body],
      ["PATCH", "/api/notifications/n3", '{"read":true}'],
    );
    request.answer(200, { unread: 1, revision: 11 });
    assertEquals(await done, true);
    if (!eventFirst) event();
    assertEquals([shown(), inbox.unread.value], ["n3 n2 n1*", 1]);
  }
});

Deno.test("an answer does not hide an event that is still on its way", async () => {
  const { env, inbox, tell, shown } = world();
  const done = inbox.markRead("n3");
  env.requests[0]!.answer(200, { unread: 2, revision: 12 });
  await done;
  tell("notification:new", {
    notification: item("n4"),
    unread: 3,
    revision: 11,
  });
  assertEquals([shown(), inbox.unread.value], ["n4* n3 n2 n1*", 2]);
  tell("notification:read", { id: "n3", read: true, unread: 2, revision: 12 });
  assertEquals([shown(), inbox.unread.value], ["n4* n3 n2 n1*", 2]);
});

Deno.test("a refusal takes back what was shown, and only that", async () => {
  const { env, inbox, tell, shown } = world();
  const refused = inbox.markRead("n3");
  const taken = inbox.markRead("n1");
  assertEquals([shown(), inbox.unread.value], ["n3 n2 n1", 0]);
  env.requests[0]!.answer(403, { detail: "You may not do this" });
  assertEquals(await refused, false);
  assertEquals([shown(), inbox.unread.value], ["n3* n2 n1", 1]);
  assertEquals(inbox.error.value, "You may not do this");
  env.requests[1]!.answer(200, { unread: 1, revision: 11 });
  assertEquals(await taken, true);
  tell("notification:read", { id: "n1", read: true, unread: 1, revision: 11 });
  assertEquals([shown(), inbox.unread.value], ["n3* n2 n1", 1]);
});

Deno.test("mark all read, archive, put back, mark unread, delete", async () => {
  const { env, inbox, tell, shown } = world();
  const last = () => {
    const { method, path, body } = env.requests.at(-1)!;
    return `${method} ${path} ${body}`;
  };
  const take = async (revision?: number) => {
    env.requests.at(-1)!.answer(200, revision ? { unread: 0, revision } : {});
    await settled();
  };
  void inbox.markAllRead();
  assertEquals(last(), "POST /api/notifications/read-all ");
  assertEquals([shown(), inbox.unread.value], ["n3 n2 n1", 0]);
  await take(11);
  tell("notification:read", { all: true, read: true, unread: 0, revision: 11 });

  void inbox.archive("n2");
  assertEquals(last(), 'PATCH /api/notifications/n2 {"archived":true}');
  assertEquals(shown(), "n3 n1");
  await take(12);
  const gone = { id: "n2", reason: "archived", unread: 0, revision: 12 };
  tell("notification:clear", gone);
  assertEquals(shown(), "n3 n1");

  void inbox.archive("n2", false);
  assertEquals(shown(), "n3 n2 n1");
  await take(13);
  tell("notification:read", {
    id: "n2",
    read: true,
    notification: item("n2", { read: true }),
    unread: 0,
    revision: 13,
  });
  assertEquals(shown(), "n3 n2 n1");

  void inbox.markRead("n1", false);
  assertEquals(last(), 'PATCH /api/notifications/n1 {"read":false}');
  assertEquals([shown(), inbox.unread.value], ["n3 n2 n1*", 1]);
  await take(14);
  tell("notification:read", { id: "n1", read: false, unread: 1, revision: 14 });

  void inbox.delete("n1");
  assertEquals(last(), "DELETE /api/notifications/n1 ");
  assertEquals([shown(), inbox.unread.value], ["n3 n2", 0]);
  // Its answer has no body.
  await take();
  assertEquals([shown(), inbox.unread.value], ["n3 n2", 0]);
  const deleted = { id: "n1", reason: "deleted", unread: 0, revision: 15 };
  tell("notification:clear", deleted);
  assertEquals([shown(), inbox.unread.value], ["n3 n2", 0]);
});

Deno.test("pages are loaded one by one, each list its own", async () => {
  const { env, inbox, all, shown } = world({ cursor: "n1" });
  const { loadMore } = all;
  const more = loadMore();
  void loadMore();
  assertEquals(env.requests.length, 1);
  assertEquals(
    env.requests[0]!.path,
    "/api/notifications?filter=all&cursor=n1",
  );
  assert(all.loading.value);
  const page = { unread: 2, revision: 10, cursor: null };
  env.requests[0]!.answer(200, { ...page, notifications: [item("n0")] });
  await more;
  assertEquals(shown(), "n3* n2 n1* n0*");
  assertEquals(all.hasMore.value, false);

  const unread = inbox.list("unread");
  assertEquals(unread.items.value, []);
  const first = unread.loadMore();
  assertEquals(env.requests[1]!.path, "/api/notifications?filter=unread");
  env.requests[1]!.answer(200, {
    ...page,
    notifications: [item("n3")],
    cursor: "n3",
  });
  await first;
  // n1 and n0 are known to be unread, but between them and n3 others may be missing.
  assertEquals(unread.items.value.map(({ id }) => id), ["n3"]);
});

Deno.test("what comes while a page is loaded is not lost", async () => {
  const { env, all, tell, inbox, shown } = world({ cursor: "n1" });
  const more = all.loadMore();
  tell("notification:new", {
    notification: item("n4"),
    unread: 3,
    revision: 11,
  });
  env.requests[0]!.answer(200, {
    notifications: [item("n0")],
    cursor: null,
    unread: 4,
    revision: 12,
  });
  await more;
  assertEquals(inbox.unread.value, 3);
  tell("notification:new", {
    notification: item("n5"),
    unread: 4,
    revision: 12,
  });
  assertEquals([shown(), inbox.unread.value], ["n5* n4* n3* n2 n1* n0*", 4]);
});

Deno.test("a list that cannot be loaded says so and can be asked again", async () => {
  const { env, inbox, all } = world({ cursor: "n1" });
  const more = all.loadMore();
  env.requests[0]!.fail();
  await more;
  assert(inbox.error.value);
  assertEquals([all.loading.value, all.hasMore.value], [false, true]);
  void all.loadMore();
  assertEquals(env.requests.length, 2);
});

Deno.test("a hole in the revisions makes the inbox read itself again", async () => {
  const { env, inbox, tell, shown } = world();
  tell("notification:new", {
    notification: item("n6"),
    unread: 5,
    revision: 14,
  });
  assertEquals([shown(), inbox.unread.value], ["n6* n3* n2 n1*", 5]);
  env.requests[0]!.answer(200, { count: 5, revision: 14 });
  await settled();
  tell("notification:new", {
    notification: item("n7"),
    unread: 6,
    revision: 15,
  });
  env.requests[1]!.answer(200, {
    notifications: [item("n6"), item("n5"), item("n4")],
    cursor: "n4",
    unread: 5,
    revision: 14,
  });
  await settled();
  assertEquals([shown(), inbox.unread.value], ["n7* n6* n5* n4*", 6]);
});

Deno.test("without a position only the count is read at the start", async () => {
  const { env, inbox } = world({ position: null, notifications: undefined });
  assertEquals(
    env.requests.map(({ path }) => path),
    ["/api/notifications/unread-count"],
  );
  env.requests[0]!.answer(200, { count: 7, revision: 15 });
  await settled();
  assertEquals(inbox.unread.value, 7);
  assertEquals(env.requests.length, 1);
});

Deno.test("a count that cannot be read is asked again; a refusal is not", async () => {
  const { env } = world({ position: null, notifications: undefined });
  env.requests[0]!.answer(503);
  await settled();
  env.advance(1_000);
  assertEquals(env.requests.length, 2);
  env.requests[1]!.answer(401);
  await settled();
  env.advance(40_000);
  assertEquals(env.requests.length, 2);
});

Deno.test("what is gone on the server makes the inbox read itself again", async () => {
  const { env, inbox, shown } = world();
  const done = inbox.markRead("n1");
  env.requests[0]!.answer(404, { title: "There is no such notification" });
  assertEquals(await done, false);
  env.requests[1]!.answer(200, { count: 1, revision: 11 });
  await settled();
  env.requests[2]!.answer(200, {
    notifications: [item("n3"), item("n2", { read: true })],
    cursor: null,
    unread: 1,
    revision: 11,
  });
  await settled();
  assertEquals([shown(), inbox.unread.value], ["n3* n2", 1]);
});

Deno.test("an island that brings the list fills an inbox that knew the count only", async () => {
  const { env, inbox, all, shown } = world({ notifications: undefined });
  assertEquals(all.items.value, []);
  const initial = {
    unread: 1,
    revision: 10,
    notifications: [item("n1")],
    cursor: null,
  };
  inbox.adopt(initial);
  inbox.adopt({ ...initial, notifications: [item("other")] });
  assertEquals(shown(), "n1*");
  await settled();
  assertEquals(env.requests, []);
});

Deno.test("the last one who leaves ends the subscription", () => {
  const { env, inbox, page, end } = world();
  const other = inbox.start(page);
  end();
  assertEquals(env.socket.of("pusher:unsubscribe"), []);
  other();
  assertEquals(env.socket.of("pusher:unsubscribe").length, 1);
});
