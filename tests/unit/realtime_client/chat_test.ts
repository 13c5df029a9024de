import { assert, assertEquals } from "@std/assert";
import { Chat, type ChatSnapshot } from "../../../lib/realtime/client/chat.ts";
import { Client } from "../../../lib/realtime/client/client.ts";
import type { Message } from "../../../lib/realtime/client/messages.ts";
import { FakeEnvironment, settled } from "./fake_environment.ts";

const channel = "guild-1";
const me = { id: "ada", handle: "ada", name: "Ada" };

function message(id: string, more: Partial<Message> = {}): Message {
  return {
    id,
    channel,
    authorId: "ben",
    content: `text of ${id}`,
    sentAt: 1,
    clientId: null,
    ...more,
  };
}

function world(initial: Partial<ChatSnapshot> = {}) {
  const env = new FakeEnvironment();
  const client = new Client(env, "ws://test/app/key");
  const page = { env, client, stores: new Map<string, unknown>() };
  const chat = new Chat({
    channel,
    me,
    initial: { messages: [], before: null, position: "1.1.0", ...initial },
  });
  const end = chat.start(page);
  env.socket.establish();
  let seq = 1;
  const subscribed = (extra: Record<string, unknown> = { recovered: true }) =>
    env.socket.push({
      event: "pusher_internal:subscription_succeeded",
      channel,
      data: "{}",
      position: `1.${seq}.0`,
      ...extra,
    });
  /** The connection was away for longer than the log goes back. */
  const expired = () => {
    env.socket.drop();
    env.advance(1_000);
    env.socket.establish();
    seq += 900;
    subscribed({});
  };
  const tell = (event: string, data: unknown) => {
    const prev = `1.${seq++}.0`;
    env.socket.push({
      event,
      channel,
      data: JSON.stringify(data),
      position: `1.${seq}.0`,
      prev,
    });
  };
  subscribed();
  const shown = () =>
    chat.messages.value.map((item) =>
      item.state === "sent" ? item.content : `${item.content} (${item.state})`
    );
  return { env, client, page, chat, end, subscribed, expired, tell, shown };
}

Deno.test("the snapshot is shown oldest first, events after it", () => {
  const { shown, tell } = world({ messages: [message("b"), message("a")] });
  tell("message:new", message("c"));
  assertEquals(shown(), ["text of a", "text of b", "text of c"]);
});

Deno.test("an event that the snapshot has already is not shown twice", () => {
  const { shown, tell } = world({ messages: [message("a")] });
  tell("message:new", message("a"));
  assertEquals(shown(), ["text of a"]);
});

Deno.test("a message is shown at once, and keeps its key when it is sent", async () => {
  const { env, chat, tell, shown } = world();
  const clientId = chat.send("  hello  ")!;
  assertEquals(shown(), ["hello (sending)"]);
  const { key, author, authorId } = chat.messages.value[0]!;
  assertEquals([authorId, author], ["ada", { handle: "ada", name: "Ada" }]);
  const taken = message("m1", { authorId: "ada", content: "hello", clientId });
  env.requests[0]!.answer(201, { message: taken, position: "1.2.0" });
  await settled();
  assertEquals(shown(), ["hello"]);
  tell("message:new", taken);
  assertEquals(shown(), ["hello"]);
  assertEquals(chat.messages.value[0]!.key, key);
});

Deno.test("the event may come before the answer", async () => {
  const { env, chat, tell, shown } = world();
  const clientId = chat.send("hello")!;
  const taken = message("m1", { authorId: "ada", content: "hello", clientId });
  tell("message:new", taken);
  assertEquals(shown(), ["hello"]);
  env.requests[0]!.answer(201, { message: taken, position: "1.2.0" });
  await settled();
  assertEquals(shown(), ["hello"]);
});

Deno.test("an answer that comes after its message was deleted brings nothing back", async () => {
  const { env, chat, tell, shown } = world();
  const clientId = chat.send("hello")!;
  const taken = message("m1", { authorId: "ada", content: "hello", clientId });
  tell("message:new", taken);
  tell("message:delete", { id: "m1" });
  env.requests[0]!.answer(201, { message: taken, position: "1.2.0" });
  await settled();
  assertEquals(shown(), []);
});

Deno.test("an answered message takes its place among the others by its event", async () => {
  const { env, chat, tell, shown } = world();
  const clientId = chat.send("mine")!;
  const taken = message("m2", { authorId: "ada", content: "mine", clientId });
  env.requests[0]!.answer(201, { message: taken, position: "1.3.0" });
  await settled();
  tell("message:new", message("m1"));
  assertEquals(shown(), ["text of m1", "mine"]);
  tell("message:new", taken);
  tell("message:new", message("m3"));
  assertEquals(shown(), ["text of m1", "mine", "text of m3"]);
});

Deno.test("failed messages stay at the end with retry and discard", async () => {
  const { env, chat, tell, shown } = world();
  const clientId = chat.send("no")!;
  env.requests[0]!.answer(403, { detail: "You may not write here" });
  await settled();
  tell("message:new", message("m1"));
  assertEquals(shown(), ["text of m1", "no (failed)"]);
  assertEquals(chat.messages.value[1]!.error, "You may not write here");
  const { retry, discard } = chat;
  retry(clientId);
  assertEquals(shown(), ["text of m1", "no (sending)"]);
  env.requests[1]!.answer(403);
  await settled();
  discard(clientId);
  assertEquals(shown(), ["text of m1"]);
});

Deno.test("somebody else's message with our client id takes nothing of ours away", () => {
  const { chat, tell, shown } = world();
  const clientId = chat.send("mine")!;
  tell("message:new", message("m1", { clientId }));
  assertEquals(shown(), ["text of m1", "mine (sending)"]);
  const keys = chat.messages.value.map(({ key }) => key);
  assertEquals(new Set(keys).size, 2);
});

Deno.test("empty text is not sent", () => {
  const { env, chat } = world();
  assertEquals(chat.send("  \n "), null);
  assertEquals(env.requests, []);
});

Deno.test("edits and deletions are followed", () => {
  const { tell, shown } = world({ messages: [message("b"), message("a")] });
  tell("message:edit", { id: "a", content: "edited", editedAt: 5 });
  tell("message:delete", { id: "b" });
  tell("message:edit", { id: "unknown", content: "x" });
  assertEquals(shown(), ["edited"]);
});

Deno.test("unknown and malformed events change nothing", () => {
  const { tell, shown } = world({ messages: [message("a")] });
  for (const data of [null, 1, "x", {}, { id: 1 }, { id: "b" }]) {
    tell("message:new", data);
    tell("message:edit", data);
    tell("bounty:new", data);
  }
  assertEquals(shown(), ["text of a"]);
});

Deno.test("older pages are put in front, until there are none", async () => {
  const { env, chat, shown } = world({
    messages: [message("c")],
    before: "c0",
  });
  assert(chat.hasOlder.value);
  const loading = chat.loadOlder();
  assert(chat.loadingOlder.value);
  void chat.loadOlder();
  assertEquals(env.requests.length, 1);
  assertEquals(
    env.requests[0]!.path,
    "/api/channels/guild-1/messages?limit=50&before=c0",
  );
  env.requests[0]!.answer(200, {
    messages: [message("b"), message("a")],
    before: null,
  });
  await loading;
  assertEquals(shown(), ["text of a", "text of b", "text of c"]);
  assertEquals([chat.hasOlder.value, chat.loadingOlder.value], [false, false]);
  await chat.loadOlder();
  assertEquals(env.requests.length, 1);
});

Deno.test("an edit told while its page is being loaded is not lost", async () => {
  const { env, chat, tell, shown } = world({ before: "c0" });
  const loading = chat.loadOlder();
  tell("message:edit", { id: "a", content: "edited" });
  tell("message:delete", { id: "b" });
  tell("message:new", message("c"));
  env.requests[0]!.answer(200, {
    messages: [message("b"), message("a")],
    before: null,
  });
  await loading;
  assertEquals(shown(), ["edited", "text of c"]);
});

Deno.test("history that cannot be loaded says so, and can be asked again", async () => {
  const { env, chat, shown } = world({ before: "c0" });
  const loading = chat.loadOlder();
  env.requests[0]!.answer(503, { title: "The store does not answer" });
  await loading;
  assertEquals(chat.error.value, "The store does not answer");
  const again = chat.loadOlder();
  assertEquals(chat.error.value, null);
  env.requests[1]!.answer(200, { messages: [message("a")], before: null });
  await again;
  assertEquals(shown(), ["text of a"]);
});

Deno.test("an expired position reloads what is shown and keeps what is pending", async () => {
  const { env, chat, expired, tell, shown } = world({
    messages: [message("b"), message("a")],
  });
  const clientId = chat.send("mine")!;
  expired();
  const [, reload] = env.requests;
  assertEquals(reload!.path, "/api/channels/guild-1/messages?limit=50");
  tell("message:new", message("z"));
  reload!.answer(200, {
    messages: [message("y"), message("x", { content: "x again" })],
    before: "x0",
  });
  await settled();
  assertEquals(shown(), [
    "x again",
    "text of y",
    "text of z",
    "mine (sending)",
  ]);
  assert(chat.hasOlder.value);
  const taken = message("m", { authorId: "ada", content: "mine", clientId });
  tell("message:new", taken);
  assertEquals(shown().at(-1), "mine");
});

Deno.test("what was taken before the reload is confirmed by it", async () => {
  const { env, chat, expired, shown } = world();
  const clientId = chat.send("mine")!;
  env.requests[0]!.fail();
  expired();
  const taken = message("m", { authorId: "ada", content: "mine", clientId });
  env.requests.at(-1)!.answer(200, { messages: [taken], before: null });
  await settled();
  assertEquals(shown(), ["mine"]);
});

Deno.test("a reload that fails is tried again until it succeeds", async () => {
  const { env, expired, shown } = world({ messages: [message("a")] });
  expired();
  env.requests[0]!.answer(503);
  await settled();
  assertEquals(shown(), ["text of a"]);
  env.advance(1_000);
  env.requests[1]!.answer(200, { messages: [message("b")], before: null });
  await settled();
  assertEquals(shown(), ["text of b"]);
});

Deno.test("as much is reloaded as was shown", async () => {
  const many = Array.from({ length: 60 }, (_, n) => message(`a${n}`));
  const { env, expired, chat } = world({ messages: many });
  expired();
  env.requests[0]!.answer(200, { messages: many.slice(0, 50), before: "p" });
  await settled();
  assertEquals(
    env.requests[1]!.path,
    "/api/channels/guild-1/messages?limit=50&before=p",
  );
  env.requests[1]!.answer(200, { messages: many.slice(50), before: null });
  await settled();
  assertEquals(chat.messages.value.length, 60);
});

Deno.test("a snapshot without a position is read again once the channel is open", async () => {
  const { env, shown } = world({ position: null, messages: [message("a")] });
  env.requests[0]!.answer(200, {
    messages: [message("b"), message("a")],
    before: null,
  });
  await settled();
  assertEquals(shown(), ["text of a", "text of b"]);
  assertEquals(env.requests.length, 1);
});

Deno.test("an open channel means that the server is back: what waits is sent", async () => {
  const { env, chat, subscribed } = world();
  env.dice = 0.999;
  chat.send("mine");
  for (let n = 0; n < 5; n++) {
    env.requests.at(-1)!.fail();
    await settled();
    if (n < 4) env.advance(30_000);
    await settled();
  }
  const before = env.requests.length;
  env.socket.drop();
  env.nudge("visible");
  env.socket.establish();
  subscribed();
  await settled();
  assertEquals(env.requests.length, before + 1);
});

Deno.test("after the end nothing is followed", () => {
  const { env, end, tell, shown } = world();
  end();
  assertEquals(env.socket.of("pusher:unsubscribe").length, 1);
  tell("message:new", message("a"));
  assertEquals(shown(), []);
});

Deno.test("two views of a channel on one page share what is being sent", () => {
  const { page, chat } = world();
  const other = new Chat({
    channel,
    me,
    initial: { messages: [], before: null, position: "1.1.0" },
  });
  other.start(page);
  chat.send("mine");
  assertEquals(other.messages.value.map(({ content }) => content), ["mine"]);
});

Deno.test("what older pages brought while it was read again stays, and is read again too", async () => {
  const page = (from: number, upTo: number, text = "text") =>
    Array.from(
      { length: upTo - from },
      (_, n) =>
        message(`a${upTo - 1 - n}`, { content: `${text} of a${upTo - 1 - n}` }),
    );
  const { env, chat, expired, shown } = world({
    messages: page(50, 100),
    before: "50",
  });
  expired();
  const older = chat.loadOlder();
  env.requests[1]!.answer(200, { messages: page(0, 50), before: null });
  await older;
  assertEquals(shown().length, 100);
  env.requests[0]!.answer(200, {
    messages: page(51, 101, "again"),
    before: "51",
  });
  await settled();
  assertEquals(shown().length, 101);
  assertEquals(shown()[50], "text of a50");
  assertEquals(shown()[51], "again of a51");
  assertEquals(
    env.requests[2]!.path,
    "/api/channels/guild-1/messages?limit=50&before=51",
  );
  env.requests[2]!.answer(200, {
    messages: page(1, 51, "again"),
    before: "1",
  });
  await settled();
  env.requests[3]!.answer(200, {
    messages: page(0, 1, "again"),
    before: null,
  });
  await settled();
  assertEquals(
    shown(),
    page(0, 101, "again").map(({ content }) => content).reverse(),
  );
  assertEquals(env.requests.length, 4);
  assertEquals(chat.hasOlder.value, false);
});

Deno.test("with more missed than a page has, what is heard meanwhile does not hide the gap", async () => {
  const { env, expired, tell, shown } = world({
    messages: [message("b"), message("a")],
  });
  expired();
  tell("message:new", message("z"));
  env.requests[0]!.answer(200, {
    messages: [message("z"), message("y"), message("x")],
    before: "x0",
  });
  await settled();
  assertEquals(shown(), ["text of x", "text of y", "text of z"]);
});
