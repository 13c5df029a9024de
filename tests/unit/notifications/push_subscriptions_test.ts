/** Whose a browser's subscription is, how long, and where it may lead. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { NexoraError } from "../../../lib/errors.ts";
import { MINUTE } from "../../../lib/clock.ts";
import { keys } from "../../../lib/kv/mod.ts";
import {
  addSubscription,
  listSubscriptions,
  removeSubscription,
  sendNotification,
} from "../../../lib/notifications/mod.ts";
import { PushService } from "../../support/push_service.ts";
import { accepted, here, openDelivery } from "./delivery_support.ts";

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
