/** Keeping order in a room, and what readers do with messages, pressed in two browsers. */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
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
const dialog = (page: Page) => page.getByRole("dialog").last();

async function say(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await field(page).press("Enter");
  await row(page, text).and(page.locator("[data-state=sent]")).waitFor();
}

/** Opens a message's menu and takes what it offers. */
async function act(page: Page, text: string, what: string): Promise<void> {
  await row(page, text).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: what }).click();
}

/** Opens the room's own menu and takes what it offers. */
async function inMenu(page: Page, what: string): Promise<void> {
  await page.getByRole("button", { name: "This room" }).click();
  await page.locator("#room-menu").getByText(what).click();
}

stageTest(
  "readers, versions, forwarding, reports, mutes, slow mode and blocks",
  async ({ app, browser, step }) => {
    const mara = await app.signIn("demo-owner");
    await using owner = await browser.person(mara, { scheme: "dark" });
    await using member = await browser.person(
      await app.signIn("demo-member"),
    );
    const boss = await owner.open(ROOM);
    const page = await member.open(ROOM);
    for (const one of [boss, page]) {
      await one.locator("button.bell[aria-expanded]").waitFor();
    }

    await step("who has read it", async () => {
      await say(boss, "Bring the long ladder");
      await row(page, "long ladder").waitFor();
      // The dialog asks once: by then the other's browser must have told.
      const id = await row(boss, "long ladder").getAttribute("data-message-id");
      await waitFor(async () => {
        const answer = await mara.fetch(
          `/api/channels/guild-demo-guild/messages/${id}/readers`,
        );
        return (await answer.json()).readers.length > 0;
      }, { what: "somebody to have read it" });
      await act(boss, "long ladder", "Seen by");
      await dialog(boss).getByText("Jonas Lindqvist").waitFor();
      await boss.keyboard.press("Escape");
    });

    await step("what it said before", async () => {
      await act(boss, "long ladder", "Edit");
      const edit = boss.getByRole("textbox", { name: "Edit the message" });
      await edit.fill("Bring the short ladder");
      await edit.press("Enter");
      await row(page, "short ladder").waitFor();
      await act(boss, "short ladder", "Earlier versions");
      await dialog(boss).getByText("Bring the long ladder").waitFor();
      await saveScreenshots(boss, "chat-versions");
      await boss.keyboard.press("Escape");
    });

    await step("forwarded into a conversation", async () => {
      await act(page, "short ladder", "Forward");
      await page.locator(".proposals .menu-item", { hasText: "Mara Okafor" })
        .click();
      await page.getByText("Forwarded to Mara Okafor").first().waitFor();
      const direct = await owner.open("/messages/demo-member");
      await direct.getByRole("log").getByText("Bring the short ladder")
        .first().waitFor();
      await direct.close();
    });

    await step("reported, and answered by an officer", async () => {
      await say(page, "Buy my lanterns, only today");
      await row(boss, "Buy my lanterns").waitFor();
      await act(boss, "Buy my lanterns", "Report to the officers");
      await dialog(boss).getByLabel("Something else").check();
      await saveScreenshots(boss, "chat-report");
      assertEquals(await accessibilityViolations(boss), []);
      await dialog(boss).getByRole("button", { name: "Send the report" })
        .click();
      await boss.getByText("Reported", { exact: true }).first().waitFor();
      await inMenu(boss, "Reports");
      await boss.getByRole("button", { name: "Resolved" }).click();
      await boss.getByText("No report waits for an answer.").waitFor();
      await saveScreenshots(boss, "chat-reports");
      await boss.getByRole("button", { name: "Close" }).first().click();
    });

    await step(
      "slow mode makes the next message wait, and says for how long",
      async () => {
        await inMenu(boss, "Room settings");
        await boss.getByLabel("Slow mode").selectOption("5");
        await say(page, "First of a while");
        await page.getByText(/Slow mode: \d+ seconds? to wait/).waitFor();
        await boss.getByLabel("Slow mode").selectOption("0");
        await saveScreenshots(boss, "chat-room-settings");
        assertEquals(await accessibilityViolations(boss), []);
        await boss.getByRole("button", { name: "Close" }).first().click();
      },
    );

    await step(
      "muted, one is told and cannot write; lifted, one can",
      async () => {
        await act(boss, "First of a while", "Mute the author here");
        await dialog(boss).getByLabel(/Reason/).fill("Cool down");
        await dialog(boss).getByRole("button", { name: "Mute", exact: true })
          .click();
        await page.getByText(/You are muted in this room/).first().waitFor();
        await inMenu(boss, "Room settings");
        await boss.getByRole("button", { name: "Lift" }).click();
        await field(page).waitFor();
        await boss.getByRole("button", { name: "Close" }).first().click();
      },
    );

    await step(
      "blocked, neither writes to the other directly",
      async () => {
        await act(page, "short ladder", "Block the author");
        await dialog(page).getByRole("button", { name: "Block" }).click();
        const direct = await member.open("/messages/demo-owner");
        await direct.getByText(/has blocked the other/).first().waitFor();
        await direct.close();
      },
    );
  },
);
