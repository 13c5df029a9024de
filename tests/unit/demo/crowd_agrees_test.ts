/** Every part of a made world agrees with the others. */
import { assert, assertEquals } from "@std/assert";
import {
  type Bounty,
  BOUNTY_STATES,
  bountyRows,
  listBounties,
} from "../../../lib/bounties/mod.ts";
import { seedCrowd } from "../../../lib/demo/mod.ts";
import {
  type Dispute,
  disputeRows,
  pickJurors,
} from "../../../lib/disputes/mod.ts";
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
import { openDeps } from "../../support/open_deps.ts";
import { everything, SIZE, valuesOf } from "./crowd_support.ts";

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
