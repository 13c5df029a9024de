/** What a message refers to: people by name, other messages by quote; and what is pinned. */
import { assertEquals } from "@std/assert";
import {
  listPins,
  pinMessage,
  registerMessageJobs,
  removeMessage,
  sendMessage,
} from "../../../lib/messages/mod.ts";
import {
  getNotifications,
  registerNotificationJobs,
} from "../../../lib/notifications/mod.ts";
import { dmChannel } from "../../../lib/realtime/mod.ts";
import type { User } from "../../../lib/users/mod.ts";
import { openDeps } from "../../support/open_deps.ts";
import { codeOf } from "../../support/refusal.ts";
import { dm, guildOf } from "./rooms.ts";

Deno.test("pins are listed, the last first, and leave with their message", async () => {
  await using deps = await openDeps();
  const [ada, bob] = [await deps.addUser("ada"), await deps.addUser("bob")];
  const ids: string[] = [];
  for (const content of ["One", "Two"]) {
    const sent = await sendMessage(deps, { channel: dm, author: ada, content });
    ids.push(sent.message.id);
    deps.clock.advance(1_000);
    await pinMessage(deps, {
      channel: dm,
      id: ids.at(-1)!,
      user: bob,
      pinned: true,
    });
  }
  const contents = async () => (await listPins(deps, dm)).map((m) => m.content);
  assertEquals(await contents(), ["Two", "One"]);
  await pinMessage(deps, { channel: dm, id: ids[0]!, user: bob, pinned: true });
  await removeMessage(deps, { channel: dm, id: ids[1]!, by: ada });
  assertEquals(await contents(), ["One"]);
  await pinMessage(deps, {
    channel: dm,
    id: ids[0]!,
    user: ada,
    pinned: false,
  });
  assertEquals(await contents(), []);
});

Deno.test("one quotes what one may see, as it was then", async () => {
  await using deps = await openDeps();
  const [ada, bob, cleo] = [
    await deps.addUser("ada"),
    await deps.addUser("bob"),
    await deps.addUser("cleo"),
  ];
  const { message } = await sendMessage(deps, {
    channel: dm,
    author: bob,
    content: "Secret",
  });
  const quote = { channel: dm, id: message.id };
  const to = (author: User, other: string) => ({
    channel: dmChannel(author.id, other),
    author,
    content: "Look",
    quote,
  });
  const sent = await sendMessage(deps, to(ada, "cleo"));
  assertEquals([sent.message.quote?.excerpt, sent.message.quote?.authorId], [
    "Secret",
    "bob",
  ]);
  assertEquals(
    await codeOf(() => sendMessage(deps, to(cleo, "ada"))),
    "not_found",
  );
  await removeMessage(deps, { channel: dm, id: message.id, by: bob });
  assertEquals(
    await codeOf(() => sendMessage(deps, to(ada, "cleo"))),
    "not_found",
  );
});

Deno.test("names reach those who are in the room; everybody only by those who may", async () => {
  await using deps = await openDeps();
  registerNotificationJobs(deps.queue, deps);
  registerMessageJobs(deps.queue, deps);
  deps.queue.start();
  const [ada, bob, cleo] = [
    await deps.addUser("ada"),
    await deps.addUser("bob"),
    await deps.addUser("cleo"),
  ];
  await deps.addUser("dan");
  const { channel } = await guildOf(deps, ada, bob, cleo);
  const mentions = async (author: User, content: string) => {
    const { message } = await sendMessage(deps, { channel, author, content });
    return message.mentions;
  };
  const named = (userIds: string[], officers = false, everyone = false) => ({
    userIds,
    officers,
    everyone,
  });
  assertEquals(await mentions(bob, "@cleo, @dan and @bob"), named(["cleo"]));
  assertEquals(
    await mentions(bob, "`@cleo` mail@cleo ```\n@ada\n```"),
    named([]),
  );
  assertEquals(await mentions(bob, "(@Cleo) @everyone"), named(["cleo"]));
  assertEquals(await mentions(bob, "@officers"), named([], true));
  assertEquals(await mentions(ada, "@everyone"), named([], false, true));
  await deps.queue.drain(5_000);
  const count = async (user: User) =>
    (await getNotifications(deps, user, {})).notifications
      .filter((n) => n.type === "message_mention").length;
  assertEquals([await count(ada), await count(bob), await count(cleo)], [
    1,
    1,
    3,
  ]);
});
