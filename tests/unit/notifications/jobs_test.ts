import { assertEquals } from "@std/assert";
import {
  getNotifications,
  notifyJob,
  registerNotificationJobs,
} from "../../../lib/notifications/mod.ts";
import { openDeps } from "../../support/open_deps.ts";

Deno.test("a notify job tells everybody once, though it runs twice and somebody is gone", async () => {
  await using deps = await openDeps();
  const [ada, bob] = [await deps.addUser("ada"), await deps.addUser("bob")];
  registerNotificationJobs(deps.queue, deps);
  deps.queue.start();
  const job = notifyJob({
    userIds: ["ada", "gone", "bob"],
    type: "guild_promoted",
    data: { guildId: "g", guildName: "Lantern", role: "officer" },
    key: "promotion:1",
  });
  await deps.queue.enqueue(job);
  await deps.queue.enqueue(job);
  await deps.queue.drain(5_000);
  for (const owner of [ada, bob]) {
    const { notifications, unread } = await getNotifications(deps, owner);
    assertEquals(notifications.map((n) => n.title), [
      "You are an officer of Lantern",
    ]);
    assertEquals(unread, 1);
  }
});
