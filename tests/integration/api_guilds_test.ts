/** Guilds over real HTTP. */
import { assert, assertEquals } from "@std/assert";
import { appOfFile, readAnswer, type SignedIn } from "../support/app.ts";
import { waitFor } from "../support/wait.ts";

const app = await appOfFile();
const owner = await app.signIn("demo-owner");
const outsider = await app.signIn("demo-outsider");

const ROOM = "/api/channels/guild-demo-guild/messages";

const ask = async (
  who: SignedIn,
  path: string,
  init: Parameters<SignedIn["fetch"]>[1] = {},
) => await readAnswer(await who.fetch(path, init));

Deno.test("joining a guild tells its officers, leaving closes the room again", async () => {
  const members = "/api/guilds/demo-guild/members";
  const unread = async () =>
    (await ask(owner, "/api/notifications/unread-count")).body;
  const before = await unread();
  const joined = await ask(outsider, members, { method: "POST" });
  assertEquals([joined.status, joined.body.membership.role], [201, "member"]);
  assertEquals((await ask(outsider, members, { method: "POST" })).status, 200);
  assertEquals((await ask(outsider, ROOM)).status, 200);
  await waitFor(async () => (await unread()).count === before.count + 1, {
    what: "the owner's notification",
  });
  const { body } = await ask(owner, "/api/notifications?limit=1");
  const [notification] = body.notifications;
  assertEquals([
    notification.type,
    notification.title,
    notification.link,
    notification.read,
  ], [
    "guild_member_joined",
    "Priya Raman joined Lantern Works",
    "/guilds/demo-guild",
    false,
  ]);
  const listed = await ask(outsider, members);
  assert(
    listed.body.members.some((m: { handle: string }) =>
      m.handle === "demo-outsider"
    ),
  );
  assertEquals(
    (await ask(outsider, `${members}/me`, { method: "DELETE" })).status,
    204,
  );
  assertEquals((await ask(outsider, ROOM)).status, 403);
  assertEquals(
    (await ask(outsider, "/api/guilds/northwind-audit/members", {
      method: "POST",
    })).status,
    403,
  );
  assertEquals(
    (await ask(outsider, "/api/guilds/nowhere/members", { method: "POST" }))
      .status,
    404,
  );
});

Deno.test("a guild is founded, changed by its officers, and listed", async () => {
  const made = await ask(outsider, "/api/guilds", {
    method: "POST",
    json: { name: "Pie Charts", description: "Eleven" },
  });
  assertEquals(
    [made.status, made.body.guild.memberCount, made.body.guild.open],
    [201, 1, true],
  );
  const path = `/api/guilds/${made.body.guild.id}`;
  assertEquals(
    (await ask(owner, path, { method: "PATCH", json: { name: "Mine" } }))
      .status,
    403,
  );
  assertEquals(
    (await ask(outsider, path, {
      method: "PATCH",
      json: { name: "Bar Charts" },
    })).status,
    200,
  );
  assertEquals((await ask(owner, path)).body, {
    guild: { ...made.body.guild, name: "Bar Charts" },
    role: null,
  });
  assertEquals(
    (await ask(owner, `${path}/members`, { method: "POST" })).status,
    201,
  );
  const promoted = await ask(outsider, `${path}/members/demo_owner`, {
    method: "PATCH",
    json: { role: "officer" },
  });
  assertEquals([promoted.status, promoted.body.membership.role], [
    200,
    "officer",
  ]);
  const { body } = await ask(owner, "/api/me/guilds");
  assert(
    body.guilds.some((g: { guild: { name: string }; role: string }) =>
      g.guild.name === "Bar Charts" && g.role === "officer"
    ),
  );
  assert((await ask(owner, "/api/guilds")).body.guilds.length >= 4);
});
