/** The people of a room: their cards, and whether they are here, seen in two browsers. */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import {
  accessibilityViolations,
  saveScreenshots,
} from "../support/browser.ts";
import { stageTest } from "../support/stage.ts";

const ROOM = "/guilds/demo-guild";
const card = (page: Page) => page.getByRole("dialog", { name: /^About/ });
const field = (page: Page) =>
  page.getByRole("textbox", { name: "Write a message" });
const inRail = (page: Page, name: string) =>
  page.locator("nav.rail .rail-link", { hasText: name }).locator(".avatar");

async function say(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await field(page).press("Enter");
  await page.locator("[data-state=sent]", { hasText: text }).waitFor();
}

stageTest(
  "a name opens who it is, and the rail shows who is here",
  async ({ app, browser, step }) => {
    const other = await app.signIn("demo-member");
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const page = await owner.open(ROOM);
    await page.locator("button.bell[aria-expanded]").waitFor();

    await step("who is away has no dot, who comes gets one", async () => {
      await inRail(page, "Jonas").and(page.locator(".offline")).waitFor();
      const member = await browser.person(other);
      const theirs = await member.open("/ranks");
      await inRail(page, "Jonas").and(page.locator(".online")).waitFor();

      await other.fetch("/api/me/status", {
        method: "PUT",
        json: { state: "dnd", text: "Mending sails", emoji: "⛵" },
      });
      await inRail(page, "Jonas").and(page.locator(".dnd")).waitFor();
      await page.getByRole("link", {
        name: /^Jonas Lindqvist.*do not disturb/,
      }).waitFor();
      await other.fetch("/api/me/status", {
        method: "PUT",
        json: { state: "auto", text: "Mending sails", emoji: "⛵" },
      });
      await inRail(page, "Jonas").and(page.locator(".online")).waitFor();
      await theirs.close();
      await member[Symbol.asyncDispose]();
      await inRail(page, "Jonas").and(page.locator(".offline")).waitFor();
    });

    await using member = await browser.person(other);
    const theirs = await member.open(ROOM);
    await inRail(page, "Jonas").and(page.locator(".online")).waitFor();
    await say(theirs, "The harbour is free, @demo-owner");

    await step("the name opens the card, by keyboard", async () => {
      const name = page.locator("a.message-author", { hasText: "Jonas" })
        .last();
      await name.focus();
      await page.keyboard.press("Enter");
      await card(page).getByText("@demo-member").waitFor();
      await card(page).getByText("Mending sails").waitFor();
      await card(page).getByText(/^online/).waitFor();
      await card(page).getByRole("link", { name: "View profile" }).waitFor();
      assertEquals(await accessibilityViolations(page), []);
      await saveScreenshots(page, "chat-person-card");
      await page.keyboard.press("Escape");
      await card(page).waitFor({ state: "hidden" });
      assert(
        await name.evaluate((one) => one === document.activeElement),
        "the focus is back at the name",
      );
    });

    await step(
      "a mention and a member of the pane open it too",
      async () => {
        await theirs.locator("a.mention", { hasText: "@demo-owner" }).last()
          .click();
        await card(theirs).getByRole("heading", { name: "Mara Okafor" })
          .waitFor();
        await theirs.keyboard.press("Escape");
        await page.locator("a.person", { hasText: "Jonas" }).click();
        await card(page).getByRole("heading", { name: "Jonas" }).waitFor();
        await page.keyboard.press("Escape");
        await card(page).waitFor({ state: "hidden" });
      },
    );

    await step("from the card one names somebody", async () => {
      await field(page).fill("Ask");
      await page.locator("a.message-author", { hasText: "Jonas" }).last()
        .click();
      await card(page).getByRole("button", { name: "Mention" }).click();
      assertEquals(await field(page).inputValue(), "Ask @demo-member ");
      assert(
        await field(page).evaluate((one) => one === document.activeElement),
      );
      await field(page).fill("");
    });

    await step("an address pasted over words is their link", async () => {
      await field(page).fill("See the plan");
      await field(page).evaluate((box) => {
        (box as HTMLTextAreaElement).setSelectionRange(8, 12);
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", "https://nexora.test/plan");
        box.dispatchEvent(
          new ClipboardEvent("paste", {
            clipboardData,
            bubbles: true,
            cancelable: true,
          }),
        );
      });
      assertEquals(
        await field(page).inputValue(),
        "See the [plan](https://nexora.test/plan)",
      );
      await field(page).fill("");
    });

    await step("mutes them, and takes it back", async () => {
      const open = () =>
        page.locator("a.message-author", { hasText: "Jonas" }).last().click();
      await open();
      await card(page).getByRole("button", { name: "Mute", exact: true })
        .click();
      await card(page).getByRole("button", { name: "Unmute" }).waitFor();
      const inTheRail = page.locator("nav.rail .rail-link", {
        hasText: "Jonas",
      });
      await inTheRail.and(page.locator(".muted")).waitFor();
      await page.keyboard.press("Escape");
      await open();
      await card(page).getByRole("button", { name: "Unmute" }).click();
      await card(page).getByRole("button", { name: "Mute", exact: true })
        .waitFor();
      await inTheRail.and(page.locator(":not(.muted)")).waitFor();
      await page.keyboard.press("Escape");
    });

    await step("blocks them, and then sees them no more", async () => {
      await theirs.locator("a.message-author", { hasText: "Mara" }).last()
        .click();
      await card(theirs).getByRole("button", { name: "Block" }).click();
      await theirs.getByRole("dialog", { name: /Block Mara/ }).getByRole(
        "button",
        { name: "Block" },
      ).click();
      await theirs.getByText("You have blocked Mara Okafor").first()
        .waitFor();
      // Who was blocked is not told how they can be reached.
      await page.locator("a.message-author", { hasText: "Jonas" }).last()
        .click();
      await card(page).getByText("@demo-member").waitFor();
      assertEquals(await card(page).getByText(/^online/).count(), 0);
      await page.keyboard.press("Escape");
    });

    await step("with a key held, the name is a link", async () => {
      const [profile] = await Promise.all([
        owner.context.waitForEvent("page"),
        page.locator("a.message-author", { hasText: "Jonas" }).last()
          .click({ modifiers: ["ControlOrMeta"] }),
      ]);
      await profile.waitForURL(/people\/demo-member/);
    });
    assertEquals([...owner.problems, ...member.problems], []);
  },
);
