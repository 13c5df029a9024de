/** A push on its way: what it says, and what happens when the push service fails. */
import { assert, assertEquals } from "@std/assert";
import { MINUTE } from "../../../lib/clock.ts";
import {
  addSubscription,
  markNotificationSeen,
  NotificationPreferences,
  sendNotification,
  setPreferences,
} from "../../../lib/notifications/mod.ts";
import { listDeadLetters, replayDeadLetter } from "../../../lib/queue/mod.ts";
import { PushService } from "../../support/push_service.ts";
import { accepted, here, openDelivery, told } from "./delivery_support.ts";

Deno.test("a push message reaches the browser encrypted, signed and with its deep link", async () => {
  await using service = new PushService();
  await using world = await openDelivery({ push: service.fetch });
  await world.addUser("ada", { locale: "de" });
  await addSubscription(world, "ada", service.subscription(), here);
  const { notification } = await sendNotification(world, {
    userId: "ada",
    ...accepted(),
  });
  await world.run();
  const [message] = service.pushed;
  assertEquals(service.pushed.length, 1);
  assertEquals(message!.data, {
    id: notification!.id,
    title: "🤝 Lantern übernimmt deinen Auftrag",
    body: "Icons 1 <b>&</b>",
    link: "/bounties/b1",
    tag: notification!.id,
    actions: [],
    unread: 1,
  });
  const { headers } = message!;
  assertEquals(headers.get("content-encoding"), "aes128gcm");
  assertEquals(headers.get("topic"), notification!.id);
  assertEquals(headers.get("urgency"), "normal");
  const { publicKey } = await world.delivery.vapid();
  const [, token, key] = /^vapid t=([^,]+),\s*k=(.+)$/.exec(
    headers.get("authorization")!,
  )!;
  assertEquals(key, publicKey);
  const claims = JSON.parse(atob(token!.split(".")[1]!));
  assertEquals(claims.aud, service.origin);
  assertEquals(claims.sub, "mailto:no-reply@nexora.example");
  assertEquals(await told(world, notification!.id), ["1 delivered"]);
});

Deno.test("keys are made once and kept", async () => {
  await using world = await openDelivery();
  const { vapidOf } = await import(
    "../../../lib/notifications/delivery/vapid.ts"
  );
  const made = await Promise.all(
    Array.from({ length: 8 }, () => vapidOf(world.kv, undefined, "a@b.c")()),
  );
  assertEquals(new Set(made.map((keys) => keys.privateKey)).size, 1);
  const own = { publicKey: "p", privateKey: "q", subject: "mailto:x@y.z" };
  assertEquals(await vapidOf(world.kv, own, "a@b.c")(), own);
});

Deno.test("a push service in trouble is tried again, and who was reached gets no second message", async () => {
  await using service = new PushService();
  await using world = await openDelivery({ push: service.fetch });
  await world.addUser("ada");
  await addSubscription(world, "ada", service.subscription("a"), here);
  await addSubscription(world, "ada", service.subscription("b"), here);
  service.answers.set("/push/b", [503, 429]);
  const { notification } = await sendNotification(world, {
    userId: "ada",
    ...accepted(),
  });
  for (let i = 0; i < 3; i++) {
    await world.run();
    world.clock.advance(MINUTE);
  }
  assertEquals(service.pushed.map((p) => p.path), ["/push/a", "/push/b"]);
  assertEquals(
    (await told(world, notification!.id)).toSorted(),
    ["1 delivered", "1 failed", "2 failed", "3 delivered"],
  );
});

Deno.test("what failed to the end is a dead letter that can be replayed", async () => {
  await using service = new PushService();
  await using world = await openDelivery({ push: service.fetch });
  await world.addUser("ada");
  await addSubscription(world, "ada", service.subscription("a"), here);
  service.answers.set("/push/a", Array(8).fill(500));
  await sendNotification(world, { userId: "ada", ...accepted() });
  for (let i = 0; i < 8; i++) {
    await world.run();
    world.clock.advance(10 * MINUTE);
  }
  const dead = (await listDeadLetters(world)).items.filter((d) =>
    d.kind === "notification-push"
  );
  assertEquals(dead.length, 1);
  assert(dead[0]!.lastError!.includes("answered 500"));
  await replayDeadLetter(world, dead[0]!.id);
  await world.run();
  assertEquals(service.pushed.length, 1);
});

Deno.test("what was seen first is not pushed, and the log says so", async () => {
  await using service = new PushService();
  await using world = await openDelivery({ push: service.fetch });
  await world.addUser("ada");
  await addSubscription(world, "ada", service.subscription(), here);
  await world.queue.stop();
  const { notification } = await sendNotification(world, {
    userId: "ada",
    ...accepted(),
  });
  await markNotificationSeen(world, "ada", notification!.id);
  const { pushOne } = await import(
    "../../../lib/notifications/delivery/push_job.ts"
  );
  await pushOne(world.delivery, { userId: "ada", id: notification!.id }, {
    attempt: 1,
    enqueuedAt: world.now(),
  });
  assertEquals(service.pushed, []);
  assertEquals(await told(world, notification!.id), ["1 skipped"]);
});

Deno.test("each direct message is worth a push, under one tag; people who join are one", async () => {
  await using service = new PushService();
  await using world = await openDelivery({ push: service.fetch });
  await world.addUser("ada");
  await addSubscription(world, "ada", service.subscription(), here);
  await setPreferences(
    world,
    "ada",
    NotificationPreferences.parse({
      types: { guild_member_joined: { push: true } },
    }),
  );
  for (let n = 1; n <= 3; n++) {
    world.clock.advance(MINUTE);
    await sendNotification(world, {
      userId: "ada",
      type: "direct_message",
      data: {
        channel: "dm-ada-bob",
        messageId: `m${n}`,
        authorId: "bob",
        authorHandle: "bob",
        authorName: "Bob",
        excerpt: `Hello ${n}`,
      },
    });
    await sendNotification(world, {
      userId: "ada",
      type: "guild_member_joined",
      data: {
        guildId: "g",
        guildName: "Lantern",
        userId: `u${n}`,
        userHandle: `u${n}`,
        userName: `U ${n}`,
      },
    });
    await world.run();
  }
  const messages = service.pushed.filter((p) => p.data.link !== "/guilds/g");
  assertEquals(messages.map((p) => [p.data.title, p.data.body]), [
    ["✉️ Bob wrote to you", "Hello 1"],
    ["✉️ 2 messages from Bob", "Hello 2"],
    ["✉️ 3 messages from Bob", "Hello 3"],
  ]);
  assertEquals(new Set(messages.map((p) => p.data.tag)).size, 1);
  assertEquals(service.pushed.length - messages.length, 1);
});
