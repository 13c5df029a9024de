import { assertEquals } from "@std/assert";
import { listActivity } from "../../../lib/activity/mod.ts";
import {
  createGuild,
  getGuild,
  getMembership,
  joinGuild,
  leaveGuild,
  listGuilds,
  listGuildsOf,
  listMembers,
  setRole,
  updateGuild,
} from "../../../lib/guilds/mod.ts";
import {
  getNotifications,
  registerNotificationJobs,
} from "../../../lib/notifications/mod.ts";
import { guildChannel } from "../../../lib/realtime/mod.ts";
import { openDeps, type TestDeps } from "../../support/open_deps.ts";
import { codeOf } from "../../support/refusal.ts";

async function founded(deps: TestDeps, open = true) {
  const owner = await deps.addUser("ada");
  return {
    owner,
    guild: await createGuild(deps, owner, {
      name: "Lantern",
      description: "",
      open,
    }),
  };
}

Deno.test("the founder is owner and first member", async () => {
  await using deps = await openDeps();
  const { guild } = await founded(deps);
  assertEquals(guild.memberCount, 1);
  assertEquals(
    (await listMembers(deps.kv, guild.id)).items.map((m) => [m.handle, m.role]),
    [["ada", "owner"]],
  );
  assertEquals(
    (await listGuildsOf(deps.kv, "ada")).map((g) => [g.guild.id, g.role]),
    [[guild.id, "owner"]],
  );
});

Deno.test("joining tells the room, its officers and the activity log, once", async () => {
  await using deps = await openDeps();
  const { owner, guild } = await founded(deps);
  registerNotificationJobs(deps.queue, deps);
  deps.queue.start();
  const bob = await deps.addUser("bob", { name: "Bob" });
  const first = await joinGuild(deps, guild.id, bob, "device");
  assertEquals([first.joined, first.guild.memberCount], [true, 2]);
  const again = await joinGuild(deps, guild.id, bob);
  assertEquals([again.joined, again.guild.memberCount], [false, 2]);
  const events = await deps.events(guildChannel(guild.id));
  assertEquals(events.map((e) => [e.event, e.json]), [["guild:member-join", {
    guildId: guild.id,
    user: { id: "bob", handle: "bob", name: "Bob" },
    role: "member",
    joinedAt: first.membership.joinedAt,
    memberCount: 2,
  }]]);
  await deps.queue.drain(5_000);
  const { notifications } = await getNotifications(deps, owner);
  assertEquals(notifications.map((n) => n.title), ["Bob joined Lantern"]);
  assertEquals((await getNotifications(deps, bob)).notifications, []);
  const done = await Array.fromAsync(listActivity(deps.kv, 0, deps.now() + 1));
  assertEquals(done.map((a) => [a.kind, a.actorId, a.device]), [
    ["guild_joined", "ada", null],
    ["guild_joined", "bob", "device"],
  ]);
});

Deno.test("the count is right whatever joins and leaves at once in several isolates", async () => {
  await using deps = await openDeps();
  await using other = await deps.fork();
  const { guild } = await founded(deps);
  const people = await Promise.all(
    Array.from({ length: 80 }, (_, i) => deps.addUser(`user-${i}`)),
  );
  await Promise.all(
    people.map((person, i) =>
      joinGuild(i % 2 ? deps : other, guild.id, person)
    ),
  );
  assertEquals((await getGuild(deps.kv, guild.id))!.memberCount, 81);
  await Promise.all(people.flatMap((person, i) => [
    i % 4 === 0 ? leaveGuild(deps, guild.id, person.id) : Promise.resolve(),
    i % 4 === 0
      ? leaveGuild(other, guild.id, person.id)
      : joinGuild(other, guild.id, person),
  ]));
  const members = await listMembers(deps.kv, guild.id, { limit: 100 });
  assertEquals(members.items.length, 61);
  assertEquals((await getGuild(deps.kv, guild.id))!.memberCount, 61);
  const counts = (await deps.events(guildChannel(guild.id))).map((e) =>
    (e.json as { memberCount: number }).memberCount
  );
  assertEquals(counts.at(-1), 61);
  assertEquals(counts.length, 100, "each change was told once");
});

Deno.test("a guild that is not open is not joined, and one that is not there is not found", async () => {
  await using deps = await openDeps();
  const { guild } = await founded(deps, false);
  const bob = await deps.addUser("bob");
  assertEquals(await codeOf(() => joinGuild(deps, guild.id, bob)), "forbidden");
  assertEquals(
    await codeOf(() => joinGuild(deps, "nowhere", bob)),
    "not_found",
  );
  assertEquals((await getGuild(deps.kv, guild.id))!.memberCount, 1);
});

Deno.test("going in and out of a guild all the time is slowed down", async () => {
  await using deps = await openDeps();
  const { guild } = await founded(deps);
  const bob = await deps.addUser("bob");
  let code: string | undefined;
  for (let i = 0; i < 20 && !code; i++) {
    code = await joinGuild(deps, guild.id, bob).then(
      () => undefined,
      (e) => e.code,
    );
    await leaveGuild(deps, guild.id, bob.id);
  }
  assertEquals(code, "rate_limited");
});

Deno.test("leaving tells who left; the owner hands over first", async () => {
  await using deps = await openDeps();
  const { owner, guild } = await founded(deps);
  const bob = await deps.addUser("bob");
  await joinGuild(deps, guild.id, bob);
  assertEquals(
    await codeOf(() => leaveGuild(deps, guild.id, owner.id)),
    "illegal_transition",
  );
  await setRole(deps, owner, guild.id, "bob", "owner");
  const after = (await getGuild(deps.kv, guild.id))!;
  assertEquals([after.ownerId, after.officerIds.toSorted()], ["bob", [
    "ada",
    "bob",
  ]]);
  assertEquals(
    (await getMembership(deps.kv, guild.id, "ada"))!.role,
    "officer",
  );
  assertEquals(await leaveGuild(deps, guild.id, "ada"), true);
  assertEquals(await leaveGuild(deps, guild.id, "ada"), false);
  const left = (await deps.events(guildChannel(guild.id))).at(-1)!;
  assertEquals([left.event, left.json], ["guild:updated", {
    guildId: guild.id,
    memberCount: 1,
    left: "ada",
  }]);
  assertEquals(await listGuildsOf(deps.kv, "ada"), []);
  assertEquals((await getGuild(deps.kv, guild.id))!.officerIds, ["bob"]);
});

Deno.test("only the owner and platform admins give roles; officers may change the guild's words", async () => {
  await using deps = await openDeps();
  const { owner, guild } = await founded(deps);
  const [bob, cleo] = [await deps.addUser("bob"), await deps.addUser("cleo")];
  const admin = await deps.addUser("root", { role: "admin" });
  await joinGuild(deps, guild.id, bob);
  await joinGuild(deps, guild.id, cleo);
  assertEquals(
    await codeOf(() => setRole(deps, bob, guild.id, "bob", "officer")),
    "forbidden",
  );
  await setRole(deps, owner, guild.id, "bob", "officer");
  assertEquals(
    await codeOf(() => setRole(deps, bob, guild.id, "cleo", "officer")),
    "forbidden",
  );
  assertEquals(
    (await setRole(deps, admin, guild.id, "cleo", "officer")).role,
    "officer",
  );
  assertEquals(
    (await updateGuild(deps, bob, guild.id, { name: "Beacon" })).name,
    "Beacon",
  );
  await setRole(deps, owner, guild.id, "bob", "member");
  assertEquals(
    await codeOf(() => updateGuild(deps, bob, guild.id, { name: "Mine" })),
    "forbidden",
  );
  assertEquals((await getGuild(deps.kv, guild.id))!.name, "Beacon");
});

Deno.test("lists of guilds and members come in pages", async () => {
  await using deps = await openDeps();
  const owner = await deps.addUser("ada");
  for (let i = 0; i < 7; i++) {
    await createGuild(deps, owner, {
      name: `Guild ${i}`,
      description: "",
      open: true,
    });
  }
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listGuilds(deps.kv, { cursor, limit: 3 });
    seen.push(...page.items.map((g) => g.name));
    cursor = page.cursor ?? undefined;
  } while (cursor);
  assertEquals(seen, Array.from({ length: 7 }, (_, i) => `Guild ${i}`));
});
