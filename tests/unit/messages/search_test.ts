import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { DAY } from "../../../lib/clock.ts";
import { createGuild, joinGuild, leaveGuild } from "../../../lib/guilds/mod.ts";
import {
  blockUser,
  editMessage,
  type MessageHits,
  registerMessageJobs,
  reindexMessages,
  removeMessage,
  searchMessages,
  sendMessage,
} from "../../../lib/messages/mod.ts";
import { keys } from "../../../lib/kv/mod.ts";
import { indexRoom } from "../../../lib/messages/search/index_room.ts";
import { dmChannel, guildChannel } from "../../../lib/realtime/mod.ts";
import { wordsOf } from "../../../lib/search/mod.ts";
import type { User } from "../../../lib/users/mod.ts";
import { openDeps, type TestDeps } from "../../support/open_deps.ts";

const WORDS = ["lamp", "lantern", "lan", "oil", "Łódź", "wick", "glass", "a"];

async function everyPage(
  deps: TestDeps,
  reader: User,
  q: string,
  limit: number,
): Promise<MessageHits["results"]> {
  const all: MessageHits["results"] = [];
  let cursor: string | undefined;
  do {
    const page = await searchMessages(deps, reader, { q, cursor, limit });
    assert(page.results.length <= limit);
    all.push(...page.results);
    cursor = page.cursor ?? undefined;
  } while (cursor);
  return all;
}

interface Kept {
  id: string;
  room: number;
  by: number;
  content: string;
  at: number;
}

const content = fc.array(fc.constantFrom(...WORDS), {
  minLength: 1,
  maxLength: 4,
})
  .map((words) => words.join(" "));
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("send" as const),
      room: fc.nat(2),
      by: fc.nat(2),
      content,
      reply: fc.boolean(),
    }),
  },
  fc.record({ do: fc.constant("edit" as const), at: fc.nat(60), content }),
  fc.record({ do: fc.constant("delete" as const), at: fc.nat(60) }),
  fc.record({ do: fc.constant("index" as const), room: fc.nat(2) }),
  fc.record({ do: fc.constant("reindex" as const) }),
);

Deno.test("a search finds what looking at every message would, in the rooms that the reader may see", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 10, maxLength: 60 }),
      content,
      fc.integer({ min: 1, max: 7 }),
      async (steps, asked, limit) => {
        await using deps = await openDeps();
        const people = await Promise.all(
          ["ada", "bob", "cleo"].map((handle) => deps.addUser(handle)),
        );
        const given = { name: "Lantern", description: "", open: true };
        const guild = await createGuild(deps, people[0]!, given);
        await joinGuild(deps, guild.id, people[1]!);
        // Cleo is in the second direct conversation only.
        const rooms = [
          guildChannel(guild.id),
          dmChannel("ada", "bob"),
          dmChannel("ada", "cleo"),
        ];
        const members = [[0, 1], [0, 1], [0, 2]];
        const kept: Kept[] = [];
        const tops = new Map<number, string>();
        for (const one of steps) {
          deps.clock.advance(DAY / 3);
          if (one.do === "send") {
            const by = members[one.room]![one.by % 2]!;
            const parentId = one.reply ? tops.get(one.room) : undefined;
            const { message } = await sendMessage(deps, {
              channel: rooms[one.room]!,
              author: people[by]!,
              content: one.content,
              parentId,
            });
            if (!parentId && !tops.has(one.room)) {
              tops.set(one.room, message.id);
            }
            kept.push({
              id: message.id,
              room: one.room,
              by,
              content: one.content,
              at: message.sentAt,
            });
          } else if (one.do === "index") {
            await indexRoom(deps.kv, rooms[one.room]!);
          } else if (one.do === "reindex") {
            await reindexMessages(deps.kv);
          } else if (kept.length > 0) {
            const target = kept[one.at % kept.length]!;
            const channel = rooms[target.room]!;
            const author = people[target.by]!;
            if (one.do === "edit") {
              await editMessage(deps, {
                channel,
                id: target.id,
                author,
                content: one.content,
              });
              target.content = one.content;
            } else if (tops.get(target.room) !== target.id) {
              await removeMessage(deps, { channel, id: target.id, by: author });
              kept.splice(kept.indexOf(target), 1);
            }
          }
        }
        const words = wordsOf(asked);
        const has = (text: string) =>
          words.every((word) =>
            wordsOf(text).some((w) =>
              [...word].length >= 3 ? w.startsWith(word) : w === word
            )
          );
        const day = kept[Math.floor(kept.length / 2)]?.at ?? deps.now();
        const border = Math.floor(day / DAY) * DAY;
        const date = new Date(border).toISOString().slice(0, 10);
        const queries: [string, (one: Kept) => boolean][] = [
          [asked, ({ content }) => has(content)],
          [`${asked} from:ada`, (k) => has(k.content) && k.by === 0],
          [`from:bob`, (k) => k.by === 1],
          [`${asked} before:${date}`, (k) => has(k.content) && k.at < border],
          [`after:${date}`, (k) => k.at >= border],
          [`${asked} in:lantern`, (k) => has(k.content) && k.room === 0],
        ];
        for (const [n, reader] of people.entries()) {
          for (const [q, wanted] of queries) {
            const found = await everyPage(deps, reader, q, limit);
            const expected = kept.filter((one) =>
              members[one.room]!.includes(n) && wanted(one)
            );
            assertEquals(
              found.map((hit) => hit.message.id),
              expected.toReversed().map((one) => one.id),
              `${q} by ${reader.handle}`,
            );
          }
        }
      },
    ),
    { numRuns: 25 },
  );
});

Deno.test("the index follows by itself, and indexers at once lose nothing", async () => {
  await using deps = await openDeps();
  await using other = await deps.fork();
  registerMessageJobs(deps.queue, deps);
  const [ada] = [await deps.addUser("ada"), await deps.addUser("bob")];
  const channel = dmChannel("ada", "bob");
  await Promise.all(
    Array.from({ length: 200 }, (_, n) =>
      sendMessage(n % 2 ? deps : other, {
        channel,
        author: ada,
        content: `number${n % 5} lamp`,
      })),
  );
  await Promise.all([
    indexRoom(deps.kv, channel),
    indexRoom(deps.kv, channel),
    reindexMessages(deps.kv),
    indexRoom(deps.kv, channel),
  ]);
  const mark = await deps.kv.get<{ n: number }>(keys.messagesIndexed(channel));
  assertEquals(mark.value?.n, 200);
  assertEquals((await everyPage(deps, ada, "number3", 50)).length, 40);
  await sendMessage(deps, { channel, author: ada, content: "wick" });
  deps.queue.start();
  deps.clock.advance(DAY);
  await deps.queue.drain(5_000);
  const later = await deps.kv.get<{ n: number }>(keys.messagesIndexed(channel));
  assertEquals(later.value?.n, 201);
});

Deno.test("who has left finds nothing more; words of what was deleted leave the index", async () => {
  await using deps = await openDeps();
  const [ada, bob] = [await deps.addUser("ada"), await deps.addUser("bob")];
  const given = { name: "Lantern", description: "", open: true };
  const guild = await createGuild(deps, ada, given);
  await joinGuild(deps, guild.id, bob);
  const channel = guildChannel(guild.id);
  const say = (content: string) =>
    sendMessage(deps, { channel, author: ada, content });
  const { message } = await say("Secretive https://example.org and `code`");
  await indexRoom(deps.kv, channel);
  const find = async (reader: User, q: string) =>
    (await searchMessages(deps, reader, { q })).results.length;
  assertEquals(await find(bob, "secret has:link has:code"), 1);
  assertEquals(await find(bob, "secret has:file"), 0);
  const { results: [hit] } = await searchMessages(deps, bob, { q: "secret" });
  assertEquals(hit!.snippet[0], { text: "Secretive", hit: true });
  await blockUser(deps, bob.id, ada.id);
  assertEquals(await find(bob, "secret"), 0);
  assertEquals(await find(ada, "secret"), 1);
  await leaveGuild(deps, guild.id, bob.id);
  assertEquals(await find(bob, `secret in:${channel}`), 0);
  await removeMessage(deps, { channel, id: message.id, by: ada });
  await indexRoom(deps.kv, channel);
  const rows = await Array.fromAsync(
    deps.kv.list({ prefix: keys.postings(channel, "secretive") }),
  );
  assertEquals(rows, []);
});
