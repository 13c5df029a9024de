/** Ways to people: announcements and push messages. */
import { assertEquals } from "@std/assert";
import {
  assertAccessibleInBothThemes,
  saveScreenshots,
} from "../support/browser.ts";
import { stageTest } from "../support/stage.ts";
import { waitFor, within } from "../support/wait.ts";

stageTest("an admin announces something, and everybody finds it", async ({
  app,
  browser,
}) => {
  await using admin = await browser.person(await app.signIn("demo-admin"));
  const page = await admin.open("/admin");
  await page.getByRole("link", { name: "Announcements" }).first().click();
  await assertAccessibleInBothThemes(page);
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
