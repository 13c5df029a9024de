/** An inbox in the browser: what is told, done here and done elsewhere. */
import { assertEquals } from "@std/assert";
import { settled } from "./fake_environment.ts";
import { item, world } from "./inbox_support.ts";

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

Deno.test("the last one who leaves ends the subscription", () => {
  const { env, inbox, page, end } = world();
  const other = inbox.start(page);
  end();
  assertEquals(env.socket.of("pusher:unsubscribe"), []);
  other();
  assertEquals(env.socket.of("pusher:unsubscribe").length, 1);
});
