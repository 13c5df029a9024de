import { assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { NexoraError } from "../../../lib/errors.ts";
import { createGuild, joinGuild, leaveGuild } from "../../../lib/guilds/mod.ts";
import {
  blockUser,
  followThread,
  getThreadState,
  listStatesOf,
  listThreads,
  listThreadStates,
  markThreadRead,
  removeMessage,
  sendMessage,
} from "../../../lib/messages/mod.ts";
import {
  guildChannel,
  parseChannel,
  userChannel,
} from "../../../lib/realtime/mod.ts";
import type { User } from "../../../lib/users/mod.ts";
import { openDeps, type TestDeps } from "../../support/open_deps.ts";

async function world(deps: TestDeps) {
  const people = {
    ada: await deps.addUser("ada"),
    bob: await deps.addUser("bob"),
    cleo: await deps.addUser("cleo"),
    dan: await deps.addUser("dan"),
  };
  const given = { name: "Lantern", description: "", open: true };
  const { id } = await createGuild(deps, people.ada, given);
  for (const one of [people.bob, people.cleo, people.dan]) {
    await joinGuild(deps, id, one);
  }
  const channel = guildChannel(id);
  const send = async (author: User, content: string, parentId?: string) =>
    (await sendMessage(deps, { channel, author, content, parentId })).message;
  const unread = async (parentId: string, user: User) => {
    const state = await getThreadState(deps, channel, parentId, user.id);
    return state.following ? state.unread : null;
  };
  return { ...people, guildId: id, channel, send, unread };
}

Deno.test("who began, who answers and whom a reply names follow a thread; nobody else does", async () => {
  await using deps = await openDeps();
  const { ada, bob, cleo, dan, send, unread, channel } = await world(deps);
  const { id } = await send(ada, "Which lamp?");
  assertEquals(await unread(id, ada), null, "without replies it is no thread");
  await send(bob, "The blue one", id);
  await send(bob, "Or the green one, @cleo?", id);
  assertEquals(
    [
      await unread(id, ada),
      await unread(id, bob),
      await unread(id, cleo),
      await unread(id, dan),
    ],
    [2, 0, 1, null],
  );
  const told = async (user: User) =>
    (await deps.events(userChannel(user.id)))
      .filter(({ event }) => event === "thread:followed").length;
  assertEquals([await told(ada), await told(bob), await told(cleo)], [1, 1, 1]);
  const states = await listStatesOf(deps, ada.id, [id]);
  assertEquals(states, [await getThreadState(deps, channel, id, ada.id)]);
  assertEquals(await listThreadStates(deps, ada), states);
});

Deno.test("reading a thread is told to one's devices and never goes back", async () => {
  await using deps = await openDeps();
  const { ada, bob, channel, send, unread } = await world(deps);
  const { id } = await send(ada, "Which lamp?");
  const first = await send(bob, "One", id);
  const second = await send(bob, "Two", id);
  await markThreadRead(deps, channel, id, ada.id, first.id);
  assertEquals(await unread(id, ada), 1);
  await markThreadRead(deps, channel, id, ada.id);
  assertEquals(await unread(id, ada), 0);
  await markThreadRead(deps, channel, id, ada.id, first.id);
  assertEquals(await unread(id, ada), 0);
  const told = (await deps.events(userChannel(ada.id)))
    .filter(({ event }) => event === "thread:updated")
    .map(({ json }) => (json as { unread: number }).unread);
  assertEquals(told, [1, 0]);
  await send(bob, "Three", id);
  await removeMessage(deps, { channel, id: second.id, by: bob });
  assertEquals(await unread(id, ada), 1);
  await assertRejects(
    () => markThreadRead(deps, channel, id, ada.id, id),
    NexoraError,
  );
});

Deno.test("who leaves a thread stays away until they answer or are named", async () => {
  await using deps = await openDeps();
  const { ada, bob, dan, channel, send, unread } = await world(deps);
  const { id } = await send(ada, "Which lamp?");
  await send(bob, "One", id);
  await followThread(deps, channel, id, ada.id, false);
  await send(bob, "Two", id);
  assertEquals(await unread(id, ada), null, "began it, and left it");
  await send(bob, "Three, @ada", id);
  assertEquals(await unread(id, ada), 1);
  await followThread(deps, channel, id, dan.id, true);
  assertEquals(await unread(id, dan), 0, "what was there before is not news");
  await send(bob, "Four", id);
  assertEquals(await unread(id, dan), 1);
  await followThread(deps, channel, id, ada.id, false);
  await send(ada, "Five", id);
  assertEquals([await unread(id, ada), await unread(id, dan)], [0, 2]);
});

Deno.test("the list has what is unread first, and nothing of rooms that one has left", async () => {
  await using deps = await openDeps();
  const { ada, bob, cleo, guildId, send, channel } = await world(deps);
  const one = await send(bob, "First thread");
  const two = await send(bob, "Second thread");
  await send(cleo, "A", one.id);
  await send(cleo, "B", two.id);
  await send(ada, "C", two.id);
  await markThreadRead(deps, channel, two.id, bob.id);
  const list = await listThreads(deps, bob);
  assertEquals(
    list.map(({ parent, state, replies, room }) => [
      parent.content,
      state.unread,
      replies.map(({ content }) => content),
      room.name,
    ]),
    [
      ["First thread", 1, ["A"], "Lantern"],
      ["Second thread", 0, ["B", "C"], "Lantern"],
    ],
  );
  assertEquals(list[0]!.firstUnreadId, list[0]!.replies[0]!.id);
  await leaveGuild(deps, guildId, bob.id);
  assertEquals(await listThreads(deps, bob), []);
  assertEquals(await listThreadStates(deps, bob), []);
});

Deno.test("who was blocked brings nobody into a thread", async () => {
  await using deps = await openDeps();
  const { ada, bob, cleo, send, unread } = await world(deps);
  await blockUser(deps, ada.id, bob.id);
  await blockUser(deps, cleo.id, bob.id);
  const { id } = await send(ada, "Which lamp?");
  await send(bob, "The blue one, @cleo", id);
  assertEquals([await unread(id, ada), await unread(id, cleo)], [null, null]);
});

type Step =
  | { do: "reply"; who: number; name: number | null; device: number }
  | {
    do: "delete" | "read" | "follow" | "leave";
    who: number;
    at: number;
    device: number;
  };

Deno.test("counts equal a model, whatever four people do in a thread from two isolates", async () => {
  const who = fc.nat({ max: 3 });
  const device = fc.nat({ max: 1 });
  const at = fc.nat({ max: 20 });
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant("reply" as const),
        who,
        name: fc.option(who, { freq: 3 }),
        device,
      }),
    },
    fc.record({
      do: fc.constantFrom("delete", "read", "follow", "leave"),
      who,
      at,
      device,
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      await using deps = await openDeps();
      await using other = await deps.fork();
      const { ada, bob, cleo, dan, channel, unread } = await world(deps);
      const people = [ada, bob, cleo, dan];
      const { message: parent } = await sendMessage(deps, {
        channel,
        author: ada,
        content: "Which lamp?",
      });
      const replies: { id: string; by: number; gone: boolean }[] = [];
      /** Replies that somebody has read, and whether they follow; `undefined`: never did. */
      const marks = new Map<number, { on: boolean; read: number }>();
      const begin = (n: number, read: number) => {
        if (!marks.get(n)?.on) marks.set(n, { on: true, read });
      };
      for (const one of steps) {
        const from = one.device ? other : deps;
        const user = people[one.who]!;
        if (one.do === "reply") {
          const name = one.name === null ? "" : ` @${people[one.name]!.handle}`;
          const { message } = await sendMessage(from, {
            channel,
            author: user,
            content: `${replies.length}${name}`,
            parentId: parent.id,
          });
          replies.push({ id: message.id, by: one.who, gone: false });
          begin(one.who, replies.length);
          if (one.name !== null) begin(one.name, replies.length - 1);
          if (!marks.has(0)) begin(0, replies.length - 1);
        } else if (one.do === "follow" || one.do === "leave") {
          const on = one.do === "follow";
          await followThread(from, channel, parent.id, user.id, on);
          if (marks.get(one.who)?.on !== on) {
            marks.set(one.who, { on, read: replies.length });
          }
        } else {
          const n = one.at % (replies.length || 1);
          const reply = replies[n];
          if (!reply) continue;
          if (one.do === "read") {
            await markThreadRead(from, channel, parent.id, user.id, reply.id);
            const mark = marks.get(one.who);
            if (mark?.on) mark.read = Math.max(mark.read, n + 1);
          } else if (!reply.gone) {
            reply.gone = true;
            const author = people[reply.by]!;
            await removeMessage(from, { channel, id: reply.id, by: author });
          }
        }
        for (const [n, person] of people.entries()) {
          const mark = marks.get(n);
          const expected = mark?.on
            ? replies.slice(mark.read)
              .filter(({ by, gone }) => by !== n && !gone).length
            : null;
          assertEquals(await unread(parent.id, person), expected);
        }
      }
    }),
    { numRuns: 40 },
  );
});

Deno.test("replies from two isolates at once are each counted once", async () => {
  await using deps = await openDeps();
  await using other = await deps.fork();
  const { ada, bob, cleo, channel, unread } = await world(deps);
  const { message } = await sendMessage(deps, {
    channel,
    author: ada,
    content: "Which lamp?",
  });
  await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      sendMessage(n % 2 ? deps : other, {
        channel,
        author: n % 4 < 2 ? bob : cleo,
        content: `${n}`,
        parentId: message.id,
      })),
  );
  assertEquals(await unread(message.id, ada), 40);
  assertEquals(parseChannel(channel)!.name, channel);
});
