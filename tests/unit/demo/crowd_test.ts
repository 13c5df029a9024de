/** The world of `deno task seed`: the same every time, resumable, and every part of it agreeing with the others. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  type Bounty,
  BOUNTY_STATES,
  bountyRows,
  listBounties,
} from "../../../lib/bounties/mod.ts";
import { DAY } from "../../../lib/clock.ts";
import { type SeedCrowd, seedCrowd } from "../../../lib/demo/mod.ts";
import { crowdRows } from "../../../lib/demo/crowd/mod.ts";
import {
  type Dispute,
  disputeRows,
  pickJurors,
} from "../../../lib/disputes/mod.ts";
import { NexoraError } from "../../../lib/errors.ts";
import {
  getMembership,
  type Guild,
  guildRows,
  type Membership,
} from "../../../lib/guilds/mod.ts";
import { keys } from "../../../lib/kv/mod.ts";
import { listMessages, listThread } from "../../../lib/messages/mod.ts";
import {
  type Inbox,
  type Notification,
  NOTIFICATION_DATA,
} from "../../../lib/notifications/mod.ts";
import { search } from "../../../lib/search/mod.ts";
import {
  getStanding,
  getUserByHandle,
  listTrustHistory,
  meritsOf,
  newUserRows,
  rankOf,
  type User,
} from "../../../lib/users/mod.ts";
import { fakeClock } from "../../support/clock.ts";
import { openDeps } from "../users/open_deps.ts";
import { readArguments } from "../../../jobs/seed_cli.ts";

const SIZE = { users: 120, guilds: 8, days: 40, seed: 7 };

async function everything(kv: Deno.Kv): Promise<Map<string, string>> {
  const rows = new Map<string, string>();
  for await (const { key, value } of kv.list({ prefix: [] })) {
    if (key[0] === "meta") continue;
    rows.set(JSON.stringify(key), JSON.stringify(value));
  }
  return rows;
}

const valuesOf = <T>(kv: Deno.Kv, ...prefix: Deno.KvKey) =>
  Array.fromAsync(kv.list<T>({ prefix }), ({ value }) => value);

Deno.test("the same numbers give the same world, and a second run, a day later, changes nothing", async () => {
  using one = await Deno.openKv(":memory:");
  using two = await Deno.openKv(":memory:");
  const clock = fakeClock();
  const first = await seedCrowd({ kv: one, now: clock.now }, SIZE);
  assert(first.rows > 10_000 && !first.wasThere);
  await seedCrowd({ kv: two, now: clock.now }, SIZE);
  const before = await everything(one);
  assertEquals(await everything(two), before);
  clock.advance(DAY);
  const again = await seedCrowd({ kv: one, now: clock.now }, SIZE);
  assertEquals([again.rows, again.wasThere], [0, true]);
  assertEquals(await everything(one), before);
  const other = { ...SIZE, seed: 8 };
  const refused = await assertRejects(
    () => seedCrowd({ kv: one, now: clock.now }, other),
    NexoraError,
  );
  assert(refused.message.includes("--seed 7"), refused.message);
});

Deno.test("runs that are stopped are gone on with, as if nobody had stopped them", async () => {
  using whole = await Deno.openKv(":memory:");
  using broken = await Deno.openKv(":memory:");
  const clock = fakeClock();
  const { rows } = await seedCrowd({ kv: whole, now: clock.now }, SIZE);
  let written = 0;
  let runs = 0;
  for (;; runs++) {
    const stop = new AbortController();
    const onProgress: SeedCrowd["onProgress"] = (_, rows) => {
      // The first run gets nowhere, the next ones a few thousand rows.
      if (rows > runs * 3_000) stop.abort(new Error("Stopped"));
    };
    const { signal } = stop;
    clock.advance(DAY / 4);
    const result = await seedCrowd(
      { kv: broken, now: clock.now },
      { ...SIZE, signal, onProgress },
    ).catch((error) => {
      assertEquals(error.message, "Stopped");
      return null;
    });
    if (result) {
      written += result.rows;
      assert(result.resumedAt > 0 && result.rows < rows);
      break;
    }
  }
  assert(runs >= 2, `${runs} runs were stopped`);
  assertEquals(await everything(broken), await everything(whole));
});

Deno.test("real people are not mixed with made ones", async () => {
  await using deps = await openDeps();
  await deps.addUser("ada");
  const refused = await assertRejects(() => seedCrowd(deps, SIZE), NexoraError);
  assertEquals(refused.code, "conflict");
  assertEquals((await valuesOf<User>(deps.kv, "users")).length, 1);
});

Deno.test("every part of the world agrees with the others", async () => {
  await using deps = await openDeps();
  const { kv } = deps;
  const { plan } = await seedCrowd(deps, SIZE);
  const rows = await everything(kv);
  const has = (key: Deno.KvKey) => rows.has(JSON.stringify(key));
  const users = new Map(
    (await valuesOf<User>(kv, "users")).map((user) => [user.id, user]),
  );
  assertEquals(users.size, SIZE.users);

  // People: found by handle and words, ranked and trusted as their history says.
  for (const user of users.values()) {
    for (const { key } of newUserRows(user).mutations) {
      if (key[0] !== "jurors") assert(has(key), key.join(" "));
    }
    assert(user.createdAt < plan.today && user.lastActiveAt < plan.today);
    const standing = await getStanding(kv, user.id);
    const merits = meritsOf(user, standing, plan.today);
    assertEquals(rankOf(user.rank, merits), user.rank, user.handle);
    const history = await listTrustHistory(kv, user.id, 1_000);
    if (history[0]) assertEquals(history[0].to, user.trust);
    for (let i = 1; i < history.length; i++) {
      assertEquals(history[i]!.to, history[i - 1]!.from, user.handle);
    }
  }
  const someone = [...users.values()][17]!;
  assertEquals((await getUserByHandle(kv, someone.handle))!.id, someone.id);

  // Guilds: members are people, counts are right, leaders lead.
  for (const guild of await valuesOf<Guild>(kv, "guilds")) {
    for (const { key } of guildRows(null, guild)) {
      assert(has(key), key.join(" "));
    }
    const members = await valuesOf<Membership>(kv, "guildMembers", guild.id);
    assertEquals(members.length, guild.memberCount);
    assertEquals(
      members.filter(({ role }) => role !== "member").map((m) => m.userId)
        .sort(),
      guild.officerIds.toSorted(),
    );
    for (const { userId, joinedAt } of members) {
      assert(users.has(userId));
      assert(joinedAt >= users.get(userId)!.createdAt);
      assert(joinedAt >= guild.createdAt && joinedAt < plan.today);
    }
    assertEquals(
      (await valuesOf(kv, "guildApplicationsOpen", guild.id)).length,
      guild.applications ?? 0,
    );
  }

  // Bounties: in every state, indexed, between people who are there, in order of time.
  const bounties = await valuesOf<Bounty>(kv, "bounties");
  assertEquals(
    [...new Set(bounties.map(({ state }) => state))].sort(),
    [...BOUNTY_STATES].sort(),
  );
  for (const bounty of bounties) {
    for (const { key } of bountyRows(null, bounty)) {
      assert(has(key), `${bounty.state} ${key.join(" ")}`);
    }
    assert(bounty.createdAt >= users.get(bounty.clientId)!.createdAt);
    assert(bounty.updatedAt < plan.today);
    if (bounty.guildId === null) continue;
    assertEquals(
      await getMembership(kv, bounty.guildId, bounty.clientId),
      null,
    );
    assert(await getMembership(kv, bounty.guildId, bounty.workerId!));
    assertEquals(has(keys.payout(bounty.id)), bounty.state === "completed");
  }
  const inStates = await Array.fromAsync(
    kv.list({ prefix: ["bountiesInState"] }),
  );
  assertEquals(inStates.length, bounties.length);

  // Disputes: jurors as the lot fell, none with a stake.
  const disputes = await valuesOf<Dispute>(kv, "disputes");
  assert(disputes.length > 0);
  for (const dispute of disputes) {
    for (const { key } of disputeRows(null, dispute)) {
      assert(has(key), key.join(" "));
    }
    const bounty = bounties.find(({ id }) => id === dispute.bountyId)!;
    assertEquals(bounty.disputeId, dispute.id);
    assertEquals(bounty.disputed, dispute.endedAt === null);
    for (const { seed, eligible, drawn } of dispute.draws) {
      assertEquals(pickJurors(seed, eligible), drawn);
      for (const juror of drawn) {
        assert(juror !== dispute.raiserId && juror !== dispute.accusedId);
        assertEquals(await getMembership(kv, dispute.guildId!, juror), null);
      }
    }
  }

  // Inboxes: typed, counted, about things that are there.
  const unread = new Map<string, number>();
  for (
    const note of [
      ...await valuesOf<Notification>(kv, "notifications"),
      ...await valuesOf<Notification>(kv, "notificationsArchived"),
    ]
  ) {
    NOTIFICATION_DATA[note.type].parse(note.data);
    const data = note.data as Record<string, string>;
    if (data.bountyId) assert(has(keys.bounty(data.bountyId)));
    if (data.disputeId) assert(has(keys.dispute(data.disputeId)));
    if (data.guildId) assert(has(keys.guild(data.guildId)));
    if (data.messageId) {
      assert(has(keys.messageById(data.channel!, data.messageId)));
    }
    const count = unread.get(note.userId) ?? 0;
    unread.set(note.userId, count + (note.unreadIn === null ? 0 : 1));
  }
  for (const [userId, count] of unread) {
    assertEquals(
      (await kv.get<Inbox>(keys.inbox(userId))).value?.unread,
      count,
    );
  }

  // Rooms read as the chat reads them, threads too.
  const [guild] = await valuesOf<Guild>(kv, "guilds");
  const { messages } = await listMessages(deps, {
    channel: `guild-${guild!.id}`,
    limit: 100,
  });
  assert(messages.length > 20);
  for (const { id, channel, thread } of messages) {
    if (!thread) continue;
    const replies = await listThread(deps, { channel, parentId: id });
    assertEquals(replies.messages.length, thread.count);
  }

  // Lists and search find it.
  const open = await listBounties(kv, { states: ["open", "matched"] });
  assert(open.items.length > 3);
  const words = open.items[0]!.title.split(" ").slice(0, 2).join(" ");
  assert(
    (await search(kv, null, { q: words, kind: "bounty" })).hits.length > 0,
  );
});

Deno.test("people rest at weekends and sleep at night", () => {
  const today = Date.UTC(2026, 7, 15);
  const byDay = new Array(7).fill(0);
  const byHour = new Array(24).fill(0);
  for (const rows of crowdRows({ ...SIZE, today })) {
    for (const row of rows) {
      if (row.type !== "set" || row.key[0] !== "activity") continue;
      const { kind, at } = row.value as { kind: string; at: number };
      if (kind !== "message_sent") continue;
      byDay[new Date(at).getUTCDay()]++;
      byHour[new Date(at).getUTCHours()]++;
    }
  }
  const weekday = (byDay[1] + byDay[2] + byDay[3] + byDay[4]) / 4;
  assert((byDay[0] + byDay[6]) / 2 < weekday * 0.6, byDay.join(" "));
  assert(Math.min(...byHour) < Math.max(...byHour) / 3, byHour.join(" "));
});

Deno.test("a larger world is told without keeping it", () => {
  const today = Date.UTC(2026, 7, 15);
  let largest = 0;
  let rows = 0;
  for (
    const group of crowdRows({
      users: 3_000,
      guilds: 40,
      days: 10,
      seed: 3,
      today,
    })
  ) {
    largest = Math.max(largest, group.length);
    rows += group.length;
  }
  assert(rows > 100_000);
  // One commit holds any group.
  assert(largest < 600, `${largest} rows`);
});

Deno.test("the command line says what it takes", () => {
  assertEquals(readArguments([]), {
    help: false,
    kv: undefined,
    users: 200,
    guilds: 12,
    days: 60,
    seed: 7,
  });
  for (const args of [["--users", "x"], ["--guilds", "51"], ["--days", "1"]]) {
    try {
      readArguments(args);
    } catch (error) {
      assert((error as Error).message.startsWith(args[0]!));
      continue;
    }
    throw new Error(`${args.join(" ")} was taken`);
  }
});
