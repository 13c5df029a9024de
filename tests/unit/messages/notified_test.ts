import { assertEquals } from "@std/assert";
import { MINUTE } from "../../../lib/clock.ts";
import {
  markRead,
  registerMessageJobs,
  removeMessage,
  sendMessage,
} from "../../../lib/messages/mod.ts";
import {
  getNotifications,
  getUnreadCount,
  markAllNotificationsRead,
  registerNotificationJobs,
} from "../../../lib/notifications/mod.ts";
import { dmChannel, parseChannel } from "../../../lib/realtime/mod.ts";
import { waitFor } from "../../support/wait.ts";
import { openDeps } from "../../support/open_deps.ts";

Deno.test("reading a room reads what told of its messages, up to where it was read", async () => {
  await using deps = await openDeps();
  registerNotificationJobs(deps.queue, deps);
  registerMessageJobs(deps.queue, deps);
  deps.queue.start();
  const [ada, bob] = [await deps.addUser("ada"), await deps.addUser("bob")];
  const channel = dmChannel("ada", "bob");
  const room = parseChannel(channel)!;
  const run = async () => {
    deps.clock.advance(MINUTE);
    await deps.queue.drain(5_000);
    await deps.queue.drain(5_000);
  };
  const unread = async () => (await getUnreadCount(deps, "bob")).unread;
  const say = async (content: string) => {
    const sent = await sendMessage(deps, { channel, author: ada, content });
    await run();
    return sent.message.id;
  };
  const first = await say("Hi @bob");
  await waitFor(async () => await unread() > 0, { what: "Bob to be told" });
  const told = await unread();
  const second = await say("Are you there, @bob?");
  const { notifications } = await getNotifications(deps, bob);
  const later = await unread();
  assertEquals(later >= told, true);
  await markRead(deps, room, bob, { kind: "upTo", messageId: first });
  await run();
  const left = (await getNotifications(deps, bob, { filter: "unread" }))
    .notifications;
  assertEquals(
    left.every((n) => (n.data as { messageId: string }).messageId === second),
    true,
    "what tells of later ones stays unread",
  );
  assertEquals(left.length > 0, true);
  await markRead(deps, room, bob, { kind: "all" });
  await run();
  assertEquals(await unread(), 0);
  assertEquals(
    (await getNotifications(deps, bob)).notifications.length,
    notifications.length,
  );
  // What was marked read all at once leaves nothing that the next reading trips over.
  await say("@bob?");
  await markAllNotificationsRead(deps, "bob");
  await markRead(deps, room, bob, { kind: "all" });
  await run();
  const rows = await Array.fromAsync(
    deps.kv.list({ prefix: ["notificationsAbout"] }),
  );
  assertEquals(rows, []);
});

Deno.test("words that are taken back are in nobody's notifications any more, told before or after", async () => {
  await using deps = await openDeps();
  registerNotificationJobs(deps.queue, deps);
  registerMessageJobs(deps.queue, deps);
  deps.queue.start();
  const [ada, bob] = [await deps.addUser("ada"), await deps.addUser("bob")];
  const channel = dmChannel("ada", "bob");
  const say = async (content: string) =>
    (await sendMessage(deps, { channel, author: ada, content })).message.id;
  const run = async () => {
    deps.clock.advance(MINUTE);
    await deps.queue.drain(5_000);
  };
  const told = async () =>
    (await getNotifications(deps, bob)).notifications.map((n) =>
      [n.type, n.body, n.outcome, n.read] as const
    );
  const remove = (id: string) => removeMessage(deps, { channel, id, by: ada });

  const named = await say("A secret for @bob");
  await run();
  assertEquals(await told(), [
    ["message_mention", "A secret for @bob", null, false],
  ]);
  await remove(named);
  await run();
  assertEquals(await told(), [[
    "message_mention",
    "",
    "Message deleted",
    true,
  ]]);
  assertEquals((await getUnreadCount(deps, "bob")).unread, 0);

  // Deleted before anybody was told.
  await remove(await say("Another one for @bob"));
  await run();
  assertEquals((await told())[0], [
    "message_mention",
    "",
    "Message deleted",
    true,
  ]);

  // Of several messages that are one notification the latest is quoted.
  await say("One");
  await run();
  const latest = await say("Two, a secret");
  await run();
  assertEquals((await told())[0], [
    "direct_message",
    "Two, a secret",
    null,
    false,
  ]);
  await remove(latest);
  await run();
  assertEquals((await told())[0], ["direct_message", "", null, false]);
  const kept = await Array.fromAsync(
    deps.kv.list({ prefix: ["notifications"] }),
  );
  assertEquals(JSON.stringify(kept).includes("secret"), false);
});
