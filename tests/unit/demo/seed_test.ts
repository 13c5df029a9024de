import { assert, assertEquals } from "@std/assert";
import { parseChannel } from "../../../lib/realtime/mod.ts";
import { createPolicy } from "../../../lib/auth/policy.ts";
import { DAY } from "../../../lib/clock.ts";
import { seedDemo } from "../../../lib/demo/mod.ts";
import { getGuild, listGuilds, listMembers } from "../../../lib/guilds/mod.ts";
import {
  listConversations,
  listMessages,
  type PlacedMessage,
} from "../../../lib/messages/mod.ts";
import {
  getNotifications,
  NOTIFICATION_TYPES,
} from "../../../lib/notifications/mod.ts";
import {
  getStanding,
  getUserByHandle,
  listTrustHistory,
  meritsOf,
  rankOf,
  type User,
} from "../../../lib/users/mod.ts";
import { keys } from "../../../lib/kv/mod.ts";
import { fakeClock } from "../../support/clock.ts";
import { openDeps, type TestDeps } from "../../support/open_deps.ts";

const everything = (kv: Deno.Kv) =>
  Array.fromAsync(
    kv.list({ prefix: [] }),
    ({ key, value }) => JSON.stringify([key, value]),
  );

async function allMessages(deps: TestDeps, channel: string) {
  const messages: PlacedMessage[] = [];
  let before: string | undefined;
  do {
    const page = await listMessages(deps, { channel, before, limit: 100 });
    messages.push(...page.messages);
    before = page.before ?? undefined;
  } while (before);
  return messages;
}

Deno.test("a second run changes nothing, also a day later", async () => {
  using kv = await Deno.openKv(":memory:");
  const clock = fakeClock();
  assert(await seedDemo({ kv, now: clock.now }) > 500);
  const first = await everything(kv);
  clock.advance(DAY);
  assertEquals(await seedDemo({ kv, now: clock.now }), 0);
  assertEquals(await everything(kv), first);
});

Deno.test("two stores get the same world; processes that start together write it once", async () => {
  using one = await Deno.openKv(":memory:");
  using two = await Deno.openKv(":memory:");
  const clock = fakeClock();
  await seedDemo({ kv: one, now: clock.now });
  const written = await Promise.all(
    [1, 2, 3].map(() => seedDemo({ kv: two, now: clock.now })),
  );
  assertEquals(written.filter((rows) => rows > 0).length, 1);
  assertEquals(await everything(two), await everything(one));
});

Deno.test("a run that was killed is finished by the next, as if it had not been", async () => {
  using whole = await Deno.openKv(":memory:");
  using broken = await Deno.openKv(":memory:");
  const clock = fakeClock();
  await seedDemo({ kv: whole, now: clock.now });
  await seedDemo({ kv: broken, now: clock.now });
  const mark = (await broken.get<{ done: boolean }>(keys.demoSeed())).value!;
  await broken.set(keys.demoSeed(), { ...mark, done: false });
  for await (
    const { key } of broken.list({ prefix: keys.messages("guild-demo-guild") })
  ) await broken.delete(key);
  clock.advance(DAY);
  assert(await seedDemo({ kv: broken, now: clock.now }) > 500);
  const rows = async (kv: Deno.Kv) =>
    (await everything(kv)).filter((row) => !row.startsWith('[["meta"'));
  assertEquals(await rows(broken), await rows(whole));
});

Deno.test("the people and guilds that are promised are there", async () => {
  await using deps = await openDeps();
  const { kv } = deps;
  await seedDemo(deps);
  const policy = createPolicy({ kv });
  const room = parseChannel("guild-demo-guild")!;
  const rights = async (handle: string) => {
    const user = (await getUserByHandle(kv, handle))!;
    assert(/^[A-Za-z0-9_]{1,64}$/.test(user.id) && user.demo === true);
    return [
      await policy.may(user, "see", room),
      await policy.may(user, "administer", room),
    ];
  };
  assertEquals(await rights("demo-owner"), [true, true]);
  assertEquals(await rights("demo-member"), [true, false]);
  assertEquals(await rights("demo-outsider"), [false, false]);
  assertEquals(await rights("demo-admin"), [true, true]);
  assertEquals((await getUserByHandle(kv, "demo-admin"))!.role, "admin");
  const guilds = (await listGuilds(kv)).items;
  assertEquals(guilds.length, 3);
  for (const guild of guilds) {
    const members = (await listMembers(kv, guild.id)).items;
    assertEquals(members.length, guild.memberCount, guild.id);
    assertEquals(
      members.filter((m) => m.role !== "member").map((m) => m.id).toSorted(),
      guild.officerIds.toSorted(),
    );
  }
  assertEquals((await getGuild(kv, "demo-guild"))!.open, true);
});

Deno.test("what was said is in the past, by members, in order, in the daytime, and comes before what is said now", async () => {
  await using deps = await openDeps();
  await seedDemo(deps);
  const today = Math.floor(deps.now() / DAY) * DAY;
  let count = 0;
  for (const guild of (await listGuilds(deps.kv)).items) {
    const members = new Set(
      (await listMembers(deps.kv, guild.id)).items.map((m) => m.id),
    );
    const messages = await allMessages(deps, `guild-${guild.id}`);
    count += messages.length;
    const times = messages.map((m) => m.sentAt);
    assertEquals(times, times.toSorted((a, b) => b - a));
    assert(
      times[0]! < today && times[0]! > today - 4 * DAY,
      "the room was alive lately",
    );
    assert(
      times.at(-1)! > today - 30 * DAY && times.at(-1)! < today - 14 * DAY,
    );
    for (const m of messages) {
      // Neighbours of a guild drop in to say hello.
      assert(members.has(m.authorId), `${m.author.handle} in ${guild.id}`);
      const hour = new Date(m.sentAt).getUTCHours();
      assert(hour >= 6 && hour <= 23);
    }
    assertEquals(new Set(messages.map((m) => m.id)).size, messages.length);
  }
  assert(count >= 300, `${count} messages`);
  const owner = (await getUserByHandle(deps.kv, "demo-owner"))!;
  const { sendMessage } = await import("../../../lib/messages/mod.ts");
  await sendMessage(deps, {
    channel: "guild-demo-guild",
    author: owner,
    content: "now",
  });
  assertEquals(
    (await listMessages(deps, { channel: "guild-demo-guild", limit: 1 }))
      .messages[0]!.content,
    "now",
  );
  assert((await listConversations(deps, "demo_owner")).length >= 3);
});

Deno.test("the owner's inbox shows every type, in every state, with a right count", async () => {
  await using deps = await openDeps();
  await seedDemo(deps);
  const owner = (await getUserByHandle(deps.kv, "demo-owner"))!;
  const [inbox, unread, archived] = await Promise.all([
    getNotifications(deps, owner, { limit: 100 }),
    getNotifications(deps, owner, { limit: 100, filter: "unread" }),
    getNotifications(deps, owner, { limit: 100, filter: "archived" }),
  ]);
  const all = [...inbox.notifications, ...archived.notifications];
  assertEquals(
    all.map((n) => n.type).toSorted(),
    NOTIFICATION_TYPES.toSorted(),
  );
  assertEquals(unread.notifications.length, inbox.unread);
  assert(inbox.unread > 0 && archived.notifications.length > 0);
  assert(inbox.notifications.some((n) => n.read));
});

Deno.test("everybody's rank is what their achievements give, and their history leads to their trust", async () => {
  await using deps = await openDeps();
  await seedDemo(deps);
  let seen = 0;
  for await (
    const { value: user } of deps.kv.list<User>({ prefix: keys.usersPrefix() })
  ) {
    const standing = await getStanding(deps.kv, user.id);
    const merits = meritsOf(user, standing, deps.now());
    assertEquals(rankOf("Newcomer", merits), user.rank, user.handle);
    const [last] = await listTrustHistory(deps.kv, user.id, 1);
    if (last) assertEquals(last.to, user.trust);
    seen++;
  }
  assert(seen > 15);
});
