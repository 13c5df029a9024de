/** What somebody chooses for a room, seen on two of their devices: a star, and of which messages they are told. */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import {
  accessibilityViolations,
  saveScreenshots,
} from "../support/browser.ts";
import { stageTest } from "../support/stage.ts";
import { waitFor } from "../support/wait.ts";

const ROOM = "/guilds/demo-guild";
const API = "/api/channels/guild-demo-guild/messages";

const link = (page: Page, name: string) =>
  page.locator("nav.rail [data-rooms] .rail-link", { hasText: name });
const namesOf = (page: Page, kind: string) =>
  page.locator(`nav.rail [data-rooms=${kind}] .rail-link > span:nth-child(2)`)
    .allTextContents();

async function live(page: Page): Promise<void> {
  await page.locator("button.bell[aria-expanded]").waitFor();
  await page.locator("nav.rail .avatar:is(.online, .offline)").first()
    .waitFor();
}

/** Opens the room's menu and presses an item of it, by keyboard. */
async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole("button", { name: "This room" }).press("Enter");
  await page.locator("#room-menu").getByRole("button", { name: item })
    .press("Enter");
}

async function level(page: Page, name: string): Promise<void> {
  await choose(page, "Notifications");
  const dialog = page.getByRole("dialog", { name: /^Notifications from/ });
  await dialog.getByRole("radio", { name }).check();
  assertEquals(await accessibilityViolations(page), []);
  await dialog.getByRole("button", { name: "Save" }).press("Enter");
  await dialog.waitFor({ state: "detached" });
}

stageTest(
  "a star and the level of notifications hold on every device, live",
  async ({ app, browser, step }) => {
    const mara = await app.signIn("demo-owner");
    const jonas = await app.signIn("demo-member");
    await using desk = await browser.person(mara);
    await using phone = await browser.person(mara, { scheme: "dark" });
    const page = await desk.open("/messages/demo-admin");
    const other = await phone.open("/settings");
    await live(page);
    await live(other);
    const say = async (content: string) => {
      const answer = await jonas.fetch(API, {
        method: "POST",
        json: { content },
      });
      await answer.body?.cancel();
      assertEquals(answer.status, 201);
    };

    await step("who is starred stands first, and goes back", async () => {
      const before = await namesOf(other, "dm");
      assert(!before[0]!.startsWith("Elena"), before.join());
      await choose(page, "Starred");
      for (const one of [page, other]) {
        await waitFor(
          async () => (await namesOf(one, "dm"))[0]!.startsWith("Elena"),
          { what: "Elena to stand first" },
        );
      }
      await other.reload();
      assert((await namesOf(other, "dm"))[0]!.startsWith("Elena"));
      await live(other);
      const item = page.locator("[data-opens=star]");
      assertEquals(await item.getAttribute("aria-pressed"), "true");
      await saveScreenshots(page, "chat-starred");
      assertEquals(await accessibilityViolations(page), []);
      // A phone has no rail: there the list of conversations has them first.
      const list = await phone.open("/messages");
      assertEquals(
        await list.locator("main .row", { has: list.locator(".star-mark") })
          .locator(".row-link").allTextContents(),
        await list.locator("main .row-link").first().allTextContents(),
      );
      await saveScreenshots(list, "messages-starred");
      assertEquals(await accessibilityViolations(list), []);
      await list.close();
      await choose(page, "Starred");
      await link(other, "Elena").locator(".star-mark").waitFor({
        state: "detached",
      });
      assertEquals(await item.getAttribute("aria-pressed"), "false");
    });

    await step("what is chosen while a page loads is in it", async () => {
      const socket = Promise.withResolvers<void>();
      await other.routeWebSocket(/\/app\//, async (route) => {
        await socket.promise;
        route.connectToServer();
      });
      await other.reload();
      const choice = await mara.fetch("/api/me/rooms/guild-demo-guild", {
        method: "PUT",
        json: { starred: true },
      });
      await choice.body?.cancel();
      assertEquals(choice.status, 200);
      assertEquals(await other.locator(".star-mark").count(), 0);
      socket.resolve();
      await link(other, "Lantern").locator(".star-mark").waitFor();
    });

    await step("a muted room is dimmed, and calls by name alone", async () => {
      await page.goto(ROOM);
      await live(page);
      await level(page, "Nothing");
      await link(other, "Lantern").and(other.locator(".muted")).waitFor();
      await say("Nobody in particular");
      await say("You, @demo-owner");
      await link(other, "Lantern").locator(".count", { hasText: /1$/ })
        .waitFor();
      await choose(page, "Notifications");
      await page.getByRole("radio", { name: "Nothing" })
        .and(page.locator(":checked:focus")).waitFor();
      await saveScreenshots(page, "chat-notices");
      await page.keyboard.press("Escape");
      await saveScreenshots(other, "chat-muted-room");
      assertEquals(await accessibilityViolations(other), []);
    });

    await step("with all messages, each is told where one is", async () => {
      await level(page, "All messages");
      await link(other, "Lantern").and(other.locator(":not(.muted)")).waitFor();
      // Whoever looks at the room has read it, and is told nothing.
      await page.goto("/ranks");
      await say("The sails are up");
      for (const one of [page, other]) {
        await one.locator(".toast", { hasText: "Jonas Lindqvist wrote in" })
          .waitFor();
      }
    });
    await step("hands have the skin tone that one chose", async () => {
      await page.goto(ROOM);
      await live(page);
      const picker = page.getByRole("dialog", { name: "Emoji" });
      const open = async () => {
        await page.getByRole("button", { name: "Emoji", exact: true })
          .press("Enter");
        await picker.getByRole("searchbox").and(page.locator(":focus"))
          .waitFor();
      };
      await open();
      await page.keyboard.press("Tab");
      // Of native radio buttons: the arrow leads around to the last.
      await page.keyboard.press("ArrowLeft");
      await picker.getByRole("radio", { name: "Dark skin tone", exact: true })
        .and(page.locator(":checked")).waitFor();
      await saveScreenshots(page, "chat-skin-tone");
      assertEquals(await accessibilityViolations(page), []);
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.type("thumbsup");
      await page.keyboard.press("Enter");
      const field = page.getByRole("textbox", { name: "Write a message" });
      assertEquals(await field.inputValue(), "👍🏿");
      await field.fill("");
      await page.reload();
      await live(page);
      await open();
      await picker.getByRole("button", { name: "wave", exact: true })
        .getByText("👋🏿").click();
      await field.press("Enter");
      await page.locator("[data-message-id]", { hasText: "👋🏿" }).waitFor();
    });
    await step("what the account's menu opens is not the room's", async () => {
      await choose(page, "Pinned messages");
      const pins = page.locator("aside.side", { hasText: "Pinned messages" });
      await pins.waitFor();
      await page.locator(".account").press("Enter");
      await page.locator("#account-menu").getByText("Set a status").click();
      await page.getByRole("dialog", { name: "Your status" }).waitFor();
      assertEquals(await pins.count(), 1);
    });
    assertEquals(
      [...desk.problems, ...phone.problems].filter((problem) =>
        !problem.includes("inline style")
      ),
      [],
    );
  },
);
