/** What axe finds on every page and state in both themes, and what the keyboard alone can do. */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { accessibilityViolations, type Scheme } from "../support/browser.ts";
import { waitFor } from "../support/wait.ts";
import { stageTest } from "../support/stage.ts";

const OPEN = ["/", "/sign-in", "/sign-up", "/nowhere"];
const SIGNED_IN = [
  "/",
  "/guilds",
  "/guilds/new",
  "/guilds/demo-guild",
  "/guilds/demo-guild?before=zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
  "/messages",
  "/messages/demo-member",
  "/messages/ravi-iyer",
  "/notifications",
  "/notifications?filter=unread",
  "/settings",
  "/people/demo-member",
];

async function assertClean(page: Page, state: string): Promise<void> {
  assertEquals(await accessibilityViolations(page), [], state);
}

for (const scheme of ["light", "dark"] as Scheme[]) {
  stageTest(
    `axe finds nothing on any page, ${scheme}`,
    async ({ app, browser }) => {
      await using visitor = await browser.person({ origin: app.origin }, {
        scheme,
      });
      await using owner = await browser.person(await app.signIn("demo-owner"), {
        scheme,
      });
      await using outsider = await browser.person(
        await app.signIn("demo-outsider"),
        { scheme, device: "phone" },
      );
      for (
        const [person, paths] of [[visitor, OPEN], [owner, SIGNED_IN], [
          outsider,
          SIGNED_IN,
        ]] as const
      ) {
        for (const path of paths) {
          const page = await person.open(path);
          await assertClean(page, `${path} in ${scheme}`);
          await page.close();
        }
      }
    },
  );

  stageTest(
    `a phone's sheet leads to every place of the rail, ${scheme}`,
    async ({ app, browser }) => {
      await using admin = await browser.person(await app.signIn("demo-admin"), {
        scheme,
        device: "phone",
      });
      const page = await admin.open("/disputes");
      await page.setViewportSize({ width: 360, height: 740 });
      const more = page.getByRole("button", { name: "More" });
      assertEquals(await more.getAttribute("aria-current"), "true");
      await more.click();
      const sheet = page.getByRole("group", { name: "More" });
      await sheet.waitFor();
      await assertClean(page, "the sheet");
      const leadsTo = (root: string) =>
        page.locator(root).evaluateAll((links) =>
          links.map((link) => link.getAttribute("href")!)
        );
      const reached = new Set(await leadsTo(".tabbar a"));
      for (const href of await leadsTo(".rail-scroll > ul a")) {
        assert(reached.has(href), `${href} cannot be reached on a phone`);
      }
      assertEquals(
        await page.evaluate(() => document.documentElement.scrollWidth),
        360,
      );
      await sheet.getByRole("link", { name: "Leaderboard" }).click();
      await page.waitForURL("**/leaderboard");
    },
  );

  stageTest(
    `axe finds nothing in any state, ${scheme}`,
    async ({ app, browser }) => {
      await using owner = await browser.person(await app.signIn("demo-owner"), {
        scheme,
      });
      const page = await owner.open("/guilds/demo-guild");
      await page.locator("button.bell").click();
      await page.locator("#inbox .note").first().waitFor();
      await assertClean(page, "the bell's panel");
      await page.keyboard.press("e");
      await page.locator(".toast").waitFor();
      await assertClean(page, "a toast with an action");
      await page.keyboard.press("Escape");
      await page.locator(".account").click();
      await page.locator("#account-menu").waitFor();
      await assertClean(page, "the account's menu");
      await page.keyboard.press("Escape");

      // A message that waits, one that failed, and the banner that says why.
      await owner.context.setOffline(true);
      const field = page.getByRole("textbox", { name: "Write a message" });
      await field.fill(
        "Look: https://example.com/ and `code`\n```\na block\n```",
      );
      await field.press("Enter");
      await page.locator('[data-state="sending"]').waitFor();
      await page.locator(".connection").waitFor();
      await assertClean(page, "offline, with a message that waits");
      await owner.context.route(
        "**/messages",
        (route) =>
          route.request().method() === "POST"
            ? route.fulfill({
              status: 400,
              json: { title: "No", detail: "Refused for this test" },
            })
            : route.continue(),
      );
      await owner.context.setOffline(false);
      await page.locator('[data-state="failed"]').waitFor();
      await assertClean(page, "a message that failed");

      await page.goto("/sign-up");
      await page.goto("/guilds/new");
      await page.locator("[name=name]").evaluate((field) =>
        field.removeAttribute("required")
      );
      await page.getByRole("button", { name: "Found guild" }).click();
      await page.locator("[aria-invalid=true]").waitFor();
      await assertClean(page, "a form that was refused");
    },
  );
}

/** What has the focus, as a reader would call it. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement!;
    return element.getAttribute("aria-label") ?? element.textContent?.trim() ??
      element.tagName;
  });
}

stageTest(
  "the first Tab leads past the frame, and every stop can be seen",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const page = await owner.open("/guilds");
    await page.keyboard.press("Tab");
    assertEquals(await focused(page), "Skip to content");
    await page.keyboard.press("Enter");
    assertEquals(await page.evaluate(() => document.activeElement?.id), "main");
    await page.reload();
    // The keys of the whole site are there with the scripts.
    await page.locator("button.bell[aria-expanded]").waitFor();
    const stops = new Set<string>();
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press("Tab");
      if (
        await page.evaluate(() => document.activeElement === document.body)
      ) break;
      const seen = await page.evaluate(() => {
        // A field in a frame (search) has its ring around the frame.
        const element = document.activeElement!.closest(".search-box") ??
          document.activeElement!;
        const target = getComputedStyle(element).outlineStyle !== "none"
          ? getComputedStyle(element)
          : getComputedStyle(element, "::after");
        const box = element.getBoundingClientRect();
        return target.outlineStyle !== "none" && box.width > 0 &&
          box.height > 0;
      });
      stops.add(await focused(page));
      assert(seen, `the focus on "${await focused(page)}" cannot be seen`);
    }
    assert(stops.has("Lantern Works"), [...stops].join());
    assert(stops.has("Join Open Canvas"), [...stops].join());
  },
);

stageTest(
  "a conversation can be read and written with the keyboard alone",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const page = await owner.open("/guilds/demo-guild");
    await page.locator("button.bell[aria-expanded]").waitFor();
    const field = page.getByRole("textbox", { name: "Write a message" });
    await field.focus();
    await page.keyboard.type("one line");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("and another");
    await page.keyboard.press("Enter");
    const last = page.locator("[data-message-id]").last();
    await waitFor(
      async () => (await last.getAttribute("data-state")) === "sent",
      { what: "the message to be sent" },
    );
    assertEquals(await last.locator("br").count(), 1);
    assertEquals(await focused(page), "Write a message");
    // From an empty field up: one's last message, to be changed; Escape leaves it and leads back in two steps.
    await page.keyboard.press("ArrowUp");
    await page.getByRole("textbox", { name: "Edit the message" }).waitFor();
    assertEquals(await focused(page), "Edit the message");
    await page.keyboard.press("Escape");
    assertEquals(
      await page.evaluate(() =>
        document.activeElement?.textContent?.includes("and another")
      ),
      true,
    );
    await page.keyboard.press("ArrowUp");
    assertEquals(
      await page.evaluate(() =>
        document.activeElement?.textContent?.includes("and another")
      ),
      false,
    );
    await page.keyboard.press("End");
    await page.keyboard.press("Escape");
    assertEquals(await focused(page), "Write a message");
    // Enter in an empty field sends nothing.
    const count = await page.locator("[data-message-id]").count();
    await page.keyboard.press("Enter");
    assertEquals(await page.locator("[data-message-id]").count(), count);
  },
);

stageTest(
  "the screen reader is told what is new, and of history nothing",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    await using member = await browser.person(await app.signIn("demo-member"));
    const page = await owner.open("/guilds/demo-guild");
    await page.locator("button.bell[aria-expanded]").waitFor();
    const spoken = page.locator(".chat > [aria-live=polite]");
    assertEquals(await spoken.textContent(), "");
    await page.getByRole("log").evaluate((log) =>
      log.scrollTo({ top: -log.scrollHeight })
    );
    const rows = await page.locator("[data-message-id]").count();
    await waitFor(
      async () => await page.locator("[data-message-id]").count() > rows,
      { what: "older messages" },
    );
    assertEquals(await spoken.textContent(), "");

    const other = await member.open("/guilds/demo-guild");
    const field = other.getByRole("textbox", { name: "Write a message" });
    await field.fill("Is anybody listening?");
    await field.press("Enter");
    await waitFor(
      async () =>
        await spoken.textContent() === "Jonas Lindqvist: Is anybody listening?",
      { what: "the message to be announced" },
    );
    // What one writes oneself one knows.
    const own = page.getByRole("textbox", { name: "Write a message" });
    await own.fill("Yes");
    await own.press("Enter");
    await page.getByRole("log").getByText("Yes", { exact: true }).waitFor();
    assertEquals(
      await spoken.textContent(),
      "Jonas Lindqvist: Is anybody listening?",
    );
  },
);
