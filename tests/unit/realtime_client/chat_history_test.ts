/** A channel's older messages in the browser, and reading again what may be missing. */
import { assert, assertEquals } from "@std/assert";
import { settled } from "./fake_environment.ts";
import { message, world } from "./chat_support.ts";

Deno.test("older pages are put in front, until there are none", async () => {
  const { env, chat, shown } = world({
    messages: [message("c")],
    before: "c0",
  });
  assert(chat.hasOlder.value);
  const loading = chat.paging.loadOlder();
  assert(chat.paging.loadingOlder.value);
  void chat.paging.loadOlder();
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
  assertEquals([chat.hasOlder.value, chat.paging.loadingOlder.value], [
    false,
    false,
  ]);
  await chat.paging.loadOlder();
  assertEquals(env.requests.length, 1);
});

Deno.test("an edit told while its page is being loaded is not lost", async () => {
  const { env, chat, tell, shown } = world({ before: "c0" });
  const loading = chat.paging.loadOlder();
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
  const loading = chat.paging.loadOlder();
  env.requests[0]!.answer(503, { title: "The store does not answer" });
  await loading;
  assertEquals(chat.paging.error.value, "The store does not answer");
  const again = chat.paging.loadOlder();
  assertEquals(chat.paging.error.value, null);
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
  const older = chat.paging.loadOlder();
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
