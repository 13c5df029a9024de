/** Settings of notifications, the pages that explain, unsubscribing, announcements and the service worker, in Chromium. */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { unsubscribeToken } from "../../lib/notifications/delivery/unsubscribe.ts";
import {
  accessibilityViolations,
  saveScreenshots,
} from "../support/browser.ts";
import { stageTest } from "../support/stage.ts";
import { waitFor, within } from "../support/wait.ts";

async function assertAccessible(page: Page) {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    assertEquals(await accessibilityViolations(page), []);
  }
  await page.emulateMedia({ colorScheme: null });
}

stageTest("somebody chooses what reaches them, and keeps it", async ({
  app,
  browser,
}) => {
  const member = await app.signIn("demo-member");
  await using person = await browser.person(member);
  const page = await person.open("/settings");
  await page.getByRole("link", { name: "Choose what reaches you" }).click();
  await page.waitForURL("**/settings/notifications");
  await assertAccessible(page);
  await saveScreenshots(page, "notification-settings");
  const cell = page.getByRole("checkbox", { name: "A direct message: Push" });
  assert(await cell.isChecked());
  await cell.uncheck();
  await page.getByLabel("Keep quiet hours").check();
  await page.getByLabel("From", { exact: true }).fill("23:30");
  await page.getByLabel("Send").selectOption("day");
  await page.getByLabel("Language of notifications").selectOption("de");
  await page.getByRole("button", { name: "Save settings" }).click();
  await page.getByText("Your notification settings are saved").first()
    .waitFor();
  assertEquals(
    await page.getByRole("checkbox", { name: "A direct message: Push" })
      .isChecked(),
    false,
  );
  const answer = await member.fetch("/api/me/notification-preferences");
  const { preferences } = await answer.json();
  assertEquals(preferences.types, { direct_message: { push: false } });
  assertEquals(preferences.quietHours.from, "23:30");
  assertEquals(preferences.email.every, "day");
  const me = await (await member.fetch("/api/me")).json();
  assertEquals(me.user.locale, "de");

  for (let day = 0; day < 7; day++) {
    await page.locator(`input[name="day.${day}"]`).uncheck();
  }
  await page.getByRole("button", { name: "Save settings" }).click();
  await page.locator(".notice.bad").waitFor();
  assertEquals(await page.getByLabel("Keep quiet hours").isChecked(), true);

  await page.goto("/settings/notifications");
  await page.getByLabel("Mute a guild").selectOption({ index: 0 });
  await page.getByLabel("For", { exact: true }).selectOption("week");
  await page.getByRole("button", { name: "Mute", exact: true }).click();
  await page.locator("#mutes .row").waitFor();
  await page.locator("#mutes").scrollIntoViewIfNeeded();
  await saveScreenshots(page, "notification-settings-mutes");
  await page.getByRole("button", { name: "Unmute" }).click();
  await page.getByText("Nothing is muted").first().waitFor();
  // The two refused saves are the browser's "failed to load" for a 400.
  assertEquals(person.problems.filter((p) => !p.includes("400")), []);
});

stageTest(
  "a notification says why it came, and a page says why nothing did",
  async ({
    app,
    browser,
  }) => {
    const owner = await app.signIn("demo-owner");
    const joiner = await app.signIn("demo-outsider");
    const guilds = await (await owner.fetch("/api/me/guilds")).json();
    const muted = guilds.guilds[0].guild;
    await (await owner.fetch("/api/me/notification-preferences", {
      method: "PUT",
      json: {
        types: { guild_member_joined: { push: true, email: true } },
        mutes: [{ kind: "person", id: "demo_chloe", label: "Chloé Martin" }],
      },
    })).body?.cancel();
    for (const who of [joiner, await app.signIn("chloe-martin")]) {
      for (const method of ["DELETE", "POST"]) {
        const path = `/api/guilds/${muted.id}/members${
          method === "POST" ? "" : "/me"
        }`;
        await (await who.fetch(path, { method })).body?.cancel();
      }
    }
    const first = await waitFor(async () => {
      const { notifications } = await (await owner.fetch("/api/notifications"))
        .json();
      return notifications.find((n: { title: string; createdAt: number }) =>
        n.title.startsWith("Priya") && Date.now() - n.createdAt < 60_000
      );
    }, { what: "the owner to be told of who joined" });
    await using person = await browser.person(owner);
    const page = await person.open(`/notifications/${first.id}`);
    await page.getByText("No browser of yours takes push messages").waitFor();
    await page.getByText("It waits some minutes").waitFor();
    await assertAccessible(page);
    await saveScreenshots(page, "notification-why");

    await waitFor(async () => {
      const answer = await owner.fetch("/api/notifications/why-not");
      return (await answer.json()).withheld.length > 0;
    }, { what: "Chloé to be kept back" });
    await page.goto("/notifications/why-not");
    await page.getByText("You muted Chloé Martin").first().waitFor();
    await page.getByLabel("Notification", { exact: true }).selectOption(
      "dispute_raised",
    );
    await page.getByRole("button", { name: "Ask" }).click();
    await page.getByRole("status").getByText("No browser of yours").waitFor();
    await assertAccessible(page);
    await saveScreenshots(page, "notification-why-not");
    assertEquals(person.problems, []);
  },
);

stageTest(
  "an e-mail's link stops e-mails without signing in, and only when it is asked to",
  async ({
    app,
    browser,
    kvPath,
  }) => {
    using kv = await Deno.openKv(kvPath);
    const token = await unsubscribeToken(kv, {
      userId: "demo_member",
      type: "direct_message",
    });
    const member = await app.signIn("demo-member");
    const emails = async () => {
      const answer = await member.fetch("/api/me/notification-preferences");
      const { preferences } = await answer.json();
      return preferences.types.direct_message?.email;
    };
    await using stranger = await browser.person({ origin: app.origin });
    const page = await stranger.open(`/unsubscribe/${token}`);
    assertEquals(await emails(), undefined, "looking changes nothing");
    await assertAccessible(page);
    await saveScreenshots(page, "unsubscribe");
    await page.getByRole("button", { name: "Stop these e-mails" }).click();
    await page.getByText("No more of these e-mails").waitFor();
    assertEquals(await emails(), false);
    await page.getByRole("button", { name: "Send them again" }).click();
    await page.getByText("will come again").waitFor();
    assertEquals(await emails(), true);
    // As mail providers do it (RFC 8058): no cookie, no origin.
    const oneClick = await fetch(`${app.origin}/unsubscribe/${token}`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "List-Unsubscribe=One-Click",
    });
    await oneClick.body?.cancel();
    assertEquals(oneClick.status, 200);
    assertEquals(await emails(), false);
    const made = await fetch(`${app.origin}/unsubscribe/made.up`);
    await made.body?.cancel();
    assertEquals(made.status, 404);
  },
);

stageTest("an admin announces something, and everybody finds it", async ({
  app,
  browser,
}) => {
  await using admin = await browser.person(await app.signIn("demo-admin"));
  const page = await admin.open("/admin");
  await page.getByRole("link", { name: "Announcements" }).first().click();
  await assertAccessible(page);
  await page.getByLabel("Title").fill("Maintenance on Sunday");
  await page.getByLabel("What there is to say").fill("Back at noon.");
  await page.getByLabel("Link").fill("https://elsewhere.example");
  await page.getByRole("button", { name: "Send to everybody" }).click();
  await page.getByText("A path of this site, such as /guilds").last()
    .waitFor();
  await page.getByLabel("Link").fill("/guilds");
  await page.getByRole("button", { name: "Send to everybody" }).click();
  await page.getByText("On its way to everybody").first().waitFor();
  const member = await app.signIn("demo-member");
  const found = await waitFor(async () => {
    const { notifications } = await (await member.fetch("/api/notifications"))
      .json();
    return notifications.find((n: { type: string }) =>
      n.type === "announcement"
    );
  }, { what: "the announcement to arrive" });
  assertEquals([found.title, found.body, found.link], [
    "Maintenance on Sunday",
    "Back at noon.",
    "/guilds",
  ]);
  await waitFor(async () => {
    await page.goto("/admin/announce");
    return await page.getByText("Everybody told").isVisible();
  }, { what: "everybody to be told" });
  await saveScreenshots(page, "admin-announce");
  const refused = await member.fetch("/api/admin/announcements", {
    method: "POST",
    json: { title: "x", body: "y" },
  });
  assertEquals((await refused.json()).code, "forbidden");
});

interface Shown {
  title: string;
  options: { body: string; tag: string; data: { link: string } };
}

stageTest(
  "the service worker shows a push message, and a click leads to what it is about",
  async ({
    app,
    browser,
  }) => {
    await using person = await browser.person(await app.signIn("demo-member"), {
      worker: true,
    });
    const page = await person.open("/settings/notifications");
    const arriving = person.context.waitForEvent("serviceworker");
    await page.evaluate(async () => {
      await navigator.serviceWorker.register("/sw.js");
      await navigator.serviceWorker.ready;
    });
    const worker = await arriving;
    // This Chromium has no desktop: what would be shown there is written down.
    await worker.evaluate(() => {
      // deno-lint-ignore no-explicit-any -- the worker's own global
      const self = globalThis as any;
      self.shown = [];
      Object.defineProperty(self.navigator, "setAppBadge", {
        value: (count: number) => {
          self.badge = count;
          return Promise.resolve();
        },
      });
      self.registration.showNotification = (
        title: string,
        options: unknown,
      ) => {
        self.shown.push({ title, options });
        return Promise.resolve();
      };
    });
    const shown = () =>
      // deno-lint-ignore no-explicit-any -- as above
      worker.evaluate(() => (globalThis as any).shown) as Promise<Shown[]>;
    // Chromium delivers real ones through a service of Google's: the events are made here, what they do is real.
    const fire = (type: string, given: unknown) =>
      within(
        10_000,
        `${type} to be worked off`,
        worker.evaluate(({ type, given }) => {
          const event = new Event(type);
          const waits: Promise<unknown>[] = [];
          const { text, data } = given as { text?: string; data?: unknown };
          Object.assign(event, {
            data: { json: () => JSON.parse(text!) },
            action: "",
            notification: { data, close() {} },
            waitUntil: (wait: Promise<unknown>) => waits.push(wait),
          });
          globalThis.dispatchEvent(event);
          return Promise.allSettled(waits).then(() => {});
        }, { type, given }),
      );
    const message = {
      id: null,
      title: "Mara mentioned you",
      body: "Of three sentences",
      link: "/guilds",
      tag: "a",
      actions: [],
      unread: 3,
    };
    await page.bringToFront();
    await fire("push", { text: JSON.stringify(message) });
    assertEquals(await shown(), [], "who looks at Nexora sees it there");
    // A page in the background; this Chromium holds all of its pages to be in front.
    await worker.evaluate(() => {
      // deno-lint-ignore no-explicit-any -- as above
      const { clients } = globalThis as any;
      clients.matchAll = () => Promise.resolve([{ focused: false }]);
    });
    await fire("push", { text: "no JSON" });
    await fire("push", { text: JSON.stringify(message) });
    // deno-lint-ignore no-explicit-any -- as above
    assertEquals(await worker.evaluate(() => (globalThis as any).badge), 3);
    const all = await shown();
    assertEquals(
      all.map(({ title, options: { body, tag } }) => [title, body, tag]),
      [[message.title, message.body, message.tag]],
    );
    // deno-lint-ignore no-explicit-any -- as above
    await worker.evaluate(() => delete (globalThis as any).clients.matchAll);
    await fire("notificationclick", { data: all[0]!.options.data });
    await page.waitForURL("**/guilds");
    await fire("notificationclick", {
      data: { link: "https://elsewhere.example/" },
    });
    await page.waitForURL(`${app.origin}/`);
    assertEquals(person.problems, []);
  },
);
