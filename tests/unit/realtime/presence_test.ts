import { assertEquals } from "@std/assert";
import { LEAVE_GRACE, Presence } from "../../../lib/realtime/presence.ts";
import { HEARTBEAT, Nodes } from "../../../lib/realtime/nodes.ts";
import { FakeTime } from "@std/testing/time";
import { waitFor } from "../../support/wait.ts";
import { openIsolate } from "./log_support.ts";

const CHANNEL = "presence-room";
const ann = { user_id: "ann", user_info: { name: "Ann" } };

async function open(kv: Deno.Kv, now: () => number) {
  const isolate = await openIsolate(kv, { now });
  const nodes: Nodes = new Nodes({
    kv,
    now,
    sweep: (id) => presence.sweep(id),
  });
  const presence = new Presence({
    kv,
    log: isolate.log,
    nodeId: () => nodes.id,
    maxMembers: 100,
  });
  return { ...isolate, nodes, presence };
}

async function told(log: Awaited<ReturnType<typeof openIsolate>>["log"]) {
  return (await log.latest(CHANNEL, 1_000)).map(({ event, data }) =>
    `${event.split(":")[1]} ${JSON.parse(data).user_id}`
  );
}

Deno.test("a member is told of at the first connection and gone after the last, over isolates", async () => {
  using kv = await Deno.openKv(":memory:");
  const one = await open(kv, Date.now);
  const two = await open(kv, Date.now);
  const time = new FakeTime();
  await one.presence.join(CHANNEL, ann, "1.1");
  await two.presence.join(CHANNEL, ann, "2.2");
  await two.presence.join(CHANNEL, { user_id: "bob" }, "2.3");
  assertEquals(await told(one.log), ["member_added ann", "member_added bob"]);
  assertEquals(await one.presence.members(CHANNEL), [ann, {
    user_id: "bob",
    user_info: null,
  }]);

  await one.presence.leave(CHANNEL, "ann", "1.1");
  await time.tickAsync(LEAVE_GRACE + 10);
  assertEquals((await two.presence.members(CHANNEL)).length, 2);

  await two.presence.leave(CHANNEL, "ann", "2.2");
  await time.tickAsync(LEAVE_GRACE + 10);
  time.restore();
  await waitFor(
    async () => (await two.presence.members(CHANNEL)).length === 1,
    { what: "ann to leave" },
  );
  assertEquals(await told(one.log), [
    "member_added ann",
    "member_added bob",
    "member_removed ann",
  ]);
  await one.log.close();
  await two.log.close();
});

Deno.test("whoever comes back at once has not left", async () => {
  using kv = await Deno.openKv(":memory:");
  const one = await open(kv, Date.now);
  const two = await open(kv, Date.now);
  using time = new FakeTime();
  await one.presence.join(CHANNEL, ann, "1.1");
  await one.presence.leave(CHANNEL, "ann", "1.1");
  await time.tickAsync(LEAVE_GRACE - 100);
  await two.presence.join(CHANNEL, ann, "2.2");
  await time.tickAsync(LEAVE_GRACE * 2);
  assertEquals(await told(one.log), ["member_added ann"]);
  await one.log.close();
  await two.log.close();
});

Deno.test("a dead isolate's members leave when it has been silent, and nobody else does", async () => {
  using kv = await Deno.openKv(":memory:");
  let now = 1_800_000_000_000;
  const alive = await open(kv, () => now);
  const dead = await open(kv, () => now);
  await alive.nodes.beat();
  await dead.nodes.beat();
  await alive.presence.join(CHANNEL, ann, "1.1");
  await dead.presence.join(CHANNEL, ann, "2.1");
  await dead.presence.join(CHANNEL, { user_id: "bob" }, "2.2");
  const pass = async (beats: number) => {
    for (let i = 0; i < beats; i++) {
      now += HEARTBEAT;
      await alive.nodes.beat();
    }
  };
  await pass(2);
  assertEquals((await alive.presence.members(CHANNEL)).length, 2);
  await pass(2);
  assertEquals(await alive.presence.members(CHANNEL), [ann]);
  assertEquals(await told(alive.log), [
    "member_added ann",
    "member_added bob",
    "member_removed bob",
  ]);
  await alive.log.close();
  await dead.log.close();
});

Deno.test("a hundred members fill a channel; one of them may still open another tab", async () => {
  using kv = await Deno.openKv(":memory:");
  const { presence, log } = await open(kv, Date.now);
  for (let i = 0; i < 100; i++) {
    await presence.join(CHANNEL, { user_id: `u${i}` }, `1.${i}`);
  }
  const refused = await presence.join(CHANNEL, ann, "9.9").catch((error) =>
    error.code
  );
  assertEquals(refused, "too_large");
  await presence.join(CHANNEL, { user_id: "u7" }, "9.8");
  assertEquals((await presence.members(CHANNEL)).length, 100);
  await log.close();
});
