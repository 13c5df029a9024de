import { assert, assertEquals, assertRejects } from "@std/assert";
import { DAY, MINUTE } from "../../../lib/clock.ts";
import { NexoraError } from "../../../lib/errors.ts";
import { listActivity } from "../../../lib/activity/mod.ts";
import {
  getMessage,
  listConversations,
  listMessages,
  NewMessage,
  sendMessage,
  tellTyping,
} from "../../../lib/messages/mod.ts";
import { dmChannel } from "../../../lib/realtime/mod.ts";
import { openDeps } from "../../support/open_deps.ts";

const channel = "guild-g";

Deno.test("a message and its event are one commit with one position", async () => {
  await using deps = await openDeps();
  const author = await deps.addUser("ada");
  const sent = await sendMessage(deps, {
    channel,
    author,
    content: "hello",
    clientId: "c1",
  });
  assertEquals(sent.repeated, false);
  const [event, ...others] = await deps.events(channel);
  assertEquals(others, []);
  assertEquals(event!.event, "message:new");
  assertEquals(event!.json, sent.message as unknown);
  const page = await listMessages(deps, { channel });
  assertEquals(page.messages, [{ ...sent.message, position: sent.position }]);
  assertEquals(
    page.position,
    sent.position,
    "one may subscribe since the page's position",
  );
  assertEquals(
    await getMessage(deps, channel, sent.message.id),
    page.messages[0]!,
  );
});

Deno.test("the same client id is the same message, with one event", async () => {
  await using deps = await openDeps();
  const author = await deps.addUser("ada");
  const first = await sendMessage(deps, {
    channel,
    author,
    content: "hello",
    clientId: "c1",
  });
  deps.clock.advance(MINUTE);
  const again = await sendMessage(deps, {
    channel,
    author,
    content: "hello",
    clientId: "c1",
  });
  assertEquals(again, { ...first, repeated: true });
  assertEquals((await deps.events(channel)).length, 1);
  const other = await sendMessage(deps, {
    channel,
    author: await deps.addUser("bob"),
    content: "hello",
    clientId: "c1",
  });
  assert(
    other.message.id !== first.message.id,
    "client ids belong to their author",
  );
});

Deno.test("the same client id from several isolates at once is one message", async () => {
  await using deps = await openDeps();
  await using second = await deps.fork();
  await using third = await deps.fork();
  const author = await deps.addUser("ada");
  const sends = await Promise.all(
    Array.from(
      { length: 60 },
      (_, i) =>
        sendMessage([deps, second, third][i % 3]!, {
          channel,
          author,
          content: `${i}`,
          clientId: `c${i % 4}`,
        }),
    ),
  );
  assertEquals(new Set(sends.map((s) => s.message.id)).size, 4);
  assertEquals(sends.filter((s) => !s.repeated).length, 4);
  for (const s of sends) {
    const same = sends.find((other) =>
      other.message.clientId === s.message.clientId
    )!;
    assertEquals([s.message, s.position], [same.message, same.position]);
  }
  assertEquals((await deps.events(channel)).length, 4);
  assertEquals((await listMessages(deps, { channel })).messages.length, 4);
});

Deno.test("a client id is free again after a day, though its row may linger", async () => {
  await using deps = await openDeps();
  const author = await deps.addUser("ada");
  const first = await sendMessage(deps, {
    channel,
    author,
    content: "one",
    clientId: "c1",
  });
  deps.clock.advance(DAY + 1);
  const second = await sendMessage(deps, {
    channel,
    author,
    content: "two",
    clientId: "c1",
  });
  assertEquals(second.repeated, false);
  assert(second.message.id !== first.message.id);
  assertEquals(
    (await sendMessage(deps, {
      channel,
      author,
      content: "two",
      clientId: "c1",
    })).repeated,
    true,
  );
});

Deno.test("pages go backwards and forwards through a room without a gap or a repeat", async () => {
  await using deps = await openDeps();
  const author = await deps.addUser("ada");
  for (let i = 0; i < 25; i++) {
    await sendMessage(deps, { channel, author, content: `${i}` });
  }
  await sendMessage(deps, {
    channel: "guild-other",
    author,
    content: "elsewhere",
  });
  const seen: string[] = [];
  const cursors: string[] = [];
  let before: string | undefined;
  do {
    const page = await listMessages(deps, { channel, before, limit: 10 });
    seen.push(...page.messages.map((m) => m.content));
    if (page.before) cursors.push(page.before);
    before = page.before ?? undefined;
  } while (before);
  assertEquals(seen, Array.from({ length: 25 }, (_, i) => `${24 - i}`));
  const forward = await listMessages(deps, {
    channel,
    after: cursors.at(-1)!,
    limit: 10,
  });
  assertEquals(
    forward.messages.map((m) => m.content),
    Array.from({ length: 10 }, (_, i) => `${15 - i}`),
  );
  const rest = await listMessages(deps, {
    channel,
    after: forward.after!,
    limit: 10,
  });
  assertEquals(rest.messages.length, 9);
  assertEquals(rest.after, null);
});

Deno.test("a direct message shows up in both people's conversations, and needs somebody to read it", async () => {
  await using deps = await openDeps();
  const [ada, bob] = [await deps.addUser("ada"), await deps.addUser("bob")];
  await deps.addUser("cleo");
  await sendMessage(deps, {
    channel: dmChannel("ada", "bob"),
    author: ada,
    content: "hi",
  });
  deps.clock.advance(MINUTE);
  await sendMessage(deps, {
    channel: dmChannel("ada", "cleo"),
    author: ada,
    content: "hi Cleo",
  });
  deps.clock.advance(MINUTE);
  await sendMessage(deps, {
    channel: dmChannel("ada", "bob"),
    author: bob,
    content: "hi\n\nyourself",
  });
  const conversations = await listConversations(deps, "ada");
  assertEquals(conversations.map((c) => [c.userId, c.excerpt]), [[
    "bob",
    "hi yourself",
  ], ["cleo", "hi Cleo"]]);
  assertEquals((await listConversations(deps, "bob")).map((c) => c.userId), [
    "ada",
  ]);
  const error = await assertRejects(
    () =>
      sendMessage(deps, {
        channel: dmChannel("ada", "nobody"),
        author: ada,
        content: "hi",
      }),
    NexoraError,
  );
  assertEquals(error.code, "not_found");
  const done = await Array.fromAsync(listActivity(deps.kv, 0, deps.now() + 1));
  assertEquals(
    done.map((a) => [a.kind, a.actorId, a.counterpartyId, a.guildId]),
    [
      ["message_sent", "ada", "bob", null],
      ["message_sent", "ada", "cleo", null],
      ["message_sent", "bob", "ada", null],
    ],
  );
});

Deno.test("what people write is made one form, and what does not fit into an event is refused", () => {
  const parse = (content: string) => NewMessage.safeParse({ content });
  assertEquals(parse("  a\r\nb\tc\u0000\u0007  ").data?.content, "a\nb\tc");
  assertEquals(parse("\ud800 alone").data?.content, "\ufffd alone");
  assertEquals(parse("x".repeat(4_000)).success, true);
  assertEquals(parse('"'.repeat(4_000)).success, true);
  assertEquals(parse("x".repeat(4_001)).success, false);
  assertEquals(parse("字".repeat(3_000)).success, false, "9,000 bytes");
  assertEquals(parse(" \n ").success, false);
  assertEquals(
    NewMessage.safeParse({ content: "x", clientId: "with space" }).success,
    false,
  );
  assertEquals(
    NewMessage.parse({ content: "x", clientId: "" }).clientId,
    undefined,
  );
});

Deno.test("typing is told at most once in a moment, and never kept", async () => {
  await using deps = await openDeps();
  const ada = await deps.addUser("ada");
  const bob = await deps.addUser("bob");
  assertEquals(await tellTyping(deps, channel, ada), true);
  assertEquals(await tellTyping(deps, channel, ada), false);
  assertEquals(await tellTyping(deps, channel, bob), true);
  deps.clock.advance(2_000);
  assertEquals(await tellTyping(deps, channel, ada), true);
  assertEquals(
    (await deps.events(channel)).every((e) =>
      e.volatile && e.event === "message:typing"
    ),
    true,
  );
  assertEquals((await listMessages(deps, { channel })).messages, []);
});
