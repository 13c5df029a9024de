/** Threads that one follows: what is new in them, on two devices and for two people. */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import {
  accessibilityViolations,
  saveScreenshots,
} from "../support/browser.ts";
import { stageTest } from "../support/stage.ts";

const ROOM = "/guilds/demo-guild";
const API = "/api/channels/guild-demo-guild/messages";
const row = (page: Page, text: string) =>
  page.locator(".chat:not(.thread) [data-message-id]", { hasText: text });
const news = (page: Page, text: string) =>
  row(page, text).locator(".thread-new");
const inRail = (page: Page) => page.locator("nav.rail a[href='/threads']");
const reply = (page: Page) =>
  page.getByRole("textbox", { name: "Write a reply" });

stageTest(
  "a thread's new replies are counted until they are read, on any device",
  async ({ app, browser, step }) => {
    const boss = await app.signIn("demo-owner");
    const other = await app.signIn("demo-member");
    const say = async (content: string, parentId?: string) => {
      const answer = await other.fetch(API, {
        method: "POST",
        json: { content, ...(parentId && { parentId }) },
      });
      assertEquals(answer.status, 201);
      return (await answer.json()).message.id as string;
    };
    const began = await boss.fetch(API, {
      method: "POST",
      json: { content: "Which lamp for the pier?" },
    });
    const { message: { id } } = await began.json();
    await using owner = await browser.person(boss);
    await using device = await browser.person(boss);
    const page = await owner.open(ROOM);
    const desk = await device.open(ROOM);
    for (const one of [page, desk]) {
      await one.locator("button.bell[aria-expanded]").waitFor();
      await inRail(one).waitFor();
    }

    await step("who began it follows, and sees what is new", async () => {
      await say("The blue one", id);
      await say("Or the green one", id);
      for (const one of [page, desk]) {
        await news(one, "Which lamp").getByText("2 new").waitFor();
        await inRail(one).getByText("1 with new replies").waitFor({
          state: "attached",
        });
      }
      assertEquals(await accessibilityViolations(page), []);
      await saveScreenshots(page, "chat-thread-new");
    });

    await step("it is there after a reload", async () => {
      await desk.reload();
      await news(desk, "Which lamp").getByText("2 new").waitFor();
    });

    await step("the list shows it, and leads to the first", async () => {
      const list = await device.open("/threads");
      const card = list.locator(".thread-card", { hasText: "Which lamp" });
      await card.getByText("2 new").waitFor();
      await card.getByText("Or the green one").waitFor();
      await card.getByRole("button", { name: "Unfollow" }).waitFor();
      assertEquals(await accessibilityViolations(list), []);
      await saveScreenshots(list, "threads");
      await say("Green, I say", id);
      await list.getByRole("link", { name: "New replies in 1 thread" })
        .click();
      await card.getByText("3 new").waitFor();
      await card.getByRole("link", { name: "Open thread" }).click();
      await list.locator(".chat.thread .history").getByText("Green, I say")
        .waitFor();
      // Opened here, it is read there.
      await news(list, "Which lamp").waitFor({ state: "detached" });
      await news(page, "Which lamp").waitFor({ state: "detached" });
      await inRail(page).locator(".count").waitFor({ state: "detached" });
      await list.close();
    });

    await step(
      "code in the list can be copied, on a narrow phone",
      async () => {
        await using narrow = await browser.person(boss, { device: "phone" });
        await say('```ts\nconst lamp = "green";\n```\n:tada:', id);
        await narrow.context.grantPermissions([
          "clipboard-read",
          "clipboard-write",
        ]);
        const list = await narrow.open("/threads");
        await list.setViewportSize({ width: 360, height: 740 });
        const card = list.locator(".thread-card", { hasText: "Which lamp" });
        await card.locator(".code-block .token.keyword").waitFor();
        await card.getByText("🎉").waitFor();
        await card.getByRole("button", { name: "Copy the code" }).press(
          "Enter",
        );
        await card.getByRole("button", { name: "Copied" }).waitFor();
        assertEquals(
          await list.evaluate(() => navigator.clipboard.readText()),
          'const lamp = "green";',
        );
        assertEquals(
          await list.evaluate(() => document.documentElement.scrollWidth),
          360,
        );
        assertEquals(await accessibilityViolations(list), []);
        await saveScreenshots(list, "threads-code");
      },
    );

    await step("in the open thread nothing stays new", async () => {
      await row(page, "Which lamp").locator("button.thread-line").click();
      await reply(page).waitFor();
      await say("Done", id);
      await page.locator(".chat.thread .history").getByText("Done").waitFor();
      await news(desk, "Which lamp").waitFor({ state: "detached" });
      const state = await boss.fetch(
        `/api/channels/guild-demo-guild/threads/${id}/state`,
      );
      assertEquals((await state.json()).state.following, true);
    });

    await step("left by hand, it is not counted any more", async () => {
      await page.getByRole("button", { name: "You follow this thread" })
        .click();
      await page.getByRole("button", { name: "Follow this thread" })
        .waitFor();
      await saveScreenshots(page, "chat-thread-follow");
      await page.locator("aside.side").getByRole("button", { name: "Close" })
        .click();
      await say("Nobody hears this", id);
      await row(desk, "Which lamp").getByText("6 replies").waitFor();
      assertEquals(await news(desk, "Which lamp").count(), 0);
    });

    await step("who answers follows", async () => {
      const asked = await say("Who has the ladder?");
      await row(page, "Who has the ladder").focus();
      await page.keyboard.press("r");
      await reply(page).fill("I do");
      await reply(page).press("Enter");
      await page.getByRole("button", { name: "You follow this thread" })
        .waitFor();
      await say("Thanks", asked);
      await page.locator(".chat.thread .history").getByText("Thanks")
        .waitFor();
    });
    assertEquals([...owner.problems, ...device.problems], []);
  },
);
