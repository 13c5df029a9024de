/** Marks and drafts: what is told of them, and to whom. */
import { assert, assertEquals } from "@std/assert";
import { MINUTE, SECOND } from "../../../lib/clock.ts";
import { joinGuild } from "../../../lib/guilds/mod.ts";
import {
  getReadState,
  listReaders,
  listReceipts,
  markRead,
  registerMessageJobs,
  saveDraft,
  sendMessage,
} from "../../../lib/messages/mod.ts";
import {
  getNotifications,
  registerNotificationJobs,
} from "../../../lib/notifications/mod.ts";
import { parseChannel, userChannel } from "../../../lib/realtime/mod.ts";
import { waitFor } from "../../support/wait.ts";
import { openDeps } from "../../support/open_deps.ts";
import { dm, guildOf } from "./rooms.ts";

const room = parseChannel(dm)!;

Deno.test("whoever joins a guild begins with what is said afterwards", async () => {
  await using deps = await openDeps();
  const [ada, bob] = [await deps.addUser("ada"), await deps.addUser("bob")];
  const { channel } = await guildOf(deps, ada);
  for (let n = 0; n < 37; n++) {
    deps.clock.advance(SECOND);
    await sendMessage(deps, { channel, author: ada, content: `${n}` });
  }
  deps.clock.advance(SECOND);
  await joinGuild(deps, channel.slice("guild-".length), bob);
  deps.clock.advance(SECOND);
  await sendMessage(deps, { channel, author: ada, content: "Welcome" });
  const guild = parseChannel(channel)!;
  assertEquals((await getReadState(deps, guild, bob)).unread, 1);
  assertEquals((await getReadState(deps, guild, ada)).unread, 0);
});

Deno.test("a mark is told to the reader's devices, and in direct messages to the other", async () => {
  await using deps = await openDeps();
  const [ada, bob] = [await deps.addUser("ada"), await deps.addUser("bob")];
  const { message, position } = await sendMessage(deps, {
    channel: dm,
    author: ada,
    content: "Hi",
  });
  const state = await markRead(deps, room, bob, { kind: "all" });
  assertEquals([state.unread, state.position], [0, position]);
  await markRead(deps, room, bob, { kind: "all" });
  const told = await deps.events(userChannel("bob"));
  assertEquals(told.map((e) => [e.event, e.json]), [["room:read", state]]);
  assertEquals((await deps.events(dm)).at(-1)!.event, "message:read");
  assertEquals(await listReceipts(deps, room, "ada"), [{
    userId: "bob",
    position,
    at: deps.now(),
  }]);
  const { readers } = await listReaders(deps, dm, message.id);
  assertEquals(readers.map((r) => r.userId), ["bob"]);
});

Deno.test("the other is told of a direct message unless they read it within seconds", async () => {
  await using deps = await openDeps();
  registerNotificationJobs(deps.queue, deps);
  registerMessageJobs(deps.queue, deps);
  deps.queue.start();
  const [ada, bob] = [await deps.addUser("ada"), await deps.addUser("bob")];
  const titles = async () =>
    (await getNotifications(deps, bob, {})).notifications.map((n) => n.title);
  const later = async () => {
    deps.clock.advance(MINUTE);
    await deps.queue.drain(5_000);
  };
  const say = (content: string) =>
    sendMessage(deps, { channel: dm, author: ada, content });
  await say("Seen");
  await markRead(deps, room, bob, { kind: "all" });
  await later();
  assertEquals(await titles(), []);
  await say("One");
  await later();
  await waitFor(async () => (await titles()).length === 1, {
    what: "the notification",
  });
});

Deno.test("of drafts from two devices the one that was written last stays", async () => {
  await using deps = await openDeps();
  const draft = { channel: dm, parentId: null, content: "new", at: deps.now() };
  assertEquals(await saveDraft(deps, "ada", draft), draft);
  const older = { ...draft, content: "old", at: draft.at - 1 };
  assertEquals(await saveDraft(deps, "ada", older), draft);
  const ahead = { ...draft, content: "ahead", at: draft.at + 60 * MINUTE };
  const kept = await saveDraft(deps, "ada", ahead);
  assert(kept.at <= deps.now() + MINUTE);
  assertEquals((await deps.events(userChannel("ada"))).length, 2);
});
