/** An inbox in the browser: pages, and reading again what may be missing. */
import { assert, assertEquals } from "@std/assert";
import { settled } from "./fake_environment.ts";
import { item, world } from "./inbox_support.ts";

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
