/** Messages over real HTTP. */
import { assert, assertEquals } from "@std/assert";
import { appOfFile, readAnswer, type SignedIn } from "../support/app.ts";

const app = await appOfFile();
const owner = await app.signIn("demo-owner");
const member = await app.signIn("demo-member");
const outsider = await app.signIn("demo-outsider");

const ROOM = "/api/channels/guild-demo-guild/messages";

const ask = async (
  who: SignedIn,
  path: string,
  init: Parameters<SignedIn["fetch"]>[1] = {},
) => await readAnswer(await who.fetch(path, init));

const admin = await app.signIn("demo-admin");

const send = (who: SignedIn, json: unknown, path = ROOM) =>
  ask(who, path, { method: "POST", json });

Deno.test("a sent message is answered with its place, and read back newest first", async () => {
  const sent = await send(member, {
    content: "  hello\r\nthere ",
    clientId: "c-1",
  });
  assertEquals(sent.status, 201);
  assertEquals(Object.keys(sent.body).toSorted(), ["message", "position"]);
  const { message, position } = sent.body;
  assertEquals([
    message.channel,
    message.authorId,
    message.content,
    message.clientId,
  ], [
    "guild-demo-guild",
    "demo_member",
    "hello\nthere",
    "c-1",
  ]);
  const again = await send(member, { content: "hello there", clientId: "c-1" });
  assertEquals([again.status, again.body], [200, sent.body]);
  const page = await ask(owner, `${ROOM}?limit=2`);
  assertEquals(page.status, 200);
  assertEquals(page.body.messages[0], { ...message, position });
  assert(
    page.body.messages[1].sentAt < message.sentAt &&
      page.body.messages.length === 2,
  );
  const older = await ask(owner, `${ROOM}?limit=2&before=${page.body.before}`);
  assert(older.body.messages[0].sentAt < page.body.messages[1].sentAt);
  const byPosition = await ask(owner, `${ROOM}?limit=2&before=${position}`);
  assertEquals(byPosition.body.messages[0], page.body.messages[1]);
});

Deno.test("rooms are closed to who is not in them", async () => {
  const table: [SignedIn | null, string, number][] = [
    [owner, "guild-demo-guild", 200],
    [admin, "guild-demo-guild", 200],
    [outsider, "guild-demo-guild", 403],
    [null, "guild-demo-guild", 401],
    [outsider, "guild-nowhere", 403],
    [admin, "guild-nowhere", 403],
    [owner, "presence-guild-demo-guild", 403],
    [owner, "dm-demo_member-demo_owner", 200],
    [admin, "dm-demo_member-demo_owner", 403],
    [owner, "dm-demo_owner-demo_member", 403],
    [owner, "private-user-demo_owner", 403],
    [owner, "platform-global", 403],
    [owner, "dispute-nowhere", 403],
    [owner, "no%20name", 404],
    [owner, "x".repeat(201), 404],
  ];
  for (const [who, channel, status] of table) {
    const path = `/api/channels/${channel}/messages`;
    const read = who ? await who.fetch(path) : await fetch(app.origin + path);
    assertEquals(read.status, status, `${who?.handle} reads ${channel}`);
    await read.body?.cancel();
    if (status === 200) continue;
    const init = {
      method: "POST",
      body: '{"content":"x"}',
      headers: { "content-type": "application/json" },
    };
    const written = who
      ? await who.fetch(path, init)
      : await fetch(app.origin + path, init);
    assertEquals(written.status, status, `${who?.handle} writes ${channel}`);
    await written.body?.cancel();
  }
});

Deno.test("what cannot be a message or a page is refused by field", async () => {
  const fieldsOf = (
    { status, body }: { status: number; body: { fields: object } },
  ) => [status, Object.keys(body.fields)];
  assertEquals(fieldsOf(await send(owner, { content: "   " })), [400, [
    "content",
  ]]);
  assertEquals(fieldsOf(await send(owner, { content: "x".repeat(4_001) })), [
    400,
    ["content"],
  ]);
  assertEquals(fieldsOf(await send(owner, { content: 7 })), [400, ["content"]]);
  assertEquals(fieldsOf(await send(owner, { content: "x", clientId: "a b" })), [
    400,
    ["clientId"],
  ]);
  for (const query of ["limit=0", "limit=101", "limit=x", "limit=1.5"]) {
    assertEquals(fieldsOf(await ask(owner, `${ROOM}?${query}`)), [400, [
      "limit",
    ]], query);
  }
  assertEquals(fieldsOf(await ask(owner, `${ROOM}?before=zzz`)), [400, [
    "before",
  ]]);
  assertEquals(
    (await send(owner, { content: "x".repeat(100_000) })).status,
    413,
  );
  const text = await owner.fetch(ROOM, {
    method: "POST",
    body: "hello",
    headers: { "content-type": "text/plain" },
  });
  assertEquals(text.status, 415);
  await text.body?.cancel();
});

Deno.test("a direct message needs somebody at its other end, and shows in both lists", async () => {
  const path = (id: string) =>
    `/api/channels/${
      ["demo_outsider", id].sort().join("-").replace(/^/, "dm-")
    }/messages`;
  assertEquals(
    (await send(outsider, { content: "hi" }, path("demo_zzz"))).status,
    404,
  );
  assertEquals(
    (await send(outsider, { content: "hi" }, path("demo_member"))).status,
    201,
  );
  for (
    const [who, other] of [[outsider, "demo_member"], [
      member,
      "demo_outsider",
    ]] as const
  ) {
    const { body } = await ask(who, "/api/me/conversations");
    assertEquals(
      [body.conversations[0].userId, body.conversations[0].excerpt],
      [other, "hi"],
    );
    assertEquals(body.conversations[0].user.id, other);
  }
});

Deno.test("typing is for those who may write", async () => {
  const path = "/api/channels/guild-demo-guild/typing";
  assertEquals((await ask(member, path, { method: "POST" })).status, 204);
  assertEquals((await ask(outsider, path, { method: "POST" })).status, 403);
});
