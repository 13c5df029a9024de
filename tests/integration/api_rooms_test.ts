/** What one does in rooms besides writing, over real HTTP. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { verifyExport } from "../../lib/messages/mod.ts";
import { appOfFile, type SignedIn } from "../support/app.ts";
import { waitFor } from "../support/wait.ts";

const app = await appOfFile();
const owner = await app.signIn("demo-owner");
const member = await app.signIn("demo-member");
const outsider = await app.signIn("demo-outsider");
const admin = await app.signIn("demo-admin");

const ROOM = "/api/channels/guild-demo-guild";
const DM = "/api/channels/dm-demo_member-demo_owner";

const ask = (who: SignedIn, path: string, method = "GET", json?: unknown) =>
  who.ask(method, path, method === "GET" ? undefined : json ?? {});

async function say(who: SignedIn, content: string, more = {}, room = ROOM) {
  const { status, body } = await ask(who, `${room}/messages`, "POST", {
    content,
    ...more,
  });
  assertEquals(status, 201, JSON.stringify(body));
  return body.message as { id: string };
}

Deno.test("a message is edited, reacted to, pinned, answered and deleted", async () => {
  const { id } = await say(member, "Frist");
  const path = `${ROOM}/messages/${id}`;
  const edited = await ask(member, path, "PATCH", {
    content: "First",
    revision: 0,
  });
  assertEquals([edited.status, edited.body.message.content], [200, "First"]);
  assertEquals((await ask(owner, path, "PATCH", { content: "x" })).status, 403);
  assertEquals(
    (await ask(member, path, "PATCH", { content: "x", revision: 0 })).status,
    409,
  );
  const history = await ask(member, `${path}/history`);
  assertEquals(
    history.body.versions.map((v: { content: string }) => v.content),
    [
      "Frist",
      "First",
    ],
  );
  const reaction = { emoji: "👍", on: true };
  const reacted = await ask(owner, `${path}/reactions`, "POST", reaction);
  assertEquals(reacted.body.reactions, [{
    emoji: "👍",
    count: 1,
    userIds: ["demo_owner"],
  }]);
  for (const emoji of ["x", "<b>", "👍👍", ""]) {
    const refused = await ask(owner, `${path}/reactions`, "POST", {
      emoji,
      on: true,
    });
    assertEquals(refused.status, 400, emoji);
  }
  const people = await ask(member, `${path}/reactions`);
  assertEquals(people.body.people[0].user.handle, "demo-owner");
  assertEquals(
    (await ask(member, `${path}/pin`, "POST", { pinned: true })).status,
    403,
  );
  assertEquals(
    (await ask(owner, `${path}/pin`, "POST", { pinned: true })).status,
    200,
  );
  const pins = await ask(member, `${ROOM}/pins`);
  assert(pins.body.messages.some((m: { id: string }) => m.id === id));
  const reply = await say(owner, "Indeed", { parentId: id });
  const thread = await ask(member, `${ROOM}/threads/${id}`);
  assertEquals([thread.body.parent.thread.count, thread.body.messages[0].id], [
    1,
    reply.id,
  ]);
  const around = await ask(
    member,
    `${ROOM}/messages?around=${reply.id}&limit=3`,
  );
  assert(around.body.messages.some((m: { id: string }) => m.id === id));
  const both = await ask(member, `${ROOM}/messages?around=${id}&after=1.1.1`);
  assertEquals(both.status, 400);
  const gone = await ask(owner, path, "DELETE");
  assertEquals([gone.status, gone.body.message.content], [200, ""]);
  assertEquals((await ask(outsider, path)).status, 403);
  assertEquals((await ask(member, `${ROOM}/messages/nothing`)).status, 404);
});

Deno.test("reading is counted, marked and shown in the rail", async () => {
  await ask(owner, "/api/me/rooms/read-all", "POST");
  const { id } = await say(member, "Look @demo-owner");
  const { id: last } = await say(member, "And this");
  const state = async () => (await ask(owner, `${ROOM}/read`)).body;
  const before = await state();
  assertEquals([before.read.unread, before.read.mentions], [2, 1]);
  assertEquals(before.firstUnread.id, id);
  const rail = await ask(owner, "/api/me/rooms");
  const room = rail.body.rooms.find((r: { channel: string }) =>
    r.channel === "guild-demo-guild"
  );
  assertEquals([room.unread, room.last.id], [2, last]);
  const upTo = await ask(owner, `${ROOM}/read`, "POST", { messageId: id });
  assertEquals(upTo.body.read.unread, 1);
  const back = await ask(owner, `${ROOM}/read`, "POST", { unreadFrom: id });
  assertEquals(back.body.read.unread, 2);
  const { revision } = upTo.body.read;
  const late = { messageId: last, revision };
  const overruled = await ask(owner, `${ROOM}/read`, "POST", late);
  assertEquals(overruled.body.read, back.body.read, "marked unread after that");
  await ask(owner, `${ROOM}/read`, "POST");
  const readers = await ask(member, `${ROOM}/messages/${last}/readers`);
  assert(
    readers.body.readers.some((r: { user: { handle: string } }) =>
      r.user.handle === "demo-owner"
    ),
  );
  const draft = { content: "We could", at: Date.now() };
  await ask(owner, `${ROOM}/draft`, "PUT", draft);
  const drafts = await ask(owner, "/api/me/drafts");
  assert(
    drafts.body.drafts.some((d: { content: string }) =>
      d.content === "We could"
    ),
  );
  const named = await ask(owner, `${ROOM}/people?q=demo-m`);
  assertEquals(named.body.people[0].handle, "demo-member");
  assertEquals([named.body.officers, named.body.everyone], [true, true]);
});

Deno.test("messages are found by who may see them, at once", async () => {
  await say(member, "A peculiarly glowing lamp");
  const q = encodeURIComponent("peculiar from:demo-member in:guild-demo-guild");
  const found = await ask(owner, `/api/search/messages?q=${q}`);
  assertEquals(found.body.results.length, 1);
  assertEquals(
    found.body.results[0].snippet.filter((p: { hit: boolean }) => p.hit),
    [{ text: "peculiarly", hit: true }],
  );
  const other = await ask(outsider, `/api/search/messages?q=${q}`);
  assertEquals(other.body.results, []);
  for (const bad of ["has:money", "before:soon"]) {
    assertEquals(
      (await ask(owner, `/api/search/messages?q=${bad}`)).status,
      400,
    );
  }
  assertEquals(
    (await ask(owner, "/api/search/messages?q=lamp&cursor=!")).status,
    400,
  );
});

Deno.test("officers keep order, and their log says what they did", async () => {
  const settings = { slowSeconds: 3600 };
  assertEquals(
    (await ask(member, `${ROOM}/settings`, "PATCH", settings)).status,
    403,
  );
  assertEquals(
    (await ask(owner, `${ROOM}/settings`, "PATCH", settings)).status,
    200,
  );
  const slow = await ask(member, `${ROOM}/messages`, "POST", {
    content: "Too soon",
  });
  assertEquals([slow.status, slow.body.code], [429, "rate_limited"]);
  assert(slow.body.retryAfter > 3_000);
  await ask(owner, `${ROOM}/settings`, "PATCH", { slowSeconds: 0 });
  const { id } = await say(member, "Rude");
  const mute = { until: Date.now() + 60_000, reason: "Rude" };
  assertEquals(
    (await ask(owner, `${ROOM}/mutes/demo_member`, "PUT", mute)).status,
    200,
  );
  const muted = await ask(member, `${ROOM}/messages`, "POST", {
    content: "But",
  });
  assertEquals(muted.status, 403);
  assertMatch(muted.body.detail, /muted in this room until/);
  const mine = (await ask(member, `${ROOM}/settings`)).body.mine;
  assertEquals([mine.write, mine.mute.reason], [false, "Rude"]);
  assertEquals((await ask(owner, `${ROOM}/mutes`)).body.mutes.length, 1);
  assertEquals(
    (await ask(owner, `${ROOM}/mutes/demo_member`, "DELETE")).status,
    204,
  );
  const report = { reason: "abuse", note: "See" };
  const reported = await ask(
    owner,
    `${ROOM}/messages/${id}/report`,
    "POST",
    report,
  );
  assertEquals(reported.status, 201);
  assertEquals(Object.keys(reported.body.report).sort(), ["at", "id", "state"]);
  assertEquals((await ask(member, `${ROOM}/reports`)).status, 403);
  const open = await ask(admin, "/api/admin/reports");
  assertEquals(open.body.reports[0].messageId, id);
  const answer = { state: "dismissed", resolution: "Settled" };
  const path = `/api/admin/reports/${reported.body.report.id}`;
  assertEquals((await ask(owner, path, "PATCH", answer)).status, 403);
  assertEquals((await ask(admin, path, "PATCH", answer)).status, 200);
  const audit = await ask(owner, `${ROOM}/audit?limit=3`);
  assertEquals(
    audit.body.entries.map((e: { action: string }) => e.action),
    ["report_resolved", "member_unmuted", "member_muted"],
  );
  assertEquals((await ask(member, `${ROOM}/audit`)).status, 403);
});

Deno.test("a block closes the direct conversation both ways", async () => {
  await ask(owner, "/api/me/blocks/demo_member", "PUT");
  for (const who of [owner, member]) {
    const refused = await ask(who, `${DM}/messages`, "POST", { content: "Hi" });
    assertEquals(refused.status, 403);
  }
  assertEquals((await ask(owner, "/api/me/blocks")).body.userIds, [
    "demo_member",
  ]);
  assertEquals((await ask(member, "/api/me/blocks")).body.userIds, []);
  await ask(owner, "/api/me/blocks/demo_member", "DELETE");
  await say(member, "Hi", {}, DM);
});

Deno.test("a message that waits is listed, changed, sent at its time", async () => {
  const later = { content: "Later", sendAt: Date.now() + 3_600_000 };
  const { status, body } = await ask(member, `${DM}/scheduled`, "POST", later);
  assertEquals(status, 201);
  const path = `${DM}/scheduled/${body.scheduled.id}`;
  assertEquals((await ask(owner, path, "DELETE")).status, 404, "another's");
  assertEquals(
    (await ask(member, "/api/me/scheduled")).body.scheduled.length,
    1,
  );
  const soon = { content: "Now then", sendAt: Date.now() + 500 };
  assertEquals((await ask(member, path, "PATCH", soon)).status, 200);
  await waitFor(async () => {
    const { body } = await ask(owner, `${DM}/messages?limit=1`);
    return body.messages[0].content === "Now then";
  }, { what: "the message to be sent", timeout: 30_000 });
  assertEquals((await ask(member, path, "DELETE")).status, 404);
  const past = { content: "x", sendAt: 1 };
  assertEquals(
    (await ask(member, `${DM}/scheduled`, "POST", past)).status,
    400,
  );
});

Deno.test("an export is for officers, does nothing in a browser, and proves itself", async () => {
  assertEquals((await ask(member, `${ROOM}/export`)).status, 403);
  const { chain } = (await ask(owner, `${ROOM}/settings`)).body;
  const response = await owner.fetch(`${ROOM}/export?format=json`);
  const checked = verifyExport(await response.json(), chain.hash);
  assertEquals([checked.intact, checked.entries], [true, chain.entries]);
  const page = await owner.fetch(`${ROOM}/export?format=html`);
  assertMatch(page.headers.get("content-security-policy")!, /sandbox/);
  assertMatch(page.headers.get("content-disposition")!, /^attachment/);
  assertMatch(await page.text(), new RegExp(chain.hash));
});

Deno.test("a status is set, seen by those in the room, and ends", async () => {
  const until = Date.now() + 60_000;
  const set = { state: "dnd", text: "Writing", emoji: "✍️", until };
  assertEquals((await ask(owner, "/api/me/status", "PUT", set)).status, 200);
  const { statuses } = (await ask(member, `${ROOM}/statuses`)).body;
  const seen = statuses.find((s: { userId: string }) =>
    s.userId === "demo_owner"
  );
  assertEquals([seen.text, seen.state], ["Writing", "offline"]);
  assertEquals((await ask(outsider, `${ROOM}/statuses`)).status, 403);
  assertEquals(
    (await ask(owner, "/api/me/idle", "POST", { idle: false })).status,
    200,
  );
  const past = { ...set, until: 1 };
  assertEquals((await ask(owner, "/api/me/status", "PUT", past)).status, 400);
});
