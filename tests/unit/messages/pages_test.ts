/** Pages of a room and of a thread. */
import { assertEquals } from "@std/assert";
import {
  getMessage,
  listMessages,
  listThread,
  type MessageNew,
  removeMessage,
  sendMessage,
} from "../../../lib/messages/mod.ts";
import type { User } from "../../../lib/users/mod.ts";
import { openDeps } from "../../support/open_deps.ts";
import { codeOf } from "../../support/refusal.ts";
import { dm } from "./rooms.ts";

Deno.test("a thread counts its replies, and has its own pages", async () => {
  await using deps = await openDeps();
  await using other = await deps.fork();
  const [ada, bob] = [await deps.addUser("ada"), await deps.addUser("bob")];
  const say = (author: User, content: string, parentId?: string, d = deps) =>
    sendMessage(d, { channel: dm, author, content, parentId });
  const { message: { id } } = await say(ada, "Question");
  const replies = await Promise.all(
    Array.from(
      { length: 12 },
      (_, n) => say(n % 2 ? ada : bob, `${n}`, id, n % 3 ? deps : other),
    ),
  );
  const parent = await getMessage(deps, dm, id);
  assertEquals(parent!.thread?.count, 12);
  assertEquals(parent!.thread?.authorIds.toSorted(), ["ada", "bob"]);
  assertEquals((await listMessages(deps, { channel: dm })).messages.length, 1);
  const events = (await deps.events(dm)).filter((e) =>
    e.event === "message:new"
  );
  const counts = events.slice(1).map((e) =>
    (e.json as MessageNew).parent!.thread!.count
  );
  assertEquals(counts, Array.from({ length: 12 }, (_, n) => n + 1));
  const page = await listThread(deps, { channel: dm, parentId: id, limit: 5 });
  assertEquals(page.messages.length, 5);
  const rest = await listThread(deps, {
    channel: dm,
    parentId: id,
    before: page.before!,
  });
  assertEquals(rest.messages.length, 7);
  const reply = replies[0]!.message.id;
  assertEquals(
    await codeOf(() => say(ada, "Deeper", reply)),
    "illegal_transition",
  );
  await removeMessage(deps, { channel: dm, id: reply, by: bob });
  assertEquals((await getMessage(deps, dm, id))!.thread?.count, 11);
  const around = await listMessages(deps, { channel: dm, around: reply });
  assertEquals(around.messages.map((m) => m.id), [id]);
});

Deno.test("a page around a message has both sides, and cursors on", async () => {
  await using deps = await openDeps();
  const [ada] = [await deps.addUser("ada"), await deps.addUser("bob")];
  const ids: string[] = [];
  for (let n = 0; n < 30; n++) {
    const sent = await sendMessage(deps, {
      channel: dm,
      author: ada,
      content: `${n}`,
    });
    ids.push(sent.message.id);
  }
  const page = await listMessages(deps, {
    channel: dm,
    around: ids[15],
    limit: 10,
  });
  assertEquals(
    page.messages.map((m) => Number(m.content)),
    [20, 19, 18, 17, 16, 15, 14, 13, 12, 11],
  );
  const newer = await listMessages(deps, {
    channel: dm,
    after: page.after!,
    limit: 20,
  });
  assertEquals(newer.messages.at(-1)!.content, "21");
  const older = await listMessages(deps, {
    channel: dm,
    before: page.before!,
    limit: 20,
  });
  assertEquals(older.messages[0]!.content, "10");
  const first = await listMessages(deps, {
    channel: dm,
    around: ids[0],
    limit: 10,
  });
  assertEquals(first.before, null);
  const last = await listMessages(deps, {
    channel: dm,
    around: ids[29],
    limit: 10,
  });
  assertEquals(last.after, null);
  assertEquals(
    await codeOf(() => listMessages(deps, { channel: dm, around: "nothing" })),
    "not_found",
  );
});
