/** Editing and deleting, and what is left of it. */
import { assert, assertEquals } from "@std/assert";
import { setRole } from "../../../lib/guilds/mod.ts";
import { commit, keys, set } from "../../../lib/kv/mod.ts";
import {
  editMessage,
  getMessage,
  listMessages,
  listVersions,
  react,
  removeMessage,
  sendMessage,
} from "../../../lib/messages/mod.ts";
import { parseChannel } from "../../../lib/realtime/mod.ts";
import type { User } from "../../../lib/users/mod.ts";
import { openDeps } from "../../support/open_deps.ts";
import { codeOf } from "../../support/refusal.ts";
import { dm, guildOf } from "./rooms.ts";

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
  assertEquals(await codeOf(() => edit(ada, "Four", 1)), "conflict");
  assertEquals(await codeOf(() => edit(bob, "Mine")), "forbidden");
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
    await codeOf(() => listVersions(deps, room, id, bob)),
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
  assertEquals(await codeOf(() => remove(cleo)), "forbidden");
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
    await codeOf(() => editMessage(deps, again)),
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
    await codeOf(() => removeMessage(deps, late)),
    "illegal_transition",
  );
});
