/** What people do with messages, seen live in two browsers. */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import {
  accessibilityViolations,
  saveScreenshots,
} from "../support/browser.ts";
import { waitFor } from "../support/wait.ts";
import { stageTest } from "../support/stage.ts";

const ROOM = "/guilds/demo-guild";
const field = (page: Page) =>
  page.getByRole("textbox", { name: "Write a message" });
const row = (page: Page, text: string) =>
  page.locator(".chat:not(.thread) [data-message-id]", { hasText: text });

async function live(page: Page): Promise<void> {
  await page.locator("button.bell[aria-expanded]").waitFor();
  await page.locator(".person[data-online=true]").first().waitFor({
    state: "attached",
  });
}

/** Writes it, and waits until it has arrived; `shown` is what of it can be read. */
async function say(page: Page, text: string, shown = text): Promise<void> {
  await field(page).fill(text);
  await field(page).press("Enter");
  await row(page, shown).and(page.locator("[data-state=sent]")).waitFor();
}

stageTest(
  "reactions, threads, edits, pins and deletions show in both browsers",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    await using member = await browser.person(await app.signIn("demo-member"));
    const page = await owner.open(ROOM);
    const other = await member.open(ROOM);
    await live(page);
    await live(other);
    await say(page, "Ship the **lantern** today?", "Ship the lantern");
    await row(other, "lantern").locator("strong").waitFor();

    await row(other, "lantern").hover();
    await other.getByRole("button", { name: "React with 🎉" }).click();
    await row(page, "lantern").getByRole("button", { name: /🎉/ }).waitFor();

    await row(other, "lantern").hover();
    await other.getByRole("button", { name: "Reply in thread" }).click();
    const reply = other.getByRole("textbox", { name: "Write a reply" });
    await reply.fill("After lunch");
    await reply.press("Enter");
    const line = row(page, "lantern").getByRole("button", { name: /1 reply/ });
    await line.click();
    await page.locator(".thread").getByText("After lunch").waitFor();
    // A reply stands in its thread and not in the room.
    assertEquals(await row(page, "After lunch").count(), 0);
    await saveScreenshots(page, "chat-thread");
    assertEquals(await accessibilityViolations(page), []);
    await page.getByRole("button", { name: "Close" }).click();

    // Arrow up edits the last own message.
    await field(page).press("ArrowUp");
    const edit = page.getByRole("textbox", { name: "Edit the message" });
    await edit.fill("Ship the lantern tomorrow?");
    await edit.press("Enter");
    await row(other, "lantern tomorrow").getByText("edited").waitFor();

    await row(page, "lantern tomorrow").focus();
    await page.keyboard.press("p");
    await row(other, "lantern tomorrow").getByText("Pinned").waitFor();
    await page.keyboard.press("Delete");
    await saveScreenshots(page, "chat-delete");
    await page.getByRole("dialog").getByRole("button", { name: "Delete" })
      .click();
    await row(other, "This message was deleted.").waitFor();
    assertEquals([...owner.problems, ...member.problems], []);
  },
);

stageTest(
  "the rail tells of unread rooms and mentions, on every tab, and a room opened is read",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    await using member = await browser.person(await app.signIn("demo-member"));
    const home = await owner.open(ROOM);
    await live(home);
    await home.goto("/settings");
    const other = await member.open(ROOM);
    await live(other);
    await say(other, "where is @demo-owner today");
    const link = home.locator(".rail-link.unread", {
      hasText: "Lantern Works",
    });
    await link.getByText("1", { exact: true }).waitFor();
    const second = await owner.open(ROOM);
    await second.locator(".day.fresh").waitFor();
    await link.waitFor({ state: "detached" });
  },
);

stageTest(
  "a search leads to a message far back, loads around it and back to the newest",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const page = await owner.open("/search/messages?q=ferry+passengers");
    await saveScreenshots(page, "search-messages");
    await page.locator("a.row-link").first().click();
    const found = page.locator(".message.found");
    await found.waitFor();
    assert(
      await found.evaluate((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      }),
    );
    await page.getByRole("button", { name: "Jump to latest" }).click();
    await page.getByText("Proud of you all").waitFor();
  },
);

stageTest(
  "what is scheduled leaves the field, and can be taken back; the switcher leads to a room",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const page = await owner.open(ROOM);
    await live(page);
    await field(page).fill("Later, then");
    await page.getByRole("button", { name: "Send later" }).click();
    await page.getByRole("button", { name: /In an hour/ }).click();
    await waitFor(async () => await field(page).inputValue() === "", {
      what: "the field to be empty",
    });
    await page.getByRole("button", { name: "This room" }).click();
    await page.locator("#room-menu").getByText("Scheduled messages").click();
    await page.locator(".side-card").getByText("Later, then").waitFor();
    await page.getByRole("button", { name: "Do not send" }).click();
    await page.getByText("You have nothing scheduled").waitFor();

    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("jonas");
    await page.getByRole("option", { name: /Jonas Lindqvist/ }).waitFor();
    assertEquals(await accessibilityViolations(page), []);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/messages/demo-member");
  },
);

stageTest(
  "a long room draws what is near, is never blank, and nothing moves by more than 2 px while one reads upwards",
  async ({ app, browser }) => {
    const who = await app.signIn("demo-owner");
    for (let n = 0; n < 400; n += 20) {
      await Promise.all(Array.from({ length: 20 }, async (_, i) => {
        const response = await who.fetch(
          "/api/channels/guild-demo-guild/messages",
          {
            method: "POST",
            json: { content: `m ${n + i} ${"word ".repeat((n + i) % 40)}` },
          },
        );
        await response.body?.cancel();
        assertEquals(response.status, 201);
      }));
    }
    await using owner = await browser.person(who);
    const page = await owner.open(ROOM);
    await live(page);
    const seen = await page.getByRole("log").evaluate(async (log) => {
      const frame = () =>
        new Promise((resolve) =>
          requestAnimationFrame(() => setTimeout(resolve))
        );
      const rows = () => [...log.querySelectorAll<HTMLElement>("[data-key]")];
      const top = (row: Element) => row.getBoundingClientRect().top;
      let [moved, drawn, blank] = [0, 0, 0];
      for (let steps = 0; steps < 200; steps++) {
        const before = log.scrollTop;
        log.scrollTop -= 400;
        await frame();
        const edge = top(log);
        const row = rows().find((one) => top(one) >= edge);
        if (!row || top(row) > edge + 600) blank++;
        const [key, at] = [row?.dataset.key, row ? top(row) : 0];
        for (let frames = 0; frames < 4; frames++) await frame();
        const again = rows().find((one) => one.dataset.key === key);
        if (again) moved = Math.max(moved, Math.abs(top(again) - at));
        drawn = Math.max(drawn, rows().length);
        const end = log.querySelector(".history-start") !== null;
        if (end && log.scrollTop === before) break;
      }
      return { moved, drawn, blank };
    });
    assert(seen.moved <= 2, `moved by ${seen.moved} px`);
    assert(seen.drawn <= 220, `${seen.drawn} rows are drawn`);
    assertEquals(seen.blank, 0);
    await page.getByRole("button", { name: "Jump to latest" }).click();
    const last = page.locator(".history [data-message-id]").last();
    await waitFor(
      async () => /m 3[89]\d/.test(await last.textContent() ?? ""),
      { what: "the newest messages" },
    );
  },
);
