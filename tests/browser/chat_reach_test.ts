/** Getting at things: by a finger, by keys, by marks of what is read, on every device of one person. */
import { assert, assertEquals } from "@std/assert";
import type { Locator, Page } from "playwright-core";
import { ROOT } from "../support/app.ts";
import {
  accessibilityViolations,
  saveScreenshots,
} from "../support/browser.ts";
import { stageTest } from "../support/stage.ts";
import { waitFor } from "../support/wait.ts";

const ROOM = "/guilds/demo-guild";

const field = (page: Page) =>
  page.getByRole("textbox", { name: "Write a message" });
const row = (page: Page, text: string) =>
  page.locator(".chat:not(.thread) [data-message-id]", { hasText: text });
const railLink = (page: Page, name: string) =>
  page.locator(".rail .rail-link", { hasText: name });

async function say(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await field(page).press("Enter");
  await row(page, text).and(page.locator("[data-state=sent]")).waitFor();
}

/** A finger that rests on a message until that is felt, and is lifted. */
async function press(page: Page, on: Locator): Promise<void> {
  const box = (await on.boundingBox())!;
  const touch = await page.context().newCDPSession(page);
  const touchPoints = [{ x: box.x + 8, y: box.y + box.height / 2 }];
  const send = (type: "touchStart" | "touchEnd", touchPoints: unknown[]) =>
    touch.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: touchPoints as { x: number; y: number }[],
    });
  await send("touchStart", touchPoints);
  await page.locator("[data-pressed]").waitFor();
  await send("touchEnd", []);
  await touch.detach();
}

/** The list of rooms is live: only then the keys of the whole site work. */
const keysReady = (page: Page) =>
  page.locator(".rail .rail-link").first().waitFor()
    .then(() =>
      waitFor(
        () =>
          page.evaluate(() =>
            performance.getEntriesByType("resource")
              .some(({ name }) => /RoomLists-/.test(name))
          ),
        { what: "the rail to be live" },
      )
    );

stageTest(
  "by finger, by keys, and marked unread",
  async ({ app, browser, step }) => {
    const ownerSession = await app.signIn("demo-owner");
    await using owner = await browser.person(ownerSession);
    await using phone = await browser.person(await app.signIn("demo-owner"), {
      device: "phone",
    });
    const memberSession = await app.signIn("demo-member");
    await using member = await browser.person(memberSession);
    const page = await owner.open(ROOM);
    const other = await member.open(ROOM);

    await step(
      "a finger that rests on a message opens its menu",
      async () => {
        const small = await phone.context.newPage();
        await small.setViewportSize({ width: 360, height: 740 });
        await small.goto(ROOM);
        await small.locator("button.bell[aria-expanded]").waitFor();
        await say(other, "Hold me for a while");
        const menu = small.getByRole("menu", {
          name: "What to do with the message",
        });
        await press(
          small,
          row(small, "Hold me").locator(".message-text"),
        );
        assert(
          await menu.evaluate((menu) => {
            const { left, right, top, bottom } = menu.getBoundingClientRect();
            return left >= 0 && right <= innerWidth && top >= 0 &&
              bottom <= innerHeight;
          }),
          "the menu is in view",
        );
        await small.screenshot({
          path: `${ROOT}tests/browser/screenshots/long-press-360.png`,
        });
        assertEquals(await accessibilityViolations(small), []);
        await small.getByRole("menuitem", { name: "Pin" }).tap();
        await row(other, "Hold me").getByText("Pinned").waitFor();
        assertEquals(await small.getByRole("menuitem").count(), 0);
        await small.close();
      },
    );

    await step(
      "the list of keys opens with ? and goes with Escape",
      async () => {
        await keysReady(page);
        await page.locator("body").press("?");
        const sheet = page.getByRole("dialog", { name: "Keys" });
        await sheet.getByText("Next unread room").waitFor();
        await saveScreenshots(page, "keys");
        assertEquals(await accessibilityViolations(page), []);
        await page.keyboard.press("Escape");
        await sheet.waitFor({ state: "detached" });
      },
    );

    await step(
      "marked unread from a message on, on all devices; Escape marks it read again",
      async () => {
        await say(other, "Read this again later");
        const elsewhere = await owner.open("/settings");
        await keysReady(elsewhere);
        await row(page, "Read this again").focus();
        await page.keyboard.press("u");
        const unread = elsewhere.locator(".rail-link.unread", {
          hasText: "Lantern Works",
        });
        await unread.waitFor();
        await field(page).press("Escape");
        await unread.waitFor({ state: "detached" });
        await elsewhere.close();
      },
    );

    await step(
      "Alt with arrows leads through the rooms, with Shift to the next unread one",
      async () => {
        const paths = await page.locator(
          ".rail .rail-link[href^='/guilds/'], .rail .rail-link[href^='/messages/']",
        )
          .evaluateAll((links) =>
            links.map((link) => link.getAttribute("href")!)
          );
        assert(paths.length >= 3, paths.join());
        const at = paths.indexOf(ROOM);
        assertEquals(at, 0);
        const next = paths[(at + 1) % paths.length]!;
        await field(page).press("Alt+ArrowDown");
        await page.waitForURL(`**${next}`);
        await keysReady(page);
        await page.keyboard.press("Alt+ArrowUp");
        await page.waitForURL(`**${ROOM}`);
        await keysReady(page);
        const direct = await member.open("/messages/demo-owner");
        await say(direct, "Only for you");
        await direct.close();
        await railLink(page, "Jonas Lindqvist").and(page.locator(".unread"))
          .waitFor();
        // Upwards, around the end: the last one of those that are unread.
        const last = await page.locator(".rail-link.unread").last()
          .getAttribute("href");
        await page.keyboard.press("Alt+Shift+ArrowUp");
        await page.waitForURL(`**${last}`);
        await page.goto(ROOM);
      },
    );

    await step(
      "a status is set from the switcher, seen by the other, and over when its time is",
      async () => {
        await other.clock.install();
        await other.reload();
        await other.locator("button.bell[aria-expanded]").waitFor();
        const person = other.locator("[data-person=demo-owner]");
        await keysReady(page);
        await page.keyboard.press("Control+k");
        await page.getByRole("combobox").fill("status");
        await page.getByRole("option", { name: "Set a status" }).click();
        const dialog = page.getByRole("dialog", { name: "Your status" });
        await dialog.getByLabel("Emoji").fill("🍞");
        await dialog.getByLabel("What are you doing?").fill("At the bakery");
        await dialog.getByLabel("Do not disturb").check();
        await dialog.getByLabel("For an hour").check();
        await saveScreenshots(page, "status");
        assertEquals(await accessibilityViolations(page), []);
        await dialog.getByRole("button", { name: "Save" }).click();
        await dialog.waitFor({ state: "detached" });
        await person.getByText("At the bakery").waitFor();
        await person.getByText("do not disturb").waitFor({
          state: "attached",
        });
        await other.clock.fastForward("01:02:00");
        await person.getByText("At the bakery").waitFor({
          state: "detached",
        });
        await person.getByText("do not disturb").waitFor({
          state: "detached",
        });
      },
    );

    assertEquals(
      [...owner.problems, ...member.problems, ...phone.problems]
        .filter((problem) => !problem.includes("inline style")),
      [],
    );
  },
);
