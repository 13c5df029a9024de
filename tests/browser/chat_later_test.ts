/** What chat promises about time: what is sent later, where a day begins, what was set while a page was loading. */
import { assert, assertEquals } from "@std/assert";
import {
  accessibilityViolations,
  saveScreenshots,
} from "../support/browser.ts";
import {
  inPane,
  inRoom,
  messageField,
  ROOM_API,
} from "../support/guild_room.ts";
import { stageTest } from "../support/stage.ts";

stageTest(
  "what is scheduled comes at its time; a day is found; no status is missed while a page loads",
  async ({ app, browser, step }) => {
    const mara = await app.signIn("demo-owner");
    const jonas = await app.signIn("demo-member");
    await using owner = await browser.person(mara);
    await using member = await browser.person(jonas);
    const page = await inRoom(owner);
    const other = await inRoom(member);

    await step(
      "what is scheduled waits in the list, takes other words, and comes at its time, once",
      async () => {
        await messageField(page).fill("The ferry leaves at six");
        await page.getByRole("button", { name: "Send later" }).click();
        await page.getByRole("button", { name: /Tomorrow/ }).click();
        await page.getByRole("button", { name: "Show", exact: true }).click();
        const card = page.locator(".side-card");
        await card.getByText("The ferry leaves at six").waitFor();
        await saveScreenshots(page, "chat-scheduled");
        assertEquals(await accessibilityViolations(page), []);
        await card.getByRole("button", { name: "Edit" }).click();
        await card.getByRole("textbox", { name: "Edit the message" })
          .fill("The ferry leaves at seven");
        await card.getByRole("button", { name: "Save" }).click();
        await card.getByText("The ferry leaves at seven").waitFor();

        // Another device of theirs moves it: to a time that a test can wait for.
        const { scheduled } = await mara.must("GET", `${ROOM_API}/scheduled`);
        assertEquals(scheduled.length, 1);
        const sendAt = Date.now() + 2_000;
        await mara.must("PATCH", `${ROOM_API}/scheduled/${scheduled[0].id}`, {
          sendAt,
        });
        assertEquals(await other.getByText("The ferry leaves at").count(), 0);
        const row = other.locator("[data-message-id]", {
          hasText: "The ferry leaves at seven",
        });
        await row.waitFor();
        assert(Date.now() >= sendAt, "it came before its time");
        await page.getByText("You have nothing scheduled").waitFor();
        assertEquals(await row.count(), 1);
        assertEquals(await other.getByText("leaves at six").count(), 0);
        await page.getByRole("button", { name: "Close" }).click();
      },
    );

    await step("a day leads to its first message", async () => {
      const said: { id: string; sentAt: number }[] = [];
      let before: string | null = "";
      while (before !== null) {
        const query: string = before && `&before=${before}`;
        const { messages, before: next } = await mara.must(
          "GET",
          `${ROOM_API}/messages?limit=100${query}`,
        );
        said.push(...messages);
        before = next;
      }
      const dayOf = (at: number) =>
        new Date(at).toLocaleDateString("sv", { timeZone: "Europe/Berlin" });
      // A day without words leads to the next one that has some.
      const days = new Set(said.map(({ sentAt }) => dayOf(sentAt)));
      let [some, quiet] = ["", ""];
      for (let at = said.at(-1)!.sentAt; at < Date.now(); at += 86_400_000) {
        const day = dayOf(at);
        if (days.has(day)) {
          some ||= day === dayOf(said.at(-1)!.sentAt) ? "" : day;
        } else quiet ||= day;
      }
      for (const day of [some, quiet]) {
        const first = said.findLast(({ sentAt }) => dayOf(sentAt) >= day)!;
        await page.getByRole("button", { name: "This room" }).press("Enter");
        await page.getByRole("button", { name: "Go to a day" }).press("Enter");
        const field = page.getByLabel("Day", { exact: true });
        await field.fill(day);
        if (day === some) {
          await saveScreenshots(page, "chat-day");
          assertEquals(await accessibilityViolations(page), []);
        }
        await field.press("Enter");
        await page.locator(`.found[data-message-id="${first.id}"]`).waitFor();
      }
      await page.getByRole("button", { name: "Jump to latest" }).click();
    });

    await step(
      "a status that is set while the pane loads is in it, whichever answer is late",
      async () => {
        const says = (text: string) =>
          jonas.must("PUT", "/api/me/status", {
            state: "auto",
            text,
            emoji: "",
          });
        await says("At the dentist");
        // The pane has its list, and nothing is heard yet.
        const socket = Promise.withResolvers<void>();
        const walking = Promise.withResolvers<void>();
        await page.routeWebSocket(/\/app\//, async (route) => {
          await socket.promise;
          route.connectToServer().onMessage((frame) => {
            route.send(frame);
            if (String(frame).includes("Out for a walk")) walking.resolve();
          });
        });
        const listed = page.waitForResponse((answer) =>
          answer.url().endsWith("/statuses") && answer.url().includes("guild")
        );
        await page.reload();
        await (await listed).finished();
        await says("Back at the desk");
        socket.resolve();
        await inPane(page, "Jonas").getByText("Back at the desk").waitFor();

        // The list is made, the socket tells of what comes after it, and then the list arrives.
        const answered = Promise.withResolvers<void>();
        await page.route(/guild-demo-guild\/statuses$/, async (route) => {
          const response = await route.fetch();
          answered.resolve();
          await walking.promise;
          // What a frame does, it does before this is asked.
          await page.evaluate(() => 0);
          await route.fulfill({ response });
        });
        const delivered = page.waitForResponse(/guild-demo-guild\/statuses$/);
        await page.reload();
        await answered.promise;
        await page.locator(".person[data-online=true]").first().waitFor();
        await says("Out for a walk");
        await (await delivered).finished();
        await inPane(page, "Jonas").getByText("Out for a walk").waitFor();
      },
    );
    assertEquals(
      [...owner.problems, ...member.problems]
        .filter((problem) => !problem.includes("inline style")),
      [],
    );
  },
);
