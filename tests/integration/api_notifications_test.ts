/** Notifications over real HTTP. */
import { assert, assertEquals } from "@std/assert";
import { appOfFile, readAnswer, type SignedIn } from "../support/app.ts";

const app = await appOfFile();
const owner = await app.signIn("demo-owner");
const member = await app.signIn("demo-member");

const ask = async (
  who: SignedIn,
  path: string,
  init: Parameters<SignedIn["fetch"]>[1] = {},
) => await readAnswer(await who.fetch(path, init));

Deno.test("notifications are marked, archived and deleted by their owner only", async () => {
  const { body } = await ask(member, "/api/notifications?filter=unread");
  const [first, second] = body.notifications;
  const path = `/api/notifications/${first.id}`;
  const patch = (who: SignedIn, json: unknown, to = path) =>
    ask(who, to, { method: "PATCH", json });
  assertEquals((await patch(owner, { read: true })).status, 404);
  const read = await patch(member, { read: true });
  assertEquals([read.status, read.body.notification.read, read.body.unread], [
    200,
    true,
    body.unread - 1,
  ]);
  assert(read.body.revision > body.revision);
  assertEquals((await patch(member, { read: false })).body.unread, body.unread);
  assertEquals((await patch(member, { read: "yes" })).status, 400);
  assertEquals(
    (await patch(member, { archived: true })).body.notification.archived,
    true,
  );
  assertEquals(
    (await ask(member, "/api/notifications?filter=archived")).body
      .notifications[0].id,
    first.id,
  );
  assertEquals(
    (await ask(member, `/api/notifications/${second.id}`, { method: "DELETE" }))
      .status,
    204,
  );
  assertEquals(
    (await ask(member, `/api/notifications/${second.id}`)).status,
    404,
  );
  await patch(member, { archived: false });
  const all = await ask(member, "/api/notifications/read-all", {
    method: "POST",
  });
  assertEquals([all.status, all.body.unread], [200, 0]);
  assertEquals(
    (await ask(member, "/api/notifications/unread-count")).body.count,
    0,
  );
  assertEquals(
    (await ask(member, "/api/notifications?filter=unread")).body.notifications,
    [],
  );
});

Deno.test("a page of notifications leads to the next, and nonsense is refused", async () => {
  const { body: whole } = await ask(owner, "/api/notifications?limit=100");
  const seen: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const { body }: { body: typeof whole } = await ask(
      owner,
      `/api/notifications?limit=3${cursor && `&cursor=${cursor}`}`,
    );
    seen.push(...body.notifications.map((n: { id: string }) => n.id));
    cursor = body.cursor;
  }
  assertEquals(seen, whole.notifications.map((n: { id: string }) => n.id));
  for (const query of ["limit=0", "filter=none", "cursor=a%20b"]) {
    assertEquals(
      (await ask(owner, `/api/notifications?${query}`)).status,
      400,
      query,
    );
  }
  assertEquals(
    await fetch(`${app.origin}/api/notifications`).then((
      r,
    ) => (r.body?.cancel(), r.status)),
    401,
  );
});
