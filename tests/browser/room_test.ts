/** Reading and writing in a conversation: its place is kept, what is new is marked, nothing typed is lost. */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { saveScreenshots } from "../support/browser.ts";
import { waitFor } from "../support/wait.ts";
import { stageTest } from "../support/stage.ts";

const ROOM = "/guilds/demo-guild";
const rows = (page: Page) => page.locator("[data-message-id]");
const field = (page: Page) =>
  page.getByRole("textbox", { name: "Write a message" });

async function say(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await field(page).press("Enter");
}

/** Waits until the room is live. */
async function live(page: Page): Promise<void> {
  await page.locator("button.bell[aria-expanded]").waitFor();
  await page.locator(".person[data-online=true]").first().waitFor({
    state: "attached",
  });
}

/** Where the row of this key stands in the window: its lower end, for it may lose its author's name. */
const placeOf = (page: Page, key: string) =>
  page.locator(`[data-key="${key}"]`).evaluate((row) =>
    row.getBoundingClientRect().bottom
  );

/** Scrolls, and waits until the page has taken notice. */
const scroll = (page: Page, top: number) =>
  page.getByRole("log").evaluate(async (log, top) => {
    log.scrollTop = top;
    for (let frames = 0; frames < 2; frames++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }, top);

/** Key of the first row that is whole in view. */
const firstInView = (page: Page) =>
  page.getByRole("log").evaluate((log) => {
    const edge = log.getBoundingClientRect().top;
    return [...log.querySelectorAll<HTMLElement>("[data-key]")]
      .find((row) => row.getBoundingClientRect().top >= edge)!.dataset.key!;
  });

stageTest(
  "older messages come in above without moving what is read by more than 2 px",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const page = await owner.open(ROOM);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await live(page);
    let loads = 0;
    while (
      await page.getByText("This is where Lantern Works begins").count() === 0
    ) {
      const before = await rows(page).count();
      // Held back, so that the reader's place can be taken before and after.
      let release = () => {};
      const held = new Promise<void>((resolve) => release = resolve);
      await page.route("**/messages?*", async (route) => {
        await held;
        await route.continue();
      });
      await scroll(page, -100_000);
      await page.locator(".history-more [role=status]").waitFor();
      await scroll(
        page,
        -1 *
          await page.getByRole("log").evaluate((log) =>
            log.scrollHeight - log.clientHeight - 150
          ),
      );
      const key = await firstInView(page);
      const top = await placeOf(page, key);
      release();
      await waitFor(async () => await rows(page).count() > before, {
        what: "older messages",
      });
      const moved = Math.abs(await placeOf(page, key) - top);
      assert(moved <= 2, `the page moved by ${moved} px at load ${loads}`);
      await page.unroute("**/messages?*");
      loads++;
    }
    assert(loads >= 2, `only ${loads} loads`);
    // Nobody took the quiet rooms of the rail for rooms of which something was missed, and read them again.
    assertEquals(asked.filter((url) => /messages\?/.test(url)).length, loads);
    assertEquals(asked.filter((url) => /me\/rooms/.test(url)), []);
  },
);

stageTest(
  "at the end one stays at the end; further up new messages move nothing and are counted",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    await using member = await browser.person(await app.signIn("demo-member"));
    const page = await owner.open(ROOM);
    const other = await member.open(ROOM);
    await live(page);
    await live(other);
    await say(other, "first\n".repeat(30));
    await waitFor(async () => await page.getByText("first").count() > 0, {
      what: "the message",
    });
    assertEquals(
      await page.getByRole("log").evaluate((log) => Math.round(log.scrollTop)),
      0,
    );

    await scroll(page, -900);
    await page.getByRole("button", { name: "Jump to latest" }).waitFor();
    const key = await firstInView(page);
    const top = await placeOf(page, key);
    await say(other, "second, of some height\n\n\n\n\nas one can see");
    await say(other, "third");
    await page.getByRole("button", { name: "2 new messages" }).waitFor();
    assert(Math.abs(await placeOf(page, key) - top) <= 2);
    await saveScreenshots(page, "room-new-below");
    await page.getByRole("button", { name: "2 new messages" }).click();
    await page.getByRole("button", { name: /new messages|Jump/ }).waitFor({
      state: "detached",
    });
    // The line stands before the first of them.
    const line = page.locator(".day.fresh");
    assertEquals(await line.count(), 1);
    assert(
      await line.evaluate((line) =>
        line.nextElementSibling!.textContent!.includes("second")
      ),
    );
    // Who answers has read.
    await say(page, "thanks");
    await line.waitFor({ state: "detached" });
  },
);

stageTest(
  "what came while one was away is marked on return",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    await using member = await browser.person(await app.signIn("demo-member"));
    const page = await owner.open(ROOM);
    await live(page);
    await page.goto("/settings");
    const other = await member.open(ROOM);
    await live(other);
    await say(other, "while you were away");
    await rows(other).last().locator("xpath=self::*[@data-state='sent']")
      .waitFor();
    await page.goto(ROOM);
    const line = page.locator(".day.fresh");
    await line.waitFor();
    assert(
      await line.evaluate((line) =>
        line.nextElementSibling!.textContent!.includes("while you were away")
      ),
    );
    // Seen here is read everywhere.
    const reader = await app.signIn("demo-owner");
    await waitFor(async () => {
      const path = "/api/channels/guild-demo-guild/read";
      const { read } = await (await reader.fetch(path)).json();
      return read.unread === 0;
    }, { what: "the room to be read" });
    await page.reload();
    await live(page);
    assertEquals(await line.count(), 0);
  },
);

stageTest(
  "a draft stays with its room, and goes with its sending",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const page = await owner.open(ROOM);
    await live(page);
    await field(page).fill("not finished");
    await page.goto("/messages/demo-member");
    await page.locator("button.bell[aria-expanded]").waitFor();
    assertEquals(await field(page).inputValue(), "");
    await page.goto(ROOM);
    await waitFor(
      async () => await field(page).inputValue() === "not finished",
      { what: "the draft" },
    );
    await field(page).press("Enter");
    await waitFor(
      async () => await rows(page).last().getAttribute("data-state") === "sent",
      { what: "the message" },
    );
    await page.reload();
    await page.locator("button.bell[aria-expanded]").waitFor();
    assertEquals(await field(page).inputValue(), "");
  },
);

stageTest(
  "what was refused says so and can be tried again or discarded",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const page = await owner.open(ROOM);
    await live(page);
    await page.route(
      "**/messages",
      (route) =>
        route.request().method() === "POST"
          ? route.fulfill({
            status: 400,
            json: { title: "No", detail: "Refused for this test" },
          })
          : route.continue(),
    );
    await say(page, "one to try again");
    await say(page, "one to discard");
    const failed = page.locator('[data-state="failed"]');
    await waitFor(async () => await failed.count() === 2, {
      what: "both to fail",
    });
    await failed.first().getByText("Refused for this test").waitFor();
    await saveScreenshots(page, "room-failed");
    await failed.last().getByRole("button", { name: "Discard" }).click();
    await waitFor(async () => await failed.count() === 1, {
      what: "the discarded one to go",
    });
    await page.unroute("**/messages");
    await failed.getByRole("button", { name: "Try again" }).click();
    await waitFor(async () => await failed.count() === 0, {
      what: "the other one to be sent",
    });
    await page.reload();
    assertEquals(await page.getByText("one to try again").count(), 1);
    assertEquals(await page.getByText("one to discard").count(), 0);
  },
);

stageTest(
  "messages are nodes: no markup of theirs becomes the page's",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const page = await owner.open(ROOM);
    await live(page);
    const text =
      `<img src=x onerror="globalThis.hit=1"><b>bold</b> javascript:alert(1) https://example.com/?q=<script>`;
    await say(page, text);
    await waitFor(
      async () => await rows(page).last().getAttribute("data-state") === "sent",
      { what: "the message" },
    );
    for (const reload of [false, true]) {
      if (reload) await page.reload();
      const last = rows(page).last();
      assertEquals(await last.locator(".message-text").textContent(), text);
      assertEquals(await last.locator("img, b, script").count(), 0);
      assertEquals(
        await last.locator(".message-text a").evaluateAll((links) =>
          links.map((link) => link.getAttribute("href"))
        ),
        ["https://example.com/?q="],
      );
    }
    assertEquals(await page.evaluate(() => "hit" in globalThis), false);
  },
);

stageTest(
  "on a phone the members come in from the side, and the composer stays in view",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"), {
      device: "phone",
    });
    const page = await owner.open(ROOM);
    await live(page);
    assert(
      await field(page).evaluate((field) =>
        field.getBoundingClientRect().bottom <= innerHeight
      ),
    );
    const pane = page.locator("#members");
    assertEquals(await pane.isVisible(), false);
    await page.getByRole("button", { name: "Show members" }).click();
    await pane.getByText("Inês Duarte").waitFor();
    await page.keyboard.press("Escape");
    await pane.waitFor({ state: "hidden" });
  },
);
