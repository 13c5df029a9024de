/** The bell and its panel, as people use them. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { saveScreenshots } from "../support/browser.ts";
import { waitFor } from "../support/wait.ts";
import { stageTest } from "../support/stage.ts";
import { join, openBell, unread, untilUnread } from "../support/bell.ts";

const focusedTitle = (page: Page) =>
  page.evaluate(() =>
    document.activeElement?.closest("[data-note]")?.getAttribute("data-note") ??
      null
  );

stageTest(
  "the panel is worked with the keyboard: arrows, u, e, undo, Escape",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const page = await owner.open("/");
    await page.locator("button.bell").focus();
    const before = await unread(page);
    assert(before >= 3);
    await page.keyboard.press("Enter");
    const notes = page.locator("#inbox .note");
    await notes.first().waitFor();
    const ids = await notes.evaluateAll((rows) =>
      rows.map((row) => row.getAttribute("data-note"))
    );
    await waitFor(async () => await focusedTitle(page) === ids[0], {
      what: "the first note to have the focus",
    });
    await page.keyboard.press("ArrowDown");
    assertEquals(await focusedTitle(page), ids[1]);
    await page.keyboard.press("End");
    assertEquals(await focusedTitle(page), ids.at(-1));
    await page.keyboard.press("Home");
    assertEquals(await focusedTitle(page), ids[0]);

    await page.keyboard.press("u");
    await untilUnread(page, before - 1);
    await page.keyboard.press("u");
    await untilUnread(page, before);

    // What is archived goes; the focus goes on to its neighbour; it can be brought back.
    await page.keyboard.press("e");
    await untilUnread(page, before - 1);
    await waitFor(async () => await focusedTitle(page) === ids[1], {
      what: "the next note to have the focus",
    });
    assertEquals(
      await page.locator(`#inbox [data-note="${ids[0]}"]`).count(),
      0,
    );
    await page.keyboard.press("F8");
    assertMatch(
      await page.evaluate(() => document.activeElement!.textContent!),
      /Undo/,
    );
    await page.keyboard.press("Enter");
    await untilUnread(page, before);

    await page.locator("button.bell").click();
    await waitFor(async () => !await page.locator("#inbox").isVisible(), {
      what: "the panel to close",
    });
    await page.locator("button.bell").click();
    await notes.first().waitFor();
    await page.keyboard.press("Escape");
    await waitFor(async () => !await page.locator("#inbox").isVisible(), {
      what: "the panel to close",
    });
    assertMatch(
      await page.evaluate(() => document.activeElement!.className),
      /bell/,
    );
    assertEquals(owner.problems, []);
  },
);

stageTest(
  "unread alone, then none: the panel says so",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const page = await owner.open("/");
    const panel = await openBell(page);
    const count = await unread(page);
    await saveScreenshots(page, "bell-open");
    await panel.getByRole("button", { name: "Unread", exact: true }).click();
    await waitFor(async () => await panel.locator(".note").count() === count, {
      what: "only the unread",
    });
    assertEquals(await panel.locator(".note.unread").count(), count);
    await panel.getByRole("button", { name: "Mark all as read" }).click();
    await panel.getByText("All caught up").waitFor();
    await untilUnread(page, 0);
    assertEquals(await page.locator("button.bell .count").count(), 0);
    assertEquals(
      await page.locator("button.bell").getAttribute("aria-label"),
      "Notifications",
    );
    await saveScreenshots(page, "bell-empty");
  },
);

stageTest(
  "a note leads to what it is about, and is read by that",
  async ({ app, browser }) => {
    const outsider = await app.signIn("demo-outsider");
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const page = await owner.open("/");
    await page.locator("button.bell[aria-expanded]").waitFor();
    const before = await unread(page);
    await join(outsider, 1);
    await untilUnread(page, before + 1);
    await openBell(page);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/guilds/demo-guild");
    // And so is what is there of earlier about the same page: that Chloé joined.
    await untilUnread(page, before - 1);
  },
);

for (const device of ["desktop", "phone"] as const) {
  stageTest(
    `an undo is within reach while the panel is open, ${device}`,
    async ({ app, browser }) => {
      await using owner = await browser.person(await app.signIn("demo-owner"), {
        device,
      });
      const page = await owner.open("/guilds/demo-guild");
      const panel = await openBell(page);
      const before = await unread(page);
      await panel.locator(".note").first().hover();
      await panel.locator(".note").first().getByRole("button", {
        name: /^Archive/,
      }).click();
      await untilUnread(page, before - 1);
      // With the focus in it, it waits.
      await page.getByRole("button", { name: "Undo" }).waitFor();
      await page.keyboard.press("F8");
      await saveScreenshots(page, `bell-undo-${device}`);
      await page.getByRole("button", { name: "Undo" }).click();
      await untilUnread(page, before);
    },
  );
}

stageTest(
  "a failing server takes nothing away for good",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const page = await owner.open("/");
    await openBell(page);
    const before = await unread(page);
    const rows = await page.locator("#inbox .note").count();
    await owner.context.route(
      "**/api/notifications/*",
      (route) =>
        route.fulfill({
          status: 500,
          json: { title: "No", detail: "Broken for this test" },
        }),
    );
    await page.keyboard.press("e");
    await page.locator(".toast.bad", { hasText: "Broken for this test" })
      .waitFor();
    await untilUnread(page, before);
    assertEquals(await page.locator("#inbox .note").count(), rows);
    assertMatch(
      (await page.locator(".toasts [role=alert]").textContent())!,
      /That did not work/,
    );
  },
);

stageTest("two tabs and the page agree at once", async ({ app, browser }) => {
  await using owner = await browser.person(await app.signIn("demo-owner"));
  const one = await owner.open("/notifications");
  const two = await owner.open("/");
  await one.locator("button.bell[aria-expanded]").waitFor();
  await two.locator("button.bell[aria-expanded]").waitFor();
  const before = await unread(one);
  await one.locator(".note.unread").first().hover();
  await one.locator(".note.unread").first().getByRole("button", {
    name: /^Mark as read/,
  }).click();
  await untilUnread(one, before - 1);
  await untilUnread(two, before - 1);
  await one.getByRole("button", { name: "Mark all as read" }).click();
  await untilUnread(two, 0);
  assertEquals(await one.locator("main .note.unread").count(), 0);
});

stageTest(
  "offline, the page says so; back online, it catches up",
  async ({ app, browser }) => {
    const outsider = await app.signIn("demo-outsider");
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const page = await owner.open("/");
    await page.locator("button.bell[aria-expanded]").waitFor();
    const before = await unread(page);
    await owner.context.setOffline(true);
    await page.locator(".connection", { hasText: "You are offline" }).waitFor();
    await join(outsider, 3);
    await owner.context.setOffline(false);
    await untilUnread(page, before + 3);
    await page.locator(".connection", { hasText: "Connected again" }).waitFor();
    await page.locator(".connection").waitFor({ state: "detached" });
  },
);
