/** Every page: its landmarks, what axe finds in both themes, how it looks, and that it works before scripts arrive. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { type Person, saveScreenshots } from "../support/browser.ts";
import { stageTest } from "../support/stage.ts";
import { waitFor } from "../support/wait.ts";

/** Path, heading, name of its screenshots. */
const OPEN = [
  ["/", "Guilds do better work together", "landing"],
  ["/sign-in", "Welcome back", "sign-in"],
  ["/sign-up", "Create your account", "sign-up"],
] as const;
const SIGNED_IN = [
  ["/", "Home", "home"],
  ["/guilds", "Guilds", "guilds"],
  ["/guilds/new", "New guild", "guild-new"],
  ["/guilds/demo-guild", "Lantern Works", "guild"],
  ["/messages", "Direct messages", "messages"],
  ["/messages/demo-member", "Jonas Lindqvist", "direct"],
  ["/notifications", "Notifications", "notifications"],
  ["/notifications?filter=unread", "Notifications", "notifications-unread"],
  ["/settings", "Settings", "settings"],
  ["/people/demo-member", "Jonas Lindqvist", "person"],
] as const;

/** One main landmark, one first heading, a title, a language, and nothing that scrolls sideways. */
async function checkFrame(page: Page, heading: string): Promise<void> {
  assertEquals(await page.locator("h1").allTextContents(), [heading]);
  assertEquals(await page.locator("main").count(), 1);
  assertMatch(await page.title(), /Nexora/);
  assertEquals(await page.locator("html").getAttribute("lang"), "en");
  for (const width of [360, 2560]) {
    await page.setViewportSize({ width, height: 800 });
    assert(
      await page.evaluate(() =>
        document.documentElement.scrollWidth <=
          document.documentElement.clientWidth
      ),
      `${page.url()} scrolls sideways at ${width} px`,
    );
  }
}

stageTest(
  "every page has its landmarks, fits 360 to 2560 px and is saved to look at",
  async ({ app, browser }) => {
    await using visitor = await browser.person({ origin: app.origin });
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const rounds = [[visitor, OPEN], [owner, SIGNED_IN]] as const;
    for (const [person, pages] of rounds) {
      for (const [path, heading, name] of pages) {
        const page = await person.open(path);
        await saveScreenshots(page, name);
        await checkFrame(page, heading);
        await page.close();
      }
    }
    assertEquals([...visitor.problems, ...owner.problems], []);
  },
);

stageTest(
  "what one may not see and what is not there say so, with their status",
  async ({ app, browser }) => {
    await using outsider = await browser.person(
      await app.signIn("demo-outsider"),
    );
    const page = await outsider.context.newPage();
    const closed = await page.goto("/guilds/demo-guild");
    assertEquals(closed?.status(), 403);
    await page.getByRole("button", { name: "Join Lantern Works" }).waitFor();
    assertEquals(await page.getByRole("log").count(), 0);
    await saveScreenshots(page, "guild-closed");
    for (
      const path of [
        "/nowhere",
        "/guilds/none",
        "/people/nobody-at-all",
        "/messages/demo-outsider",
      ]
    ) {
      const missing = await page.goto(path);
      assertEquals(missing?.status(), 404, path);
      await page.getByRole("heading", { name: "There is nothing here" })
        .waitFor();
    }
    await saveScreenshots(page, "not-found");
  },
);

stageTest(
  "who is not signed in is led there and back",
  async ({ app, browser }) => {
    await using visitor = await browser.person({ origin: app.origin });
    const page = await visitor.open("/guilds/demo-guild");
    assertMatch(page.url(), /\/sign-in\?next=%2Fguilds%2Fdemo-guild$/);
    await page.getByRole("button", { name: "Sign in as Mara Okafor" }).click();
    await page.waitForURL("**/guilds/demo-guild");
  },
);

/** A browser to which no script gets through. */
async function withoutScripts(person: Person): Promise<void> {
  await person.context.route(/\.js(\?|$)/, (route) => route.abort());
}

stageTest(
  "everything works before scripts arrive",
  async ({ app, browser }) => {
    await using visitor = await browser.person({ origin: app.origin });
    await withoutScripts(visitor);
    const page = await visitor.open("/sign-up");

    // A form that is refused comes back with what was typed, and says why beside the field.
    await page.getByLabel("Name").fill("Zora Quill");
    await page.getByLabel("Handle").fill("demo-owner");
    await page.getByLabel("E-mail").fill("zora@example.test");
    await page.getByLabel("Password").fill("correct horse battery");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.locator("main").getByRole("alert").waitFor();
    assertEquals(
      await page.getByLabel("Handle").getAttribute("aria-invalid"),
      "true",
    );
    assertEquals(await page.getByLabel("Name").inputValue(), "Zora Quill");
    assertEquals(await page.getByLabel("Password").inputValue(), "");
    await page.getByLabel("Handle").fill("zora-quill");
    await page.getByLabel("Password").fill("correct horse battery");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByRole("heading", { name: /Good .*, Zora/ }).waitFor();

    await page.goto("/guilds");
    await page.getByRole("button", { name: "Join Lantern Works" }).click();
    await page.getByRole("log").waitFor();
    const field = page.getByRole("textbox", { name: "Write a message" });
    await field.fill("Posted by a form");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("log").getByText("Posted by a form").waitFor();
    // The newest message is in view, though nothing has scrolled there.
    await waitFor(
      () =>
        page.locator("[data-message-id]").last().evaluate((row) =>
          row.getBoundingClientRect().bottom <= innerHeight
        ),
      { what: "the newest message in view" },
    );
    await page.getByRole("link", { name: "Load older messages" }).click();
    await page.getByRole("link", { name: "Jump to latest" }).waitFor();
    assertEquals(await page.getByText("Posted by a form").count(), 0);

    // What is too long comes back.
    await page.goto("/guilds/demo-guild");
    await field.fill("x".repeat(4_001));
    await page.getByRole("button", { name: "Send" }).click();
    await page.locator("main").getByRole("alert").waitFor();
    assertEquals((await field.inputValue()).length, 4_001);

    await page.goto("/settings");
    await page.getByLabel("About you").fill("Writes before scripts arrive.");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("status").getByText("Saved").waitFor();
    await page.getByRole("button", { name: "Dark" }).click();
    assertEquals(await page.locator("html").getAttribute("data-theme"), "dark");
    await page.goto("/people/zora-quill");
    await page.getByText("Writes before scripts arrive.").waitFor();

    await page.goto("/settings");
    await page.locator("header").getByRole("button", { name: "Sign out" })
      .click();
    await page.getByRole("heading", { name: "Guilds do better work together" })
      .waitFor();
    await page.goto("/settings");
    assertMatch(page.url(), /\/sign-in/);
  },
);

stageTest(
  "notifications are read and archived before scripts arrive",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    await withoutScripts(owner);
    const page = await owner.open("/notifications");
    const unread = page.locator(".note.unread");
    const before = await unread.count();
    const rows = await page.locator(".note").count();
    assert(before > 1);
    await unread.first().hover();
    await unread.first().getByRole("button", { name: /^Mark as read/ }).click();
    assertEquals(await unread.count(), before - 1);
    await page.locator(".note").first().hover();
    await page.locator(".note").first().getByRole("button", {
      name: /^Archive/,
    }).click();
    assertEquals(await page.locator(".note").count(), rows - 1);
    await page.getByRole("button", { name: "Mark all as read" }).click();
    assertEquals(await unread.count(), 0);
  },
);
