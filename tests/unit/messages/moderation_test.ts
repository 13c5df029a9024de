import { assert, assertEquals } from "@std/assert";
import { MINUTE, SECOND } from "../../../lib/clock.ts";
import { NexoraError } from "../../../lib/errors.ts";
import { createGuild, joinGuild } from "../../../lib/guilds/mod.ts";
import {
  answerReport,
  blockUser,
  changeRoomSettings,
  enterRoom,
  getOwnRights,
  getRoomSettings,
  listAudit,
  listMutes,
  listOpenReports,
  listReports,
  muteMember,
  reportMessage,
  sendMessage,
  SettingsChange,
  unblockUser,
  unmuteMember,
} from "../../../lib/messages/mod.ts";
import {
  dmChannel,
  guildChannel,
  parseChannel,
  userChannel,
} from "../../../lib/realtime/mod.ts";
import type { User } from "../../../lib/users/mod.ts";
import { openDeps, type TestDeps } from "../../support/open_deps.ts";
import { codeOf } from "../../support/refusal.ts";

async function world(deps: TestDeps) {
  const ada = await deps.addUser("ada");
  const bob = await deps.addUser("bob");
  const cleo = await deps.addUser("cleo");
  const given = { name: "Lantern", description: "", open: true };
  const { id } = await createGuild(deps, ada, given);
  await joinGuild(deps, id, bob);
  const channel = guildChannel(id);
  return { ada, bob, cleo, channel, room: parseChannel(channel)! };
}

Deno.test("in slow mode one of many sends at once gets through, from however many isolates", async () => {
  await using deps = await openDeps();
  await using other = await deps.fork();
  const { ada, bob, channel, room } = await world(deps);
  await changeRoomSettings(deps, channel, ada, { slowSeconds: 10 });
  const burst = async (author: User, clientId?: string) => {
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        sendMessage(n % 2 ? deps : other, {
          channel,
          author,
          content: `${n}`,
          clientId,
        })),
    );
    for (const one of results) {
      if (one.status === "fulfilled") continue;
      assertEquals((one.reason as NexoraError).code, "rate_limited");
    }
    return results.filter((one) => one.status === "fulfilled").length;
  };
  assertEquals(await burst(bob), 1);
  assertEquals(
    (await getOwnRights(deps, room, bob)).nextAt,
    deps.now() + 10 * SECOND,
  );
  assertEquals((await getOwnRights(deps, room, bob)).wait, 10 * SECOND);
  assertEquals((await getOwnRights(deps, room, ada)).wait, 0);
  assertEquals(await burst(bob), 0);
  deps.clock.advance(10 * SECOND);
  assertEquals(await burst(bob), 1);
  assertEquals(await burst(ada), 20, "officers are free of it");
  deps.clock.advance(10 * SECOND);
  // The same message again is the same message, not one too soon.
  assertEquals(await burst(bob, "c1"), 20);
  const sent = (await deps.events(channel)).filter((e) =>
    e.event === "message:new"
  );
  assertEquals(sent.length, 1 + 1 + 20 + 1);
});

Deno.test("who is muted may not write until the end of it, and is told", async () => {
  await using deps = await openDeps();
  const { ada, bob, cleo, channel, room } = await world(deps);
  const until = deps.now() + MINUTE;
  const request = { until, reason: "Calm down" };
  await muteMember(deps, room, ada, bob.id, request);
  assertEquals(
    await codeOf(() => enterRoom(deps, bob, "write", channel)),
    "forbidden",
  );
  await enterRoom(deps, bob, "see", channel);
  assertEquals((await getOwnRights(deps, room, bob)).mute?.reason, "Calm down");
  assertEquals((await listMutes(deps, channel)).map((m) => m.userId), ["bob"]);
  assertEquals(
    (await deps.events(userChannel("bob"))).at(-1)?.event,
    "room:muted",
  );
  deps.clock.advance(MINUTE);
  await enterRoom(deps, bob, "write", channel);
  assertEquals(await listMutes(deps, channel), []);
  await muteMember(deps, room, ada, bob.id, { until: null, reason: "" });
  await unmuteMember(deps, channel, ada, bob.id);
  await enterRoom(deps, bob, "write", channel);
  const mute = (who: User, at: number | null = null) => () =>
    muteMember(deps, room, ada, who.id, { until: at, reason: "" });
  assertEquals(await codeOf(mute(ada)), "forbidden");
  assertEquals(await codeOf(mute(cleo)), "not_found");
  assertEquals(await codeOf(mute(bob, deps.now())), "bad_request");
  const { entries } = await listAudit(deps, channel);
  assertEquals(entries.map((e) => e.action), [
    "member_unmuted",
    "member_muted",
    "member_muted",
  ]);
});

Deno.test("a block closes direct messages both ways", async () => {
  await using deps = await openDeps();
  const { ada, bob } = await world(deps);
  const channel = dmChannel("ada", "bob");
  await blockUser(deps, ada.id, bob.id);
  for (const who of [ada, bob]) {
    assertEquals(
      await codeOf(() => enterRoom(deps, who, "write", channel)),
      "forbidden",
    );
    await enterRoom(deps, who, "see", channel);
  }
  await unblockUser(deps, ada.id, bob.id);
  await enterRoom(deps, bob, "write", channel);
  assertEquals(
    await codeOf(() => blockUser(deps, ada.id, ada.id)),
    "bad_request",
  );
});

Deno.test("a report reaches officers and admins with what stood around it, once a person", async () => {
  await using deps = await openDeps();
  const { ada, bob, channel, room } = await world(deps);
  const ids: string[] = [];
  for (let n = 0; n < 12; n++) {
    const sent = await sendMessage(deps, {
      channel,
      author: ada,
      content: `${n}`,
    });
    ids.push(sent.message.id);
  }
  const request = { reason: "abuse" as const, note: "Look" };
  const [first, second] = await Promise.all([
    reportMessage(deps, room, bob, ids[6]!, request),
    reportMessage(deps, room, bob, ids[6]!, request),
  ]);
  assertEquals(first.id, second.id);
  assertEquals(first.context.map((m) => Number(m.content)), [
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
    11,
  ]);
  assertEquals((await listOpenReports(deps)).length, 1);
  assertEquals(
    await codeOf(() => reportMessage(deps, room, ada, ids[6]!, request)),
    "illegal_transition",
  );
  const answer = { state: "resolved" as const, resolution: "Talked" };
  // It is about a message of Ada's, so Ada does not answer it.
  assertEquals(
    await codeOf(() => answerReport(deps, channel, ada, first.id, answer)),
    "forbidden",
  );
  await answerReport(deps, channel, bob, first.id, answer);
  assertEquals(await listOpenReports(deps), []);
  const { reports } = await listReports(deps, channel, { state: "resolved" });
  assertEquals(reports.map((r) => r.resolution), ["Talked"]);
  assertEquals(
    await codeOf(() => answerReport(deps, channel, bob, first.id, answer)),
    "illegal_transition",
  );
});

Deno.test("officers say what a room is about; everybody is told, and the log has it", async () => {
  await using deps = await openDeps();
  const { ada, channel } = await world(deps);
  const topic = "Ferries go live on Thursday";
  await changeRoomSettings(deps, channel, ada, { topic });
  assertEquals((await getRoomSettings(deps, channel)).topic, topic);
  const told = (await deps.events(channel)).filter((e) =>
    e.event === "room:updated"
  );
  assertEquals(told.map((e) => (e.json as { topic: string }).topic), [topic]);
  await changeRoomSettings(deps, channel, ada, { topic: "", slowSeconds: 5 });
  const { entries } = await listAudit(deps, channel);
  assertEquals(entries.map(({ action, detail }) => [action, detail]), [
    ["settings_changed", { topic: "", slowSeconds: 5 }],
    ["topic_changed", { topic }],
  ]);
  assertEquals(
    SettingsChange.parse({ topic: "  One\n line " }).topic,
    "One line",
  );
  assertEquals(
    SettingsChange.safeParse({ topic: "x".repeat(251) }).success,
    false,
  );
});

Deno.test("settings say who may write; what is set already changes nothing", async () => {
  await using deps = await openDeps();
  const { ada, bob, channel } = await world(deps);
  const change = { permissions: { write: "officer" as const } };
  const after = await changeRoomSettings(deps, channel, ada, change);
  assertEquals([after.revision, after.permissions.pin], [1, "officer"]);
  assertEquals(await changeRoomSettings(deps, channel, ada, change), after);
  assertEquals(
    await codeOf(() => enterRoom(deps, bob, "write", channel)),
    "forbidden",
  );
  await enterRoom(deps, ada, "write", channel);
  const told = (await deps.events(channel)).filter((e) =>
    e.event === "room:updated"
  );
  assertEquals(told.map((e) => e.json), [after as unknown]);
  const { entries } = await listAudit(deps, channel);
  assert(entries.length === 1 && entries[0]!.detail.write === "officer");
});
