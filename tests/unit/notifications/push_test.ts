import { assert, assertEquals, assertRejects } from "@std/assert";
import { NexoraError } from "../../../lib/errors.ts";
import { MINUTE } from "../../../lib/clock.ts";
import { keys } from "../../../lib/kv/mod.ts";
import {
  addSubscription,
  listSubscriptions,
  markNotificationSeen,
  NotificationPreferences,
  removeSubscription,
  sendNotification,
  setPreferences,
} from "../../../lib/notifications/mod.ts";
import { getDeliveryLog } from "../../../lib/notifications/delivery/log.ts";
import { listDeadLetters, replayDeadLetter } from "../../../lib/queue/mod.ts";
import { setStatus } from "../../../lib/status/mod.ts";
import { PushService } from "../../support/push_service.ts";
import {
  accepted,
  type DeliveryWorld,
  openDelivery,
} from "./delivery_support.ts";

const here = { userAgent: "Test", production: true };

async function told(world: DeliveryWorld, id: string) {
  const log = await getDeliveryLog(world.kv, "ada", id);
  return log!.attempts.filter((a) => a.channel === "push").map((a) =>
    `${a.attempt} ${a.outcome}`
  );
}

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

Deno.test("a browser that ended its subscription is forgotten, the others are told", async () => {
  await using service = new PushService();
  await using world = await openDelivery({ push: service.fetch });
  await world.addUser("ada");
  await addSubscription(world, "ada", service.subscription("a"), here);
  await addSubscription(world, "ada", service.subscription("b"), here);
  await addSubscription(world, "ada", service.subscription("c"), here);
  service.answers.set("/push/a", [404]);
  service.answers.set("/push/b", [410]);
  await sendNotification(world, { userId: "ada", ...accepted() });
  await world.run();
  assertEquals(service.pushed.map((p) => p.path), ["/push/c"]);
  const left = await listSubscriptions(world.kv, "ada");
  assertEquals(left.map((s) => new URL(s.endpoint).pathname), ["/push/c"]);
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

Deno.test("a browser belongs to the last who signed in on it, and nobody has too many", async () => {
  await using service = new PushService();
  await using world = await openDelivery({ push: service.fetch });
  await world.addUser("ada");
  await world.addUser("bob");
  const { hash } = await addSubscription(
    world,
    "ada",
    service.subscription(),
    here,
  );
  await addSubscription(world, "bob", service.subscription(), here);
  assertEquals(await listSubscriptions(world.kv, "ada"), []);
  assertEquals((await listSubscriptions(world.kv, "bob")).length, 1);
  assertEquals(await removeSubscription(world, "ada", hash), false);
  for (let i = 0; i < 25; i++) {
    world.clock.advance(1);
    await addSubscription(world, "ada", service.subscription(`${i}`), here);
  }
  const left = await listSubscriptions(world.kv, "ada");
  assertEquals(left.length, 20);
  assert(left.every((s) => Number(s.endpoint.split("/").at(-1)) >= 5));
  await addSubscription(world, "ada", service.subscription("new"), {
    ...here,
    replaces: service.subscription("24").endpoint,
  });
  const names = (await listSubscriptions(world.kv, "ada")).map((s) =>
    s.endpoint.split("/").at(-1)
  );
  assert(names.includes("new") && !names.includes("24"));
});

Deno.test("an endpoint that leads into our own network is refused, in words and when it is called", async () => {
  await using service = new PushService();
  await using world = await openDelivery({ push: service.fetch });
  await world.addUser("ada");
  const keys = service.subscription().keys;
  for (
    const endpoint of [
      "http://push.example.com/x",
      "https://127.0.0.1/x",
      "https://10.1.2.3/x",
      "https://[::1]/x",
      "https://[::ffff:169.254.169.254]/x",
      "https://localhost/x",
      "https://intranet/x",
      "https://me:secret@push.example.com/x",
      "ftp://push.example.com/x",
    ]
  ) {
    const error = await assertRejects(
      () =>
        addSubscription(world, "ada", { endpoint, keys }, {
          userAgent: "",
          production: true,
        }),
      NexoraError,
      undefined,
      endpoint,
    );
    assertEquals(error.code, "bad_request", endpoint);
    assert(error.fields!.endpoint, endpoint);
  }
  // Its name was innocent when it subscribed; now it stands for the machine itself.
  await addSubscription(world, "ada", service.subscription(), here);
  const { sendPush } = await import(
    "../../../lib/notifications/delivery/push.ts"
  );
  const [subscription] = await listSubscriptions(world.kv, "ada");
  const payload = {
    id: null,
    title: "",
    body: "",
    link: "/",
    tag: "t",
    actions: [],
    unread: 0,
  };
  for (const address of ["127.0.0.1", "10.0.0.8", "::1", "fe80::1"]) {
    const { result } = await sendPush(
      {
        ...world.delivery,
        resolve: () => Promise.resolve(["93.184.216.34", address]),
      },
      subscription!,
      payload,
      { urgent: false, topic: "t" },
    );
    assertEquals(result, "refused", address);
  }
  assertEquals(service.pushed, []);
});

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

Deno.test("a browser on which somebody signed out shows nothing of theirs any more", async () => {
  await using service = new PushService();
  await using world = await openDelivery({ push: service.fetch });
  await world.addUser("ada");
  const subscribe = (name: string, tokenHash: string) =>
    addSubscription(world, "ada", service.subscription(name), {
      ...here,
      tokenHash,
    });
  await subscribe("ended", "gone");
  await subscribe("expired", "old");
  await subscribe("here", "new");
  await world.kv.set(keys.session("old"), { expiresAt: world.now() });
  await world.kv.set(keys.session("new"), { expiresAt: world.now() + MINUTE });
  await sendNotification(world, { userId: "ada", ...accepted() });
  await world.run();
  assertEquals(service.pushed.map((p) => p.path), ["/push/here"]);
  assertEquals((await listSubscriptions(world.kv, "ada")).length, 1);
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
