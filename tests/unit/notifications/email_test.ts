import { assert, assertEquals, assertRejects } from "@std/assert";
import { MINUTE } from "../../../lib/clock.ts";
import { NexoraError } from "../../../lib/errors.ts";
import {
  getPreferences,
  markNotificationSeen,
  NotificationPreferences,
  readUnsubscribeToken,
  sendNotification,
  setPreferences,
  setSubscribed,
} from "../../../lib/notifications/mod.ts";
import { getDeliveryLog } from "../../../lib/notifications/delivery/log.ts";
import { Mailbox } from "../../support/mailbox.ts";
import { accepted, openDelivery } from "./delivery_support.ts";

Deno.test("an e-mail goes over SMTP as text and HTML, with one-click unsubscribe", async () => {
  await using box = await Mailbox.open();
  await using world = await openDelivery({ smtp: box.url });
  await world.addUser("ada");
  const { notification } = await sendNotification(world, {
    userId: "ada",
    ...accepted(),
  });
  await world.run();
  assertEquals(box.mails.length, 0, "it waits for Ada to see it in the app");
  world.clock.advance(5 * MINUTE);
  await world.run();
  const [mail] = box.mails;
  assertEquals(box.mails.length, 1);
  assertEquals(mail!.subject, "Lantern takes on your bounty");
  assertEquals([mail!.to].flat()[0]!.text, "ada@example.com");
  assertEquals(mail!.from!.value[0]!.address, "no-reply@nexora.example");
  assert(mail!.text!.includes("Icons 1 <b>&</b>"));
  assert(mail!.text!.includes("https://nexora.example/bounties/b1"));
  const html = mail!.html as string;
  assert(html.includes("Icons 1 &lt;b&gt;&amp;&lt;/b&gt;"));
  assert(!html.includes("<b>"), "what people wrote is never markup");
  const list = mail!.headers.get("list") as unknown as {
    unsubscribe: { url: string };
    "unsubscribe-post": { name: string };
  };
  assertEquals(list["unsubscribe-post"].name, "List-Unsubscribe=One-Click");
  const url = new URL(list.unsubscribe.url);
  assertEquals(url.origin, "https://nexora.example");
  const scope = await readUnsubscribeToken(
    world.kv,
    url.pathname.replace("/unsubscribe/", ""),
  );
  assertEquals(scope, { userId: "ada", type: "bounty_accepted" });
  const log = await getDeliveryLog(world.kv, "ada", notification!.id);
  assertEquals(log!.attempts.map((a) => [a.channel, a.outcome]), [
    ["email", "delivered"],
  ]);
  assert(log!.done.email);
});

Deno.test("an e-mail is skipped when it was seen in the app first", async () => {
  await using world = await openDelivery();
  await world.addUser("ada");
  const { notification } = await sendNotification(world, {
    userId: "ada",
    ...accepted(),
  });
  await markNotificationSeen(world, "ada", notification!.id);
  world.clock.advance(5 * MINUTE);
  await world.run();
  assertEquals(world.mails, []);
  const log = await getDeliveryLog(world.kv, "ada", notification!.id);
  assertEquals(log!.attempts.map((a) => [a.outcome, a.detail]), [
    ["skipped", "it was seen in the app first"],
  ]);
});

Deno.test("a mail server in trouble is tried again with the same Message-ID; one that refuses is not", async () => {
  await using box = await Mailbox.open();
  await using world = await openDelivery({ smtp: box.url });
  await world.addUser("ada");
  box.refusals.push(451, 421);
  const { notification } = await sendNotification(world, {
    userId: "ada",
    ...accepted(),
  });
  for (let i = 0; i < 4; i++) {
    world.clock.advance(5 * MINUTE);
    await world.run();
  }
  assertEquals(box.mails.length, 1);
  const log = await getDeliveryLog(world.kv, "ada", notification!.id);
  assertEquals(log!.attempts.map((a) => `${a.attempt} ${a.outcome}`), [
    "1 failed",
    "2 failed",
    "3 delivered",
  ]);
  box.refusals.push(550);
  const other = await sendNotification(world, {
    userId: "ada",
    ...accepted(2),
  });
  for (let i = 0; i < 3; i++) {
    world.clock.advance(5 * MINUTE);
    await world.run();
  }
  const refused = await getDeliveryLog(
    world.kv,
    "ada",
    other.notification!.id,
  );
  assertEquals(refused!.attempts.map((a) => a.outcome), ["failed"]);
  assertEquals(box.mails.length, 1);
});

Deno.test("an e-mail that is tried again has the Message-ID that it had", async () => {
  await using world = await openDelivery();
  const ada = await world.addUser("ada");
  const { notification } = await sendNotification(world, {
    userId: "ada",
    ...accepted(),
  });
  const { mailOf } = await import(
    "../../../lib/notifications/delivery/mail.ts"
  );
  const [one, two, grown] = [
    await mailOf(world.delivery, ada, notification!, 0),
    await mailOf(world.delivery, ada, notification!, 0),
    await mailOf(world.delivery, ada, notification!, 1),
  ];
  assertEquals(one.messageId, two.messageId);
  assert(one.messageId !== grown.messageId);
  assert(/^<[0-9a-f]{32}@nexora\.example>$/.test(one.messageId));
});

Deno.test("what people write begins no header", async () => {
  await using world = await openDelivery();
  await world.addUser("ada");
  await sendNotification(world, {
    userId: "ada",
    type: "bounty_accepted",
    data: {
      ...accepted().data,
      guildName: "Lantern\r\nBcc: everybody@example.com",
    },
  });
  world.clock.advance(5 * MINUTE);
  await world.run();
  assert(!/[\r\n]/.test(world.mails[0]!.subject));
});

Deno.test("a digest tells of several in one e-mail, and leaves out what was seen", async () => {
  await using box = await Mailbox.open();
  await using world = await openDelivery({ smtp: box.url });
  await world.addUser("ada", { timeZone: "Europe/Berlin", locale: "de" });
  await setPreferences(
    world,
    "ada",
    NotificationPreferences.parse({ email: { every: "day", at: 18 } }),
  );
  world.clock.set("2026-08-15T12:00:00Z");
  const sent = [];
  for (let i = 0; i < 4; i++) {
    sent.push(
      (await sendNotification(world, { userId: "ada", ...accepted(i) }))
        .notification!,
    );
  }
  await markNotificationSeen(world, "ada", sent[1]!.id);
  await world.run();
  assertEquals(box.mails.length, 0);
  world.clock.set("2026-08-15T16:00:00Z");
  await world.run();
  assertEquals(box.mails.length, 1);
  const [mail] = box.mails;
  assertEquals(mail!.subject, "3 Benachrichtigungen auf Nexora");
  assertEquals(
    [0, 1, 2, 3].map((i) => mail!.text!.includes(`Icons ${i} `)),
    [true, false, true, true],
  );
  const logs = await Promise.all(
    sent.map((n) => getDeliveryLog(world.kv, "ada", n.id)),
  );
  assertEquals(logs.map((log) => log!.attempts[0]!.outcome), [
    "delivered",
    "skipped",
    "delivered",
    "delivered",
  ]);
  // The next day begins a new one.
  await sendNotification(world, { userId: "ada", ...accepted("new") });
  world.clock.set("2026-08-16T16:00:00Z");
  await world.run();
  assertEquals(box.mails.length, 2);
  assertEquals(box.mails[1]!.subject, "Lantern übernimmt deinen Auftrag");
});

Deno.test("an unsubscribe link ends what it says, can be taken back, and cannot be made up", async () => {
  await using world = await openDelivery();
  await world.addUser("ada");
  await sendNotification(world, { userId: "ada", ...accepted() });
  await sendNotification(world, { userId: "ada", ...accepted(2) });
  const links = async () => {
    world.clock.advance(5 * MINUTE);
    await world.run();
    return world.mails.map((mail) =>
      /unsubscribe\/([^>]+)>/.exec(mail.headers["List-Unsubscribe"]!)![1]!
    );
  };
  const [token] = await links();
  const scope = await readUnsubscribeToken(world.kv, token!);
  await setSubscribed(world, scope, false);
  await sendNotification(world, { userId: "ada", ...accepted(3) });
  assertEquals((await links()).length, 2, "nothing more came");
  await setSubscribed(world, scope, true);
  assertEquals(
    (await getPreferences(world, "ada")).types.bounty_accepted?.email,
    true,
  );
  await setSubscribed(world, { userId: "ada", type: null }, false);
  await sendNotification(world, { userId: "ada", ...accepted(4) });
  assertEquals((await links()).length, 2);
  for (
    const bad of [
      "",
      "x",
      "a.b",
      token!.slice(0, -2),
      `${btoa('["bob",null]')}.${token!.split(".")[1]}`,
    ]
  ) {
    const error = await assertRejects(
      () => readUnsubscribeToken(world.kv, bad),
      NexoraError,
    );
    assertEquals(error.code, "not_found");
  }
});
