/** When a push waits, is withheld, or is one of many. */
import { assertEquals } from "@std/assert";
import { MINUTE } from "../../../lib/clock.ts";
import {
  addSubscription,
  markNotificationSeen,
  NotificationPreferences,
  sendNotification,
  setPreferences,
} from "../../../lib/notifications/mod.ts";
import { setStatus } from "../../../lib/status/mod.ts";
import { PushService } from "../../support/push_service.ts";
import { accepted, here, openDelivery, told } from "./delivery_support.ts";

Deno.test("who does not want to be disturbed gets no push, but for what is critical", async () => {
  await using service = new PushService();
  await using world = await openDelivery({ push: service.fetch });
  await world.addUser("ada");
  await addSubscription(world, "ada", service.subscription(), here);
  await setStatus(world, "ada", {
    state: "dnd",
    text: "",
    emoji: "",
    until: null,
  });
  await sendNotification(world, { userId: "ada", ...accepted() });
  await sendNotification(world, {
    userId: "ada",
    type: "dispute_raised",
    data: {
      disputeId: "d",
      bountyId: "b",
      bountyTitle: "Icons",
      raisedBy: "Bob",
    },
  });
  await world.run();
  assertEquals(service.pushed.map((p) => p.data.link), ["/disputes/d"]);
});

const vote = {
  type: "tribunal_vote_needed" as const,
  data: { disputeId: "d", bountyTitle: "Icons", deadline: 2e12 },
};

Deno.test("what came in quiet hours is one push when they end, without what was seen; critical ones do not wait", async () => {
  await using service = new PushService();
  await using world = await openDelivery({ push: service.fetch });
  await world.addUser("ada", { timeZone: "Europe/Berlin" });
  await addSubscription(world, "ada", service.subscription(), here);
  await setPreferences(
    world,
    "ada",
    NotificationPreferences.parse({
      quietHours: { from: "22:00", to: "07:00", days: [0, 1, 2, 3, 4, 5, 6] },
    }),
  );
  world.clock.set("2026-08-15T21:00:00Z");
  const ids: string[] = [];
  for (let n = 0; n < 4; n++) {
    const sent = await sendNotification(world, {
      userId: "ada",
      ...accepted(n),
    });
    ids.push(sent.notification!.id);
  }
  await sendNotification(world, { userId: "ada", ...vote });
  await world.run();
  assertEquals(service.pushed.map((p) => p.data.link), ["/disputes/d"]);
  await markNotificationSeen(world, "ada", ids[0]!);
  world.clock.set("2026-08-16T05:00:00Z");
  await world.run();
  assertEquals(service.pushed.length, 2);
  const { data } = service.pushed[1]!;
  assertEquals([data.title, data.link, data.id], [
    "3 notifications",
    "/notifications",
    null,
  ]);
  assertEquals(await told(world, ids[0]!), ["1 skipped"]);
  assertEquals(await told(world, ids[1]!), ["1 delivered"]);
  // The next night begins with nothing of this one; a single one comes as itself.
  world.clock.set("2026-08-16T21:00:00Z");
  await sendNotification(world, { userId: "ada", ...accepted(9) });
  world.clock.set("2026-08-17T05:00:00Z");
  await world.run();
  assertEquals(service.pushed.map((p) => p.data.link).slice(2), [
    "/bounties/b9",
  ]);
});

Deno.test("beyond the limit of an hour nothing is pushed; the next hour begins anew", async () => {
  await using service = new PushService();
  await using world = await openDelivery({ push: service.fetch });
  await world.addUser("ada");
  await addSubscription(world, "ada", service.subscription(), here);
  await setPreferences(
    world,
    "ada",
    NotificationPreferences.parse({ limits: { pushesPerHour: 3 } }),
  );
  const send = async (times: number) => {
    for (let n = 0; n < times; n++) {
      world.clock.advance(MINUTE);
      await sendNotification(world, { userId: "ada", ...accepted(n) });
      await world.run();
    }
  };
  await send(5);
  assertEquals(service.pushed.length, 3);
  world.clock.advance(60 * MINUTE);
  await send(2);
  assertEquals(service.pushed.length, 5);
});
