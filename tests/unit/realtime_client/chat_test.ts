/** A channel's messages in the browser: sent, answered, told, changed. */
import { assertEquals } from "@std/assert";
import { Chat } from "../../../lib/realtime/client/chat.ts";
import { settled } from "./fake_environment.ts";
import { channel, me, message, world } from "./chat_support.ts";

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
