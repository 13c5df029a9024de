/** What can be done with a notification where it is read: answer it, put it off, take it away and back, ask why. */
import { assert, assertEquals } from "@std/assert";
import {
  accessibilityViolations,
  saveScreenshots,
} from "../support/browser.ts";
import { stageTest } from "../support/stage.ts";
import { waitFor } from "../support/wait.ts";

stageTest(
  "notifications are answered, snoozed, deleted and explained",
  async ({ app, browser, step }) => {
    const who = await app.signIn("demo-owner");
    await using owner = await browser.person(who);
    const page = await owner.open("/notifications");
    await page.locator("button.bell[aria-expanded]").waitFor();
    const rows = page.locator("main .note");
    const titled = (text: string | RegExp) => rows.filter({ hasText: text });

    await step(
      "opening the bell is seeing what is in it, on every tab",
      async () => {
        const counts = async () =>
          await (await who.fetch("/api/notifications/unread-count")).json();
        assert((await counts()).unseen > 0);
        await page.locator("button.bell").click();
        await page.locator("#inbox .note").first().waitFor();
        await waitFor(async () => (await counts()).unseen === 0, {
          what: "everything to be seen",
        });
        assert((await counts()).count > 0, "seen is not read");
        await page.keyboard.press("Escape");
      },
    );

    await step("an invitation is accepted in place", async () => {
      const invitation = titled("invites you").first();
      await invitation.scrollIntoViewIfNeeded();
      await invitation.getByRole("button", { name: "Accept" }).click();
      await waitFor(async () => {
        const answer = await (await who.fetch("/api/me/guilds")).json();
        return JSON.stringify(answer).includes("open-canvas");
      }, { what: "the membership" });
    });

    const first = rows.first();
    const title = await first.locator(".note-title").textContent();
    const name = title!.replace(/^Unread:/, "").trim();

    await step(
      "it can be put off until tomorrow, and brought back",
      async () => {
        await first.getByRole("button", { name: /^More/ }).click();
        const menu = page.locator(".note-menu:popover-open");
        await menu.waitFor();
        await saveScreenshots(page, "notification-menu");
        assertEquals(await accessibilityViolations(page), []);
        await menu.getByRole("button", { name: "Remind me tomorrow morning" })
          .click();
        await titled(name).first().waitFor({ state: "detached" });
        const later = await owner.open("/notifications?filter=snoozed");
        const waiting = later.locator("main .note", { hasText: name });
        await waiting.waitFor();
        await waiting.getByRole("button", { name: /^More/ }).click();
        await later.getByRole("button", { name: "Bring it back now" })
          .click();
        await titled(name).first().waitFor();
        await later.close();
      },
    );

    await step("deleted, it can be taken back", async () => {
      await titled(name).first().locator(".note-title").focus();
      await page.keyboard.press("#");
      await titled(name).first().waitFor({ state: "detached" });
      await page.getByRole("button", { name: "Undo" }).click();
      await titled(name).first().waitFor();
    });

    await step("the archive has a page of its own", async () => {
      await titled(name).first().locator(".note-title").focus();
      await page.keyboard.press("e");
      await titled(name).first().waitFor({ state: "detached" });
      await page.getByRole("button", { name: "Dismiss" }).first().click();
      await page.getByRole("link", { name: "Archived" }).click();
      await titled(name).first().waitFor();
      await titled(name).first().hover();
      await titled(name).first().getByRole("button", {
        name: /^Move back to the inbox/,
      }).click();
      await titled(name).first().waitFor({ state: "detached" });
    });

    await step("it says why it came", async () => {
      await page.goto("/notifications");
      await titled(name).first().getByRole("button", { name: /^More/ })
        .click();
      await page.getByRole("link", { name: "Why did I get this?" }).click();
      await page.waitForURL(/\/notifications\/[A-Za-z0-9]+$/);
      assertEquals(await accessibilityViolations(page), []);
      await saveScreenshots(page, "notification-why");
    });
    assertEquals(
      owner.problems.filter((problem) => !problem.includes("inline style")),
      [],
    );
  },
);
