import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { NexoraError } from "../../../lib/errors.ts";
import { createGuild, joinGuild, setRole } from "../../../lib/guilds/mod.ts";
import { commit, keys, set } from "../../../lib/kv/mod.ts";
import {
  editMessage,
  getMessage,
  listMessages,
  listPins,
  listReactions,
  listThread,
  listVersions,
  type Message,
  type MessageNew,
  pinMessage,
  react,
  registerMessageJobs,
  removeMessage,
  sendMessage,
} from "../../../lib/messages/mod.ts";
import {
  getNotifications,
  registerNotificationJobs,
} from "../../../lib/notifications/mod.ts";
import {
  dmChannel,
  guildChannel,
  parseChannel,
} from "../../../lib/realtime/mod.ts";
import type { User } from "../../../lib/users/mod.ts";
import { openDeps, type TestDeps } from "../users/open_deps.ts";

const dm = dmChannel("ada", "bob");

async function code(run: () => Promise<unknown>): Promise<string> {
  return (await assertRejects(run, NexoraError)).code;
}

async function guildOf(deps: TestDeps, founder: User, ...others: User[]) {
  const given = { name: "Lantern", description: "", open: true };
  const { id } = await createGuild(deps, founder, given);
  for (const one of others) await joinGuild(deps, id, one);
  return {
    id,
    channel: guildChannel(id),
    room: parseChannel(guildChannel(id))!,
  };
}

Deno.test("an edit keeps what was said before, and is refused when the words changed meanwhile", async () => {
  await using deps = await openDeps();
  const [ada, bob] = [await deps.addUser("ada"), await deps.addUser("bob")];
  const say = await sendMessage(deps, {
    channel: dm,
    author: ada,
    content: "One",
  });
  const { id } = say.message;
  const edit = (author: User, content: string, revision?: number) =>
    editMessage(deps, { channel: dm, id, author, content, revision });
  const two = await edit(ada, "Two", 0);
  assertEquals([two.content, two.revision, two.position], [
    "Two",
    1,
    say.position,
  ]);
  await react(deps, { channel: dm, id, user: bob, emoji: "👍", on: true });
  // A reaction is no reason to refuse an edit, other words are.
  assertEquals((await edit(ada, "Three", 1)).revision, 3);
  assertEquals(await code(() => edit(ada, "Four", 1)), "conflict");
  assertEquals(await code(() => edit(bob, "Mine")), "forbidden");
  const events = (await deps.events(dm)).length;
  assertEquals((await edit(ada, "Three")).revision, 3);
  assertEquals((await deps.events(dm)).length, events);
  const room = parseChannel(dm)!;
  const versions = await listVersions(deps, room, id, ada);
  assertEquals(versions.map((v) => [v.revision, v.content]), [
    [0, "One"],
    [1, "Two"],
    [3, "Three"],
  ]);
  assertEquals(
    await code(() => listVersions(deps, room, id, bob)),
    "forbidden",
  );
});

Deno.test("a deleted message leaves a tombstone in its place; officers delete others', and its words are gone", async () => {
  await using deps = await openDeps();
  const [ada, bob, cleo] = [
    await deps.addUser("ada"),
    await deps.addUser("bob"),
    await deps.addUser("cleo"),
  ];
  const { id: guildId, channel, room } = await guildOf(deps, ada, bob, cleo);
  const ids: string[] = [];
  for (const content of ["One", "Two", "Three"]) {
    ids.push(
      (await sendMessage(deps, { channel, author: bob, content })).message.id,
    );
  }
  await editMessage(deps, {
    channel,
    id: ids[1]!,
    author: bob,
    content: "Zwei",
  });
  const remove = (by: User) =>
    removeMessage(deps, { channel, id: ids[1]!, by });
  assertEquals(await code(() => remove(cleo)), "forbidden");
  await setRole(deps, ada, guildId, cleo.id, "officer");
  const gone = await remove(cleo);
  assertEquals([gone.content, gone.deleted?.byId], ["", "cleo"]);
  const { messages } = await listMessages(deps, { channel });
  assertEquals(messages.map((m) => m.content), ["Three", "", "One"]);
  assertEquals(await listVersions(deps, room, ids[1]!, bob), []);
  const events = (await deps.events(channel)).length;
  await remove(bob);
  assertEquals((await deps.events(channel)).length, events, "twice is once");
  const again = { channel, id: ids[1]!, author: bob, content: "Back" };
  assertEquals(
    await code(() => editMessage(deps, again)),
    "illegal_transition",
  );
});

Deno.test("in a dispute nothing is lost: everybody there sees what was edited and deleted", async () => {
  await using deps = await openDeps();
  const [ada, bob] = [await deps.addUser("ada"), await deps.addUser("bob")];
  await commit(deps.kv, {
    mutations: [
      set(keys.dispute("d"), { id: "d", state: "raised", guildId: null }),
      set(keys.disputeParty("d", "ada"), { role: "raiser" }),
      set(keys.disputeParty("d", "bob"), { role: "accused" }),
    ],
  });
  const channel = "dispute-d";
  const { message: { id } } = await sendMessage(deps, {
    channel,
    author: ada,
    content: "It was late",
  });
  await editMessage(deps, {
    channel,
    id,
    author: ada,
    content: "It was not there",
  });
  await removeMessage(deps, { channel, id, by: ada });
  const versions = await listVersions(deps, parseChannel(channel)!, id, bob);
  assertEquals(versions.map((v) => v.content), [
    "It was late",
    "It was not there",
  ]);
  assert((await getMessage(deps, channel, id))!.deleted);
  const sent = await sendMessage(deps, {
    channel,
    author: bob,
    content: "Last",
  });
  const ended = { id: "d", state: "resolved", guildId: null };
  await commit(deps.kv, { mutations: [set(keys.dispute("d"), ended)] });
  const late = { channel, id: sent.message.id, by: bob };
  assertEquals(
    await code(() => removeMessage(deps, late)),
    "illegal_transition",
  );
});

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
    await code(() => say(ada, "Deeper", reply)),
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
    await code(() => listMessages(deps, { channel: dm, around: "nothing" })),
    "not_found",
  );
});

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
    await code(() => sendMessage(deps, to(cleo, "ada"))),
    "not_found",
  );
  await removeMessage(deps, { channel: dm, id: message.id, by: bob });
  assertEquals(
    await code(() => sendMessage(deps, to(ada, "cleo"))),
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

type Deed =
  | { do: "send" | "reply"; by: number; text: string }
  | { do: "edit"; at: number; text: string }
  | { do: "delete" | "pin"; at: number }
  | { do: "react"; at: number; by: number; emoji: string; on: boolean };

const text = fc.constantFrom("a", "b", "c");
const at = fc.nat(9);
const by = fc.nat(1);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    do: fc.constantFrom("send" as const, "reply" as const),
    by,
    text,
  }),
  fc.record({ do: fc.constant("edit" as const), at, text }),
  fc.record({ do: fc.constantFrom("delete" as const, "pin" as const), at }),
  fc.record({
    do: fc.constant("react" as const),
    at,
    by,
    emoji: fc.constantFrom("👍", "🎉"),
    on: fc.boolean(),
  }),
);

/** What a client makes of the events, in their order. */
function applied(events: { event: string; json: unknown }[]) {
  const messages = new Map<string, Message>();
  const patch = (id: string, change: Partial<Message>) => {
    const before = messages.get(id)!;
    assert(change.revision === before.revision + 1, "revisions have no gap");
    messages.set(id, { ...before, ...change });
  };
  for (const { event, json } of events) {
    const data = json as Message & MessageNew & { added?: boolean };
    if (data.parent) {
      const { id, ...change } = data.parent;
      patch(id, change);
    }
    const { id, revision } = data;
    if (event === "message:new") {
      const { parent: _, ...message } = data;
      messages.set(id, message);
    } else if (event === "message:edit") {
      const { content, editedAt, mentions } = data;
      patch(id, { revision, content, editedAt, mentions });
    } else if (event === "message:delete") {
      const { deleted } = data;
      patch(id, {
        revision,
        deleted,
        content: "",
        reactions: [],
        pinned: null,
      });
    } else if (event === "message:pin") {
      patch(id, { revision, pinned: data.pinned });
    } else if (event === "message:reaction") {
      patch(id, { revision, reactions: data.reactions });
    }
  }
  return messages;
}

Deno.test("whatever is done at once from two isolates, whoever applies the events has what is stored", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { minLength: 5, maxLength: 40 }),
      async (deeds) => {
        await using deps = await openDeps();
        await using other = await deps.fork();
        const people = [await deps.addUser("ada"), await deps.addUser("bob")];
        const ids: string[] = [];
        const authors: User[] = [];
        for (let n = 0; n < 4; n++) {
          const author = people[n % 2]!;
          const sent = await sendMessage(deps, {
            channel: dm,
            author,
            content: "0",
          });
          ids.push(sent.message.id);
          authors.push(author);
        }
        await Promise.all(deeds.map(async (one, n) => {
          const d = n % 2 ? deps : other;
          const target = "at" in one ? one.at % ids.length : 0;
          const id = ids[target]!;
          const author = authors[target]!;
          try {
            if (one.do === "send" || one.do === "reply") {
              await sendMessage(d, {
                channel: dm,
                author: people[one.by]!,
                content: one.text,
                ...(one.do === "reply" && { parentId: ids[0]! }),
              });
            } else if (one.do === "edit") {
              await editMessage(d, {
                channel: dm,
                id,
                author,
                content: one.text,
              });
            } else if (one.do === "delete") {
              await removeMessage(d, { channel: dm, id, by: author });
            } else if (one.do === "pin") {
              await pinMessage(d, {
                channel: dm,
                id,
                user: author,
                pinned: n % 3 > 0,
              });
            } else if (one.do === "react") {
              const user = people[one.by]!;
              const { emoji, on } = one;
              await react(d, { channel: dm, id, user, emoji, on });
            }
          } catch (error) {
            const known = error instanceof NexoraError &&
              error.code === "illegal_transition";
            if (!known) throw error;
          }
        }));
        const model = applied(await deps.events(dm));
        for (const [id, expected] of model) {
          const { position: _, ...stored } = (await getMessage(deps, dm, id))!;
          assertEquals(stored, expected);
          const { rows } = await listReactions(deps, dm, id);
          if (stored.deleted) continue;
          for (const { emoji, count, userIds } of stored.reactions) {
            const those = rows.filter((row) => row.emojis.includes(emoji));
            assertEquals(count, those.length);
            assertEquals(userIds.toSorted(), those.map((row) => row.userId));
          }
        }
      },
    ),
    { numRuns: 30 },
  );
});
