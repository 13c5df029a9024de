import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  declineCall,
  getCall,
  getCallOf,
  joinCall,
  leaveCall,
  lookAtCall,
  registerCallJobs,
  sendSignal,
  startCall,
} from "../../../lib/calls/mod.ts";
import { iceServers, MAX_PEOPLE } from "../../../lib/calls/mod.ts";
import { LOST_AFTER, RINGS_FOR } from "../../../lib/calls/limits.ts";
import { NexoraError } from "../../../lib/errors.ts";
import { createGuild, joinGuild } from "../../../lib/guilds/mod.ts";
import { listMessages } from "../../../lib/messages/mod.ts";
import {
  callChannel,
  dmChannel,
  guildChannel,
  parseChannel,
  userChannel,
} from "../../../lib/realtime/mod.ts";
import { openDeps, type TestDeps } from "../../support/open_deps.ts";
import { codeOf } from "../../support/refusal.ts";

/** Nobody is on a call's channel, or whoever is named. */
const there = (...ids: string[]) => ({
  presence: {
    isMember: (_: string, id: string) => Promise.resolve(ids.includes(id)),
  },
});

async function between(deps: TestDeps) {
  const ada = await deps.addUser("ada");
  const bob = await deps.addUser("bob");
  return { ada, bob, room: parseChannel(dmChannel("ada", "bob"))! };
}

const told = async (deps: TestDeps, channel: string) =>
  (await deps.events(channel)).map((e) => e.event).filter((name) =>
    name.startsWith("call:")
  );

Deno.test("a call rings at the other, goes on when they come, and ends between two with either", async () => {
  await using deps = await openDeps();
  const { ada, bob, room } = await between(deps);
  const { call, started } = await startCall(deps, room, ada, { video: true });
  assertEquals([started, call.state], [true, "ringing"]);
  await joinCall(deps, call.id, ada, "tab-of-ada");
  assertEquals(await told(deps, userChannel("bob")), ["call:ringing"]);
  const on = await joinCall(deps, call.id, bob, "tab-of-bob");
  assertEquals([on.state, Object.keys(on.people)], ["active", ["ada", "bob"]]);
  // Bob's other devices stop ringing.
  assertEquals(await told(deps, userChannel("bob")), [
    "call:ringing",
    "call:answered",
  ]);
  const over = await leaveCall(deps, call.id, "ada", "tab-of-ada");
  assertEquals([over.state, over.outcome], ["ended", "ended"]);
  assertEquals(await getCallOf(deps.kv, room.name), null);
  assertEquals(await told(deps, room.name), [
    "call:started",
    "call:updated",
    "call:updated",
    "call:ended",
  ]);
  assertEquals(
    await codeOf(() => joinCall(deps, call.id, bob, "tab-of-bob")),
    "illegal_transition",
  );
});

Deno.test("two who call each other at once, from two isolates, meet in one call", async () => {
  await using deps = await openDeps();
  await using other = await deps.fork();
  const { ada, bob, room } = await between(deps);
  const [one, two] = await Promise.all([
    startCall(deps, room, ada, { video: false }),
    startCall(other, room, bob, { video: false }),
  ]);
  assertEquals(one.call.id, two.call.id);
  assertEquals([one.started, two.started].filter(Boolean).length, 1);
});

Deno.test("a second tab takes a person over; the first one leaving changes nothing", async () => {
  await using deps = await openDeps();
  const { ada, room } = await between(deps);
  const { call } = await startCall(deps, room, ada, { video: false });
  await joinCall(deps, call.id, ada, "first-tab");
  await joinCall(deps, call.id, ada, "second-tab");
  await leaveCall(deps, call.id, "ada", "first-tab");
  const still = (await getCall(deps.kv, call.id))!;
  assertEquals(still.people.ada?.peer, "second-tab");
  const signal = { to: null, signal: { type: "hello" as const } };
  assertEquals(
    await codeOf(() =>
      sendSignal(deps, call.id, "ada", { peer: "first-tab", ...signal })
    ),
    "forbidden",
  );
  await sendSignal(deps, call.id, "ada", { peer: "second-tab", ...signal });
  assertEquals(
    (await deps.events(callChannel(call.id))).map((e) => e.json),
    [{ from: { userId: "ada", peer: "second-tab" }, ...signal }],
  );
});

Deno.test("declining ends a call between two, and only silences it in a guild", async () => {
  await using deps = await openDeps();
  const { ada, bob, room } = await between(deps);
  const first = await startCall(deps, room, ada, { video: false });
  assertEquals(
    (await declineCall(deps, first.call.id, "bob")).outcome,
    "declined",
  );
  const guild = await createGuild(deps, ada, {
    name: "Lantern",
    description: "",
    open: true,
  });
  await joinGuild(deps, guild.id, bob);
  const hall = parseChannel(guildChannel(guild.id))!;
  const { call } = await startCall(deps, hall, ada, { video: false });
  assertEquals((await declineCall(deps, call.id, "bob")).state, "ringing");
  assertEquals((await told(deps, userChannel("bob"))).at(-1), "call:answered");
});

Deno.test("a call that nobody answers is missed, and said so in the conversation once", async () => {
  await using deps = await openDeps();
  const { ada, room } = await between(deps);
  registerCallJobs(deps.queue, { ...deps, realtime: there("ada") });
  const { call } = await startCall(deps, room, ada, { video: true });
  await joinCall(deps, call.id, ada, "tab-of-ada");
  deps.clock.advance(RINGS_FOR);
  deps.queue.start();
  await deps.queue.drain(5_000);
  assertEquals((await getCall(deps.kv, call.id))?.outcome, "missed");
  const { messages } = await listMessages(deps, { channel: room.name });
  assertEquals(messages.map((m) => [m.authorId, m.content]), [
    ["ada", "📹 Missed video call"],
  ]);
});

Deno.test("whoever is cut off from a call's channel is taken out after a while, not before", async () => {
  await using deps = await openDeps();
  const { ada, bob, room } = await between(deps);
  const { call } = await startCall(deps, room, ada, { video: false });
  await joinCall(deps, call.id, ada, "tab-of-ada");
  await joinCall(deps, call.id, bob, "tab-of-bob");
  const look = () => lookAtCall({ ...deps, realtime: there("ada") }, call.id);
  assertEquals((await look()).state, "active");
  deps.clock.advance(LOST_AFTER);
  assertEquals((await look()).state, "ended");
});

Deno.test("no more come than a call holds, however many come at once; and the call's channel is for its room alone", async () => {
  await using deps = await openDeps();
  await using other = await deps.fork();
  const owner = await deps.addUser("owner");
  const guild = await createGuild(deps, owner, {
    name: "Lantern",
    description: "",
    open: true,
  });
  const hall = parseChannel(guildChannel(guild.id))!;
  const people = await Promise.all(
    Array.from({ length: MAX_PEOPLE + 3 }, (_, i) => deps.addUser(`p-${i}`)),
  );
  const { call } = await startCall(deps, hall, owner, { video: false });
  const results = await Promise.allSettled(
    people.map((one, i) =>
      joinCall(i % 2 ? deps : other, call.id, one, `tab-of-${one.id}`)
    ),
  );
  const failures = results.filter((r) => r.status === "rejected");
  assertEquals(failures.length, 3);
  for (const { reason } of failures) {
    assertEquals((reason as NexoraError).code, "call_full");
  }
  const channel = parseChannel(callChannel(call.id))!;
  const may = (id: string) =>
    deps.policy.may({ id, role: "member" }, "see", channel);
  assertEquals([await may("owner"), await may("p_0")], [true, false]);
});

Deno.test("whatever people do, a call's people are those who came and did not go, and it ends with the last", async () => {
  const act = fc.record({
    who: fc.constantFrom("ada", "bob"),
    tab: fc.constantFrom("tab-one-", "tab-two-"),
    what: fc.constantFrom("join", "leave"),
    at: fc.constantFrom(0, 1),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
      await using deps = await openDeps();
      await using other = await deps.fork();
      const owner = await deps.addUser("owner");
      const users = {
        ada: await deps.addUser("ada"),
        bob: await deps.addUser("bob"),
      };
      const guild = await createGuild(deps, owner, {
        name: "Lantern",
        description: "",
        open: true,
      });
      const hall = parseChannel(guildChannel(guild.id))!;
      const { call } = await startCall(deps, hall, owner, { video: false });
      const model = new Map<string, string>();
      let over = false;
      for (const { who, tab, what, at } of acts) {
        const isolate = [deps, other][at]!;
        const peer = tab + who;
        if (what === "join") {
          const joining = joinCall(isolate, call.id, users[who as "ada"], peer);
          if (over) {
            assertEquals(await codeOf(() => joining), "illegal_transition");
          } else {
            await joining;
            model.set(who, peer);
          }
        } else {
          await leaveCall(isolate, call.id, who, peer);
          if (model.get(who) === peer) {
            model.delete(who);
            over = model.size === 0;
          }
        }
        const now = (await getCall(deps.kv, call.id))!;
        assertEquals(
          Object.entries(now.people).map(([id, p]) => [id, p.peer]).sort(),
          [...model].sort(),
        );
        assertEquals(now.state === "ended", over);
      }
    }),
    { numRuns: 25 },
  );
});

Deno.test("TURN credentials are the user's own and end by themselves", () => {
  const config = {
    stun: ["stun:stun.example:3478"],
    turn: ["turn:turn.example:3478"],
    turnSecret: "north",
  };
  const [stun, turn] = iceServers(config, "ada", 1_000_000_000_000);
  assertEquals(stun, { urls: ["stun:stun.example:3478"] });
  assertEquals(turn?.username, "1000043200:ada");
  // echo -n 1000043200:ada | openssl dgst -sha1 -hmac north -binary | base64
  assertEquals(turn?.credential, "QOfyCKI2ttjhtZ4AHQsQTLuJZtY=");
  assertEquals(iceServers({ stun: [], turn: [] }, "ada", 0), []);
});
