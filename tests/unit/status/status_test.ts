import { createCache } from "../../../lib/cache/mod.ts";
import { assertEquals, assertRejects } from "@std/assert";
import { HOUR, MINUTE, SECOND } from "../../../lib/clock.ts";
import { NexoraError } from "../../../lib/errors.ts";
import { createGuild, joinGuild } from "../../../lib/guilds/mod.ts";
import { keys } from "../../../lib/kv/mod.ts";
import { decideDelivery, EMPTY_INBOX } from "../../../lib/notifications/mod.ts";
import { readContext } from "../../../lib/notifications/preferences/context.ts";
import { blockUser, sendMessage } from "../../../lib/messages/mod.ts";
import {
  dmChannel,
  guildChannel,
  userChannel,
} from "../../../lib/realtime/mod.ts";
import {
  getStatus,
  listWatched,
  noteInput,
  readCard,
  setStatus,
} from "../../../lib/status/mod.ts";
import type { User } from "../../../lib/users/mod.ts";
import { openDeps, type TestDeps } from "../../support/open_deps.ts";

/** A tab of Ada's is connected to an isolate, as the realtime server writes it. */
async function connect(deps: TestDeps, node = "n1", lives = MINUTE) {
  await deps.kv.set(keys.occupied(userChannel("ada"), node), 1);
  await deps.kv.set(keys.node(node), { expiresAt: deps.now() + lives });
}
const state = async (deps: TestDeps) => (await getStatus(deps, "ada")).state;

Deno.test("somebody is here while a tab of theirs is at an isolate that lives", async () => {
  await using deps = await openDeps();
  await deps.addUser("ada");
  assertEquals(await state(deps), "offline");
  await connect(deps, "n1", 24 * SECOND);
  assertEquals(await state(deps), "online");
  await noteInput(deps, "ada", false);
  deps.clock.advance(24 * SECOND);
  // The isolate crashed: its row is there, its heartbeat is not.
  const after = await getStatus(deps, "ada");
  assertEquals([after.state, after.lastSeenAt], [
    "offline",
    deps.now() - 24 * SECOND,
  ]);
  await connect(deps, "n2");
  assertEquals(await state(deps), "online");
});

Deno.test("whoever does nothing on any device is idle, and is back with the first thing they do", async () => {
  await using deps = await openDeps();
  const ada = await deps.addUser("ada");
  const given = { name: "Lantern", description: "", open: true };
  const guild = await createGuild(deps, ada, given);
  await connect(deps, "n1", HOUR);
  await noteInput(deps, "ada", false);
  await noteInput(deps, "ada", true);
  assertEquals(
    await state(deps),
    "online",
    "another device was used a moment ago",
  );
  deps.clock.advance(5 * MINUTE);
  assertEquals((await noteInput(deps, "ada", true)).state, "idle");
  assertEquals(await state(deps), "idle");
  assertEquals((await noteInput(deps, "ada", false)).state, "online");
  deps.clock.advance(10 * MINUTE);
  assertEquals(await state(deps), "idle", "nothing was heard of any device");
  const told = (await deps.events(guildChannel(guild.id)))
    .map((e) => (e.json as { state: string }).state);
  assertEquals(told, ["idle", "online"]);
});

Deno.test("do not disturb and its words last as long as was said", async () => {
  await using deps = await openDeps();
  await deps.addUser("ada");
  await connect(deps, "n1", 2 * HOUR);
  const until = deps.now() + HOUR;
  const own = { state: "dnd" as const, text: "Writing", emoji: "✍️", until };
  await setStatus(deps, "ada", own);
  const status = await getStatus(deps, "ada");
  assertEquals([status.state, status.text], ["dnd", "Writing"]);
  deps.clock.advance(HOUR);
  const after = await getStatus(deps, "ada");
  assertEquals([after.text, after.until], ["", null]);
  await assertRejects(
    () => setStatus(deps, "ada", { ...own, until: deps.now() }),
    NexoraError,
  );
});

Deno.test("whoever is not to be disturbed gets no push, and sees why", async () => {
  await using deps = await openDeps();
  await deps.addUser("ada");
  await deps.kv.set(keys.pushSubscription("ada", "s"), {});
  const notice = {
    type: "direct_message" as const,
    data: {
      channel: "dm-ada-bob",
      messageId: "m",
      authorId: "bob",
      authorHandle: "bob",
      authorName: "Bob",
      excerpt: "Hi",
    },
  };
  const rules = async () => {
    const { preferences, context } = await readContext(deps, notice, {
      userId: "ada",
      timeZone: "UTC",
      inbox: EMPTY_INBOX,
      at: deps.now(),
    });
    const { push } = decideDelivery(notice, preferences, context);
    return [push.verdict, push.reasons.at(-1)!.rule];
  };
  assertEquals((await rules())[0], "now");
  const until = deps.now() + HOUR;
  const own = { state: "dnd" as const, text: "", emoji: "", until };
  await setStatus(deps, "ada", own);
  assertEquals(await rules(), ["never", "do_not_disturb"]);
  deps.clock.advance(HOUR);
  assertEquals((await rules())[0], "now");
});

Deno.test("a card tells how somebody is reached to those who share a guild or a conversation, unless blocked", async () => {
  await using deps = await openDeps();
  const ada = await deps.addUser("ada");
  const bob = await deps.addUser("bob");
  const cleo = await deps.addUser("cleo");
  const guild = await createGuild(deps, ada, {
    name: "Lantern",
    description: "",
    open: true,
  });
  await joinGuild(deps, guild.id, bob);
  await connect(deps);
  const cache = createCache({ ...deps, watchKv: deps.kv });
  const shown = { ...deps, cache };
  const card = (reader: User) => readCard(shown, reader, ada.handle);
  const seen = async (reader: User) => {
    const { status, guilds } = (await card(reader))!;
    return [status?.state ?? null, guilds.map(({ name }) => name)];
  };
  assertEquals(await seen(bob), ["online", ["Lantern"]]);
  assertEquals(await seen(cleo), [null, []]);
  assertEquals((await seen(ada))[0], "online", "of oneself one knows");
  assertEquals((await seen({ ...cleo, role: "admin" }))[0], "online");
  await sendMessage(deps, {
    channel: dmChannel(ada.id, cleo.id),
    author: cleo,
    content: "Hello",
  });
  assertEquals(await seen(cleo), ["online", []]);
  assertEquals(await listWatched(deps, cleo.id), [ada.id]);
  await blockUser(deps, ada.id, cleo.id);
  assertEquals(await seen(cleo), [null, []]);
  assertEquals(await listWatched(deps, cleo.id), []);
  await blockUser(deps, bob.id, ada.id);
  assertEquals((await card(bob))!.blocked, true);
  assertEquals(await readCard(shown, bob, "nobody"), null);
  await cache.idle();
});
