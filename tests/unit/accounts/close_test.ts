import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import {
  closeAccount,
  obstaclesOf,
  registerAccountJobs,
} from "../../../lib/accounts/mod.ts";
import { findSession, signIn, signUp } from "../../../lib/auth/mod.ts";
import {
  createBlobs,
  kvBodies,
  registerBlobJobs,
} from "../../../lib/blobs/mod.ts";
import { HOUR } from "../../../lib/clock.ts";
import { NexoraError } from "../../../lib/errors.ts";
import {
  applyToGuild,
  createGuild,
  getGuild,
  getMembership,
  inviteToGuild,
  joinGuild,
  listApplications,
  listInvitations,
  setRole,
} from "../../../lib/guilds/mod.ts";
import { listMessages, sendMessage } from "../../../lib/messages/mod.ts";
import {
  getNotifications,
  markNotificationRead,
  registerNotificationJobs,
  sendNotification,
} from "../../../lib/notifications/mod.ts";
import { guildChannel } from "../../../lib/realtime/mod.ts";
import { search } from "../../../lib/search/mod.ts";
import {
  changeTrust,
  getUser,
  getUserByHandle,
  planTrustChange,
  setPicture,
  updateProfile,
} from "../../../lib/users/mod.ts";
import { pngOf } from "../../support/images.ts";
import { openDeps } from "../../support/open_deps.ts";

const caller = {
  address: "127.0.0.1",
  userAgent: "test",
  device: null,
} as never;
const cheap = { N: 16, r: 1, p: 1 } as never;

async function open() {
  const deps = await openDeps();
  const bodies = kvBodies(deps);
  const blobs = createBlobs({ ...deps, bodies });
  registerBlobJobs(deps.queue, { kv: deps.kv, bodies: [bodies] });
  registerAccountJobs(deps.queue, deps.kv);
  return Object.assign(deps, { blobs, passwordCost: cheap });
}

const form = {
  name: "Ada Lovelace",
  email: "ada@example.org",
  password: "difference engine",
  handle: "ada",
};

Deno.test("who goes is found nowhere, may come back as somebody new, and what they did with others stays", async () => {
  await using deps = await open();
  const { kv } = deps;
  const { user: ada, token } = await signUp(deps, form, caller);
  const bob = await deps.addUser("bob");
  const guild = await createGuild(deps, bob, {
    name: "G",
    description: "",
    open: true,
  });
  await joinGuild(deps, guild.id, ada);
  const channel = guildChannel(guild.id);
  await sendMessage(deps, { channel, author: ada, content: "I was here" });
  await changeTrust(deps, ada.id, { delta: 5, reason: "admin", cause: "x" });
  await setPicture(deps, ada.id, pngOf(2, 2, [1, 2, 3]));
  await sendNotification(deps, {
    userId: ada.id,
    type: "guild_promoted",
    data: { guildId: "g", guildName: "G", role: "officer" },
  });

  const wrong = await assertRejects(
    () => closeAccount(deps, ada, { password: "wrong" }),
    NexoraError,
  );
  assertEquals(wrong.code, "bad_credentials");
  assert(await getUser(kv, ada.id));

  await closeAccount(deps, ada, { password: form.password });
  deps.queue.start();
  deps.clock.advance(2 * HOUR);
  await deps.queue.drain(2_000);
  assertEquals(await getUser(kv, ada.id), null);
  assertEquals(await getUserByHandle(kv, "ada"), null);
  assertEquals(await findSession(deps, token), null);
  assertEquals(await getMembership(kv, guild.id, ada.id), null);
  assertEquals((await search(kv, null, { q: "ada" })).hits, []);
  const left = await Array.fromAsync(kv.list({ prefix: [] }), ({ key }) => key);
  const theirs = left.filter((key) => key.includes(ada.id)).map((key) =>
    key[0]
  );
  // What is said, and what was done, stays; so does that there was somebody.
  const stays = [
    "usersGone",
    "attempts",
    "messagesByClientId",
    "roomAuthored",
    "roomAuthors",
    "rt",
  ];
  // A new table about a person: add it to `lib/kv/keys/own.ts`, or here if it is about what they did with others.
  assertEquals(
    [...new Set(theirs)].filter((table) => !stays.includes(table as string)),
    [],
  );
  assertEquals(left.filter((key) => key[0] === "blobChunks"), []);
  const { messages } = await listMessages(deps, { channel });
  assertEquals(messages[0]!.author.name, "Ada Lovelace");

  const back = await signUp(deps, form, caller);
  assert(back.user.id !== ada.id);
  assertEquals(back.user.handle, "ada");
  // What comes late about who is gone falls to nobody.
  const late = await planTrustChange(deps, ada.id, {
    delta: 5,
    reason: "admin",
    cause: "late",
  });
  assertEquals(late.changed, false);
  await assertRejects(() =>
    signIn(deps, { email: form.email, password: "old one" }, caller)
  );
});

Deno.test("who is needed stays until others are not left alone", async () => {
  await using deps = await open();
  const { user: ada } = await signUp(deps, form, caller);
  const bob = await deps.addUser("bob");
  const guild = await createGuild(deps, ada, {
    name: "Engine Room",
    description: "",
    open: true,
  });
  await joinGuild(deps, guild.id, bob);
  const end = () => closeAccount(deps, ada, { password: form.password });
  const refused = await assertRejects(end, NexoraError);
  assertEquals(refused.code, "illegal_transition");
  assert(refused.message.includes("Engine Room"), refused.message);
  assertEquals((await obstaclesOf(deps.kv, ada.id)).map((o) => o.kind), [
    "guild",
  ]);
  await setRole(deps, ada, guild.id, bob.id, "owner");
  await end();
  assertEquals(await getUser(deps.kv, ada.id), null);
});

Deno.test("people of the demo world stay", async () => {
  await using deps = await open();
  const demo = await deps.addUser("demo-x", { demo: true });
  const error = await assertRejects(
    () => closeAccount(deps, demo, { password: "anything" }),
    NexoraError,
  );
  assertEquals(error.code, "forbidden");
});

Deno.test("others' notifications call them a deleted account, in each one's language, and as they are called now before that", async () => {
  await using deps = await open();
  registerNotificationJobs(deps.queue, deps);
  deps.queue.start();
  const { user: ada } = await signUp(deps, form, caller);
  await deps.addUser("bob");
  const told = async (locale: string) =>
    (await getNotifications(deps, { id: "bob", locale, timeZone: "UTC" }))
      .notifications.map(({ title, body, data }) =>
        `${title} ${body} ${JSON.stringify(data)}`
      );
  await sendNotification(deps, {
    userId: "bob",
    type: "guild_invite",
    data: {
      guildId: "g",
      guildName: "G",
      inviterId: ada.id,
      inviterName: ada.name,
    },
  });
  await sendNotification(deps, {
    userId: "bob",
    type: "guild_member_joined",
    data: {
      guildId: "g",
      guildName: "G",
      userId: ada.id,
      userHandle: ada.handle,
      userName: ada.name,
    },
  });
  const { notification } = await sendNotification(deps, {
    userId: "bob",
    type: "dispute_raised",
    data: {
      disputeId: "d",
      bountyId: "b",
      bountyTitle: "Pier",
      raiserId: ada.id,
      raisedBy: ada.name,
    },
  });
  await updateProfile(deps, ada.id, { name: "Augusta King" });
  for (const line of await told("en")) assertMatch(line, /Augusta King/);
  await closeAccount(deps, ada, { password: form.password });
  for (
    const [locale, name] of [["en", /Deleted account/], [
      "de",
      /Gelöschtes Konto/,
    ]] as const
  ) {
    const lines = await told(locale);
    assertEquals(lines.length, 3);
    for (const line of lines) {
      assertMatch(line, name);
      assert(!/Ada|Lovelace|Augusta|@ada/.test(line), line);
    }
  }
  // What a change tells other tabs, too.
  const marked = await markNotificationRead(deps, "bob", notification!.id);
  assertMatch(marked.notification.title, /Deleted account/);
});

Deno.test("who goes waits at nobody's door, and nobody waits for them", async () => {
  await using deps = await open();
  const { user: ada } = await signUp(deps, form, caller);
  const bob = await deps.addUser("bob");
  const guild = async (name: string) =>
    await createGuild(deps, bob, { name, description: "", open: false });
  const [asked, asking] = [await guild("Asked"), await guild("Asking")];
  await applyToGuild(deps, asked.id, ada, "Let me in");
  await inviteToGuild(deps, bob, asking.id, ada, "Come");
  await closeAccount(deps, ada, { password: form.password });
  assertEquals(await listApplications(deps, asked.id), []);
  assertEquals((await getGuild(deps.kv, asked.id))!.applications, 0);
  assertEquals(await listInvitations(deps, asking.id), []);
});
