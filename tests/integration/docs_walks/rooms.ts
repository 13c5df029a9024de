/** What is done in rooms. */
import { joinGuild, setRole } from "../../../lib/guilds/mod.ts";
import {
  cancelScheduled,
  changeRoomSettings,
  chooseForRoom,
  editMessage,
  editScheduled,
  followThread,
  markRead,
  markThreadRead,
  muteMember,
  pinMessage,
  react,
  removeMessage,
  saveDraft,
  scheduleMessage,
  sendMessage,
  tellOfMute,
  tellTyping,
  unmuteMember,
} from "../../../lib/messages/mod.ts";
import {
  dmChannel,
  guildChannel,
  parseChannel,
} from "../../../lib/realtime/mod.ts";
import { DAY, MINUTE } from "../../../lib/clock.ts";
import { type TestDeps } from "../../support/open_deps.ts";
import { dm, type Walks, type World } from "./world.ts";

/** What Ada has said to Bob. */
async function said(deps: TestDeps, ada: World["ada"]) {
  const channel = dmChannel("ada", "bob");
  const sent = await sendMessage(deps, { channel, author: ada, content: "Hi" });
  return sent.message;
}

/** What Ada has said to Bob, with an answer of his in its thread. */
async function answered(deps: TestDeps, { ada, bob }: World) {
  const { channel, id } = await said(deps, ada);
  const reply = { channel, author: bob, content: "Hm", parentId: id };
  await sendMessage(deps, reply);
  return { channel, id };
}

/** A message of Ada's to Bob that waits. */
function scheduled(deps: TestDeps, author: World["ada"]) {
  const sendAt = deps.now() + DAY;
  return scheduleMessage(deps, {
    channel: dm.name,
    author,
    content: "Soon",
    sendAt,
  });
}

/** Bob owns the guild now, and Ada may not write in it. */
async function mutedAda(deps: TestDeps, { ada, bob, guild }: World) {
  await setRole(deps, ada, guild.id, bob.id, "owner");
  await setRole(deps, bob, guild.id, ada.id, "member");
  const room = parseChannel(guildChannel(guild.id))!;
  const request = { until: null, reason: "" };
  await muteMember(deps, room, bob, ada.id, request);
  return room;
}

export const rooms: Walks = {
  async sendMessage(deps, { ada, bob }) {
    const channel = dmChannel("ada", "bob");
    await sendMessage(deps, { channel, author: ada, content: "Hello" });
    await sendMessage(deps, { channel, author: bob, content: "Hello" });
  },
  async "sendMessage with names"(deps, { ada, bob }) {
    const channel = dmChannel("ada", "bob");
    const content = "Hello @bob";
    await sendMessage(deps, { channel, author: ada, content });
    return [bob.id];
  },
  async editMessage(deps, { ada }) {
    const { channel, id } = await said(deps, ada);
    await editMessage(deps, { channel, id, author: ada, content: "Hm" });
  },
  async removeMessage(deps, { ada }) {
    const { channel, id } = await said(deps, ada);
    await removeMessage(deps, { channel, id, by: ada });
  },
  async react(deps, { ada, bob }) {
    const { channel, id } = await said(deps, ada);
    await react(deps, { channel, id, user: bob, emoji: "👍", on: true });
  },
  async pinMessage(deps, { ada, bob }) {
    const { channel, id } = await said(deps, ada);
    await pinMessage(deps, { channel, id, user: bob, pinned: true });
  },
  async "sendMessage unread"(deps, { ada, bob }) {
    await said(deps, ada);
    deps.clock.advance(MINUTE);
    deps.queue.ring();
    return [bob.id];
  },
  async chooseForRoom(deps, { ada }) {
    await chooseForRoom(deps, dm, ada.id, { starred: true });
  },
  async tellOfMute(deps, { ada }) {
    await tellOfMute(deps, ada.id, { kind: "person", id: "bob" });
  },
  async "sendMessage watched"(deps, { ada, bob, guild }) {
    const channel = guildChannel(guild.id);
    const level = "all" as const;
    await chooseForRoom(deps, parseChannel(channel)!, bob.id, { level });
    await sendMessage(deps, { channel, author: ada, content: "Hi" });
    deps.clock.advance(MINUTE);
    deps.queue.ring();
    return [bob.id];
  },
  async markRead(deps, { ada, bob }) {
    await sendMessage(deps, {
      channel: dmChannel("ada", "bob"),
      author: bob,
      content: "Hi",
    });
    await markRead(deps, dm, ada, { kind: "all" });
  },
  async "markRead in direct messages"(deps, { ada, bob }) {
    await said(deps, ada);
    await markRead(deps, dm, bob, { kind: "all" });
  },
  // The thread is Ada's, so that it is told on her channel as the table has it.
  async "sendMessage in a thread"(deps, world) {
    await answered(deps, world);
  },
  async markThreadRead(deps, world) {
    const { channel, id } = await answered(deps, world);
    await markThreadRead(deps, channel, id, "ada");
  },
  async followThread(deps, world) {
    const { channel, id } = await said(deps, world.ada);
    await followThread(deps, channel, id, "ada", true);
  },
  async saveDraft(deps) {
    const channel = dmChannel("ada", "bob");
    const draft = { channel, parentId: null, content: "We", at: deps.now() };
    await saveDraft(deps, "ada", draft);
  },
  async scheduleMessage(deps, { ada }) {
    await scheduled(deps, ada);
  },
  async editScheduled(deps, { ada }) {
    const { id } = await scheduled(deps, ada);
    await editScheduled(deps, "ada", dm.name, id, { content: "Later" });
  },
  async cancelScheduled(deps, { ada }) {
    await scheduled(deps, ada);
    const { id } = await scheduled(deps, ada);
    await cancelScheduled(deps, "ada", dm.name, id);
  },
  async changeRoomSettings(deps, { ada, guild }) {
    const channel = guildChannel(guild.id);
    await changeRoomSettings(deps, channel, ada, { slowSeconds: 10 });
  },
  // Muted by Bob, so that it is told on Ada's channel as the table has it.
  async muteMember(deps, world) {
    await mutedAda(deps, world);
  },
  async unmuteMember(deps, world) {
    const room = await mutedAda(deps, world);
    await joinGuild(deps, world.guild.id, world.carl);
    const request = { until: null, reason: "" };
    await muteMember(deps, room, world.bob, "carl", request);
    await unmuteMember(deps, room.name, world.bob, "ada");
  },
  // Volatile events pass through the log like all others.
  async tellTyping(deps, { ada }) {
    await tellTyping(deps, dmChannel("ada", "bob"), ada);
  },
};
