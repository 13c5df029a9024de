/** Preferences, mutes, push subscriptions and explanations over HTTP; an e-mail that the real app sends. */
import { assert, assertEquals } from "@std/assert";
import { keys } from "../../lib/kv/mod.ts";
import { EMAIL_KIND } from "../../lib/notifications/delivery/job_kinds.ts";
import { type SignedIn, withApp } from "../support/app.ts";
import { Mailbox } from "../support/mailbox.ts";
import { PushService } from "../support/push_service.ts";
import { waitFor } from "../support/wait.ts";

const ask = (who: SignedIn, method: string, path: string, json?: unknown) =>
  who.ask(method, path, json);

Deno.test("preferences and mutes over the JSON API", () =>
  withApp(async (app) => {
    const owner = await app.signIn("demo-owner");
    const path = "/api/me/notification-preferences";
    const first = await ask(owner, "GET", path);
    assertEquals(first.body.preferences.types, {});
    assertEquals(first.body.defaults.dispute_raised, {
      inApp: true,
      push: true,
      email: true,
      critical: true,
    });
    const set = await ask(owner, "PUT", path, {
      types: { bounty_matched: { email: true } },
      quietHours: { from: "22:00", to: "06:30", days: [5, 6, 6] },
      email: { every: "day", at: 7 },
    });
    assertEquals(set.status, 200);
    assertEquals(set.body.preferences.quietHours.days, [5, 6]);
    for (
      const [wrong, field] of [
        [{ types: { nothing: { push: true } } }, "types"],
        [{ types: { bounty_matched: { sms: true } } }, "types.bounty_matched"],
        [
          { quietHours: { from: "25:00", to: "07:00", days: [1] } },
          "quietHours.from",
        ],
        [{ limits: { pushesPerHour: 0 } }, "limits.pushesPerHour"],
        [{ unheard: 1 }, "body"],
      ] as const
    ) {
      const answer = await ask(owner, "PUT", path, wrong);
      assertEquals(answer.body.code, "bad_request", field);
      assert(
        Object.keys(answer.body.fields).some((name) => name.startsWith(field)),
        `${field}: ${JSON.stringify(answer.body.fields)}`,
      );
    }
    assertEquals(
      (await ask(owner, "GET", path)).body.preferences,
      set.body.preferences,
      "a refusal changes nothing",
    );
    const guild = { kind: "guild", id: "demo-guild", label: "Lantern Works" };
    await ask(owner, "POST", "/api/me/mutes", guild);
    const muted = await ask(owner, "POST", "/api/me/mutes", guild);
    assertEquals(muted.body.mutes, [{ ...guild, until: null }]);
    const why = await ask(
      owner,
      "GET",
      "/api/notifications/why-not?type=guild_member_joined&guildId=demo-guild",
    );
    assertEquals(why.body.would.decision.inApp.reasons.at(-1).rule, "muted");
    assert(
      why.body.would.explained[0].sentences.at(-1).includes("Lantern Works"),
    );
    const unmuted = await ask(
      owner,
      "DELETE",
      "/api/me/mutes/guild/demo-guild",
    );
    assertEquals(unmuted.body.mutes, []);
    assertEquals(
      (await ask(owner, "DELETE", "/api/me/mutes/planet/x")).status,
      400,
    );
  }));

Deno.test("browsers are taken and let go over the JSON API", () =>
  withApp(async (app) => {
    await using service = new PushService();
    const owner = await app.signIn("demo-owner");
    const { body: { publicKey } } = await ask(owner, "GET", "/api/push/key");
    assertEquals(
      atob(publicKey.replaceAll("-", "+").replaceAll("_", "/")).length,
      65,
    );
    assertEquals(
      (await ask(owner, "GET", "/api/push/key")).body.publicKey,
      publicKey,
    );
    const subscription = service.subscription();
    const path = "/api/push/subscriptions";
    const made = await ask(owner, "POST", path, { subscription });
    assertEquals(made.status, 201);
    const would = await ask(
      owner,
      "GET",
      "/api/notifications/why-not?type=dispute_raised",
    );
    assertEquals(would.body.would.decision.push.verdict, "now");
    for (
      const endpoint of [
        "http://10.0.0.1/x",
        "https://192.168.0.1/x",
        "nothing",
      ]
    ) {
      const refused = await ask(owner, "POST", path, {
        subscription: { ...subscription, endpoint },
      });
      assertEquals(refused.status, 400, endpoint);
    }
    const { endpoint } = subscription;
    assertEquals((await ask(owner, "DELETE", path, { endpoint })).status, 204);
    assertEquals((await ask(owner, "DELETE", path, { endpoint })).status, 204);
  }));

Deno.test("a page's link leads to muting what it is about, under its own name", () =>
  withApp(async (app) => {
    const owner = await app.signIn("demo-owner");
    const page = async (mute: string) =>
      await (await owner.fetch(
        `/settings/notifications?mute=${encodeURIComponent(mute)}`,
      )).text();
    assert((await page("person:demo_chloe")).includes("Chloé Martin"));
    for (
      const nothing of ["person:nobody", "guild:nothing", "planet:x", "x", ""]
    ) {
      assert((await page(nothing)).includes('id="field-guild"'), nothing);
    }
    const form = new FormData();
    for (
      const [name, value] of Object.entries({
        do: "mute",
        kind: "person",
        id: "demo_chloe",
        for: "day",
        label: "Made up",
      })
    ) form.set(name, value);
    const answer = await owner.fetch("/settings/notifications", {
      method: "POST",
      body: form,
      redirect: "manual",
    });
    await answer.body?.cancel();
    assertEquals(answer.status, 303);
    const { body } = await ask(
      owner,
      "GET",
      "/api/me/notification-preferences",
    );
    const [mute] = body.preferences.mutes;
    assertEquals([mute.kind, mute.label], ["person", "Chloé Martin"]);
    assert(mute.until > Date.now());
  }));

Deno.test("the settings' form works without scripts, keeps mutes, and follows defaults where nothing was changed", () =>
  withApp(async (app) => {
    const owner = await app.signIn("demo-owner");
    const path = "/api/me/notification-preferences";
    const mute = { kind: "guild", id: "demo-guild", label: "Lantern Works" };
    await ask(owner, "POST", "/api/me/mutes", mute);
    const html = await (await owner.fetch("/settings/notifications")).text();
    const form = new FormData();
    for (const [box] of html.matchAll(/<input[^>]*type="checkbox"[^>]*>/g)) {
      const name = /name="([^"]+)"/.exec(box)![1]!;
      if (/\bchecked\b/.test(box)) form.set(name, "on");
    }
    for (
      const [name, value] of Object.entries({
        do: "save",
        from: "22:00",
        to: "07:00",
        every: "hour",
        at: "8",
        pushesPerHour: "5",
        emailsPerDay: "20",
        language: "en",
      })
    ) form.set(name, value);
    form.delete("types.rank_changed.inApp");
    const post = async () => {
      const answer = await owner.fetch("/settings/notifications", {
        method: "POST",
        body: form,
        redirect: "manual",
      });
      await answer.body?.cancel();
      return answer.status;
    };
    assertEquals(await post(), 303);
    const { preferences } = (await ask(owner, "GET", path)).body;
    assertEquals(preferences.types, { rank_changed: { inApp: false } });
    assertEquals(preferences.mutes.length, 1);
    assertEquals(
      [preferences.quietHours, preferences.email.every, preferences.limits],
      [null, "hour", { pushesPerHour: 5, emailsPerDay: 20 }],
    );
    form.set("pushesPerHour", "0");
    assertEquals(await post(), 400);
  }));

/** Makes the e-mails that wait due, while the app is down. */
async function makeDue(kvPath: string): Promise<number> {
  using kv = await Deno.openKv(kvPath);
  let moved = 0;
  for await (
    const { key, value } of kv.list<{ id: string; kind: string }>({
      prefix: keys.jobs(),
    })
  ) {
    if (value.kind !== EMAIL_KIND) continue;
    await kv.atomic().delete(key).set(keys.job(Date.now(), value.id), value)
      .commit();
    moved++;
  }
  return moved;
}

Deno.test("the app mails what nobody saw, and says so to who asks", async () => {
  await using box = await Mailbox.open();
  const env = { SMTP_URL: box.url, ORIGIN: "https://nexora.example" };
  await withApp(async (app, kvPath) => {
    const outsider = await app.signIn("demo-outsider");
    const owner = await app.signIn("demo-owner");
    const invited = await ask(
      owner,
      "POST",
      "/api/guilds/demo-guild/invitations",
      { handle: "demo-outsider", note: "We could use you" },
    );
    assert(invited.status < 300, JSON.stringify(invited.body));
    const found = await waitFor(async () => {
      const { body } = await ask(outsider, "GET", "/api/notifications");
      return body.notifications.find((
        n: { actions: { id: string }[]; data: { guildId?: string } },
      ) =>
        n.data.guildId === "demo-guild" &&
        n.actions.some((action) => action.id === "accept")
      );
    }, { what: "the invitation to be told" });
    await app.kill();
    assert(await makeDue(kvPath) > 0);
    await app.restart();
    const mail = await waitFor(
      () => box.mails.find((m) => [m.to].flat()[0]!.text.includes("outsider")),
      { what: "the e-mail", timeout: 40_000 },
    );
    assert(mail.subject!.includes("Lantern Works"));
    assert(mail.text!.includes("https://nexora.example/guilds/demo-guild"));
    const story = await waitFor(async () => {
      const { body } = await ask(
        outsider,
        "GET",
        `/api/notifications/${found.id}/why`,
      );
      return body.delivery.attempts.length > 0 && body;
    }, { what: "the delivery to be written down" });
    assertEquals(
      story.delivery.attempts.map((a: { channel: string; outcome: string }) =>
        `${a.channel} ${a.outcome}`
      ),
      ["email delivered"],
    );
    assertEquals(
      (await ask(owner, "GET", `/api/notifications/${found.id}/why`)).status,
      404,
      "it is nobody else's",
    );
    const accept = found.actions.find((a: { id: string }) => a.id === "accept");
    const accepted = await ask(
      outsider,
      "POST",
      accept.post.path,
      accept.post.body,
    );
    assert(accepted.status < 300, JSON.stringify(accepted.body));
  }, { env });
});
