/** What officers set holds in every tab and on every device at once. */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import {
  accessibilityViolations,
  saveScreenshots,
} from "../support/browser.ts";
import { stageTest } from "../support/stage.ts";

const ROOM = "/guilds/demo-guild";
const SETTINGS = "/api/channels/guild-demo-guild/settings";
const field = (page: Page) =>
  page.getByRole("textbox", { name: "Write a message" });
const row = (page: Page, text: string) =>
  page.locator(".chat:not(.thread) [data-message-id]", { hasText: text });
const waiting = (page: Page) =>
  page.getByText(/Slow mode: [\d,]+ seconds? to wait/).first();

stageTest(
  "slow mode counts down everywhere, and who may not write may react",
  async ({ app, browser, step }) => {
    const boss = await app.signIn("demo-owner");
    const set = async (json: unknown) => {
      const answer = await boss.fetch(SETTINGS, { method: "PATCH", json });
      assertEquals(answer.status, 200, await answer.text());
    };
    const who = await app.signIn("demo-member");
    await using member = await browser.person(who);
    await using device = await browser.person(who, { device: "phone" });
    const page = await member.open(ROOM);
    const phone = await device.open(ROOM);
    for (const one of [page, phone]) {
      await one.locator("button.bell[aria-expanded]").waitFor();
    }

    await step("what officers say it is about is in the bar", async () => {
      await using officer = await browser.person(boss);
      const theirs = await officer.open(ROOM);
      await theirs.getByRole("button", { name: "This room" }).press("Enter");
      await theirs.getByRole("button", { name: "Room settings" })
        .press("Enter");
      const topic = theirs.getByRole("textbox", { name: "Topic" });
      await topic.fill("Ferries go live on Thursday");
      await topic.press("Enter");
      await page.locator(".page-title", { hasText: "Ferries go live" })
        .waitFor();
      await phone.getByRole("button", { name: "This room" }).click();
      await phone.locator("#room-menu").getByText("Ferries go live").waitFor();
      await saveScreenshots(phone, "chat-room-menu");
      assertEquals(await accessibilityViolations(phone), []);
      await phone.keyboard.press("Escape");
      await theirs.getByRole("button", { name: "This room" }).press("Enter");
      await theirs.getByRole("button", { name: "Audit log" }).press("Enter");
      await theirs.getByText("changed the topic: Ferries go live").waitFor();
      await saveScreenshots(theirs, "chat-topic");
      await topic.waitFor({ state: "detached" });
      // A page that is opened later has it from the server; without one, the room is about what it always is.
      await page.reload();
      await page.locator(".page-title", { hasText: "Ferries go live" })
        .waitFor();
      await set({ topic: "" });
      await page.locator(".page-title", { hasText: "A small studio" })
        .waitFor();
    });

    await step(
      "the wait shows on the other device, and after a reload",
      async () => {
        await set({ slowSeconds: 3_600 });
        await field(page).fill("Only once an hour");
        await field(page).press("Enter");
        await row(page, "Only once an hour").and(
          page.locator("[data-state=sent]"),
        ).waitFor();
        await waiting(page).waitFor();
        await row(phone, "Only once an hour").waitFor();
        await waiting(phone).waitFor();
        await page.reload();
        await waiting(page).waitFor();
        await set({ slowSeconds: 0 });
        await waiting(page).waitFor({ state: "detached" });
        await waiting(phone).waitFor({ state: "detached" });
      },
    );

    await step(
      "where only officers write, others still react",
      async () => {
        await set({ permissions: { write: "owner" } });
        await page.getByText("You can read this room, but not write in it.")
          .waitFor();
        await row(page, "Only once an hour").hover();
        await page.getByRole("button", { name: "React with 🎉" }).click();
        await row(phone, "Only once an hour").getByRole("button", {
          name: /^🎉 1/,
        }).waitFor();
        await saveScreenshots(page, "chat-read-and-react");
      },
    );

    await step("and where reacting is the officers', not", async () => {
      await set({ permissions: { react: "officer" } });
      await row(page, "Only once an hour").locator(".reaction[disabled]")
        .waitFor();
      await row(page, "Only once an hour").hover();
      await page.getByRole("button", { name: "More" }).waitFor();
      assertEquals(
        await page.getByRole("button", { name: "React with 🎉" }).count(),
        0,
      );
      const id = await row(page, "Only once an hour").getAttribute(
        "data-message-id",
      );
      const refused = await who.fetch(
        `/api/channels/guild-demo-guild/messages/${id}/reactions`,
        { method: "POST", json: { emoji: "👍", on: true } },
      );
      assertEquals(refused.status, 403, await refused.text());
    });
  },
);
