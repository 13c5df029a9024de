/** The bell, its panel, the notifications page and toasts, as people use them. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Locator, Page } from "playwright-core";
import type { SignedIn } from "../support/app.ts";
import { saveScreenshots } from "../support/browser.ts";
import { waitFor } from "../support/wait.ts";
import { stageTest } from "../support/stage.ts";

async function call(
  who: SignedIn,
  method: string,
  path: string,
  json?: unknown,
): Promise<void> {
  const response = await who.fetch(path, { method, json });
  const text = await response.text();
  assert(response.ok, `${method} ${path}: ${response.status} ${text}`);
}

/**
 * Has somebody join the guild and, for more than one, name its leader there: so many notifications to who leads it.
 * Joining again would be added to the notification that is there.
 */
async function join(who: SignedIn, times: number): Promise<void> {
  await call(who, "POST", "/api/guilds/demo-guild/members");
  for (let i = 1; i < times; i++) {
    await call(who, "POST", "/api/channels/guild-demo-guild/messages", {
      content: `Look at this, @demo-owner (${i})`,
    });
  }
  await call(who, "DELETE", "/api/guilds/demo-guild/members/me");
}

const unread = async (page: Page) =>
  Number(await page.locator("button.bell").getAttribute("data-unread"));

async function untilUnread(page: Page, count: number): Promise<void> {
  await waitFor(async () => await unread(page) === count, {
    what: `${count} unread`,
  });
}

const focusedTitle = (page: Page) =>
  page.evaluate(() =>
    document.activeElement?.closest("[data-note]")?.getAttribute("data-note") ??
      null
  );

async function openBell(page: Page): Promise<Locator> {
  await page.locator("button.bell").click();
  const panel = page.locator("#inbox");
  await panel.locator(".note").first().waitFor();
  return panel;
}

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
  "toasts: three are seen, the rest can be; pointing or a hidden tab holds them",
  async ({ app, browser }) => {
    const outsider = await app.signIn("demo-outsider");
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const page = await owner.open("/guilds");
    await page.locator("button.bell[aria-expanded]").waitFor();
    // Time in this tab passes only when the test says so.
    await page.clock.install();
    const before = await unread(page);
    await join(outsider, 5);
    await untilUnread(page, before + 5);
    const cards = page.locator(".toast");
    await waitFor(async () => await cards.count() === 3, {
      what: "three toasts",
    });
    await page.getByRole("button", { name: "2 more" }).click();
    assertEquals(await cards.count(), 5);
    await saveScreenshots(page, "toasts");

    // The pointer is on them: they stay.
    await cards.first().hover();
    await page.clock.runFor(20_000);
    assertEquals(await cards.count(), 5);
    await page.getByRole("button", { name: "Show fewer" }).click();
    await page.locator("body").click({ position: { x: 5, y: 5 } });
    await page.clock.runFor(6_000);
    await waitFor(async () => await cards.count() === 0, {
      what: "the toasts to go",
    });
    // They are gone from sight, not from the inbox.
    assertEquals(await unread(page), before + 5);
  },
);

stageTest(
  "F8 leads to the toasts and back, and dismissing never loses the focus",
  async ({ app, browser }) => {
    const outsider = await app.signIn("demo-outsider");
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const page = await owner.open("/guilds/demo-guild");
    await page.locator("button.bell[aria-expanded]").waitFor();
    const field = page.getByRole("textbox", { name: "Write a message" });
    await field.focus();
    await join(outsider, 2);
    await waitFor(async () => await page.locator(".toast").count() === 2, {
      what: "two toasts",
    });
    await page.keyboard.press("F8");
    assert(
      await page.evaluate(() =>
        document.activeElement!.closest(".toast") !== null
      ),
    );
    await page.keyboard.press("F8");
    assertEquals(
      await page.evaluate(() => document.activeElement!.tagName),
      "TEXTAREA",
    );
    await page.keyboard.press("F8");
    for (const left of [1, 0]) {
      await page.keyboard.press("Escape");
      await waitFor(async () => await page.locator(".toast").count() === left, {
        what: `${left} toasts`,
      });
      await waitFor(
        () => page.evaluate(() => document.activeElement !== document.body),
        { what: "a focus" },
      );
    }
    assertEquals(
      await page.evaluate(() => document.activeElement!.tagName),
      "TEXTAREA",
    );
  },
);

stageTest(
  "a toast is swiped away, and one that is read elsewhere goes by itself",
  async ({ app, browser }) => {
    const outsider = await app.signIn("demo-outsider");
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const page = await owner.open("/");
    const other = await owner.open("/guilds");
    await page.locator("button.bell[aria-expanded]").waitFor();
    await other.locator("button.bell[aria-expanded]").waitFor();
    await page.bringToFront();
    await join(outsider, 2);
    const cards = page.locator(".toast");
    await waitFor(async () => await cards.count() === 2, {
      what: "two toasts",
    });
    const box = (await cards.first().boundingBox())!;
    const [x, y] = [box.x + 20, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 30, y, { steps: 3 });
    await page.mouse.up();
    assertEquals(await cards.count(), 2);
    await page.mouse.down();
    await page.mouse.move(x + 160, y, { steps: 5 });
    await page.mouse.up();
    await waitFor(async () => await cards.count() === 1, {
      what: "the toast to be swiped away",
    });
    // The pointer rests on the other one, so only being read takes it away.
    await call(
      await app.signIn("demo-owner"),
      "POST",
      "/api/notifications/read-all",
    );
    await waitFor(async () => await cards.count() === 0, {
      what: "the toast that was read to go",
    });
  },
);

stageTest("who wants less motion gets none", async ({ app, browser }) => {
  const outsider = await app.signIn("demo-outsider");
  await using owner = await browser.person(await app.signIn("demo-owner"), {
    reducedMotion: true,
  });
  const page = await owner.open("/");
  await page.locator("button.bell[aria-expanded]").waitFor();
  await join(outsider, 1);
  const toast = page.locator(".toast").first();
  await toast.waitFor();
  const moving = await page.evaluate(() =>
    document.getAnimations().filter((one) =>
      one.playState === "running" &&
      one.effect!.getComputedTiming().duration as number > 1
    )
      .length
  );
  assertEquals(moving, 0);
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

stageTest(
  "toasts lie neither on the composer nor on the bell, nor on what has the focus",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const page = await owner.open("/guilds/demo-guild");
    /** Shows a toast that stays: the focus is in it. */
    const toast = async () => {
      await openBell(page);
      await page.keyboard.press("e");
      await page.locator(".toast").waitFor();
      await page.keyboard.press("Escape");
      await page.keyboard.press("F8");
    };
    const covered = (selector: string) =>
      page.evaluate((selector) => {
        const a = document.querySelector(".toast-layer")!
          .getBoundingClientRect();
        return [...document.querySelectorAll<HTMLElement>(selector)].filter(
          (element) => {
            const b = element.getBoundingClientRect();
            return b.width > 0 && a.left < b.right && b.left < a.right &&
              a.top < b.bottom && b.top < a.bottom;
          },
        ).length;
      }, selector);
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 740 });
      await toast();
      await waitFor(async () => await covered("main .composer, .bell") === 0, {
        what: `the toast to be out of the way at ${width} px`,
      });
      // The field grows with what one writes.
      await page.locator("main .composer").evaluate((composer) =>
        composer.style.paddingBlockStart = "8rem"
      );
      await waitFor(async () => await covered("main .composer, .bell") === 0, {
        what: `the toast to make room at ${width} px`,
      });
      await saveScreenshots(page, `toast-room-${width}`);
      await page.keyboard.press("Escape");
      await waitFor(async () => await page.locator(".toast").count() === 0, {
        what: "the toast to go",
      });
    }

    await page.goto("/guilds");
    await toast();
    await page.locator(".toast").hover();
    const below = ".page-body :is(a, button)";
    assert(await covered(below) > 0);
    await page.evaluate((selector) => {
      const a = document.querySelector(".toast-layer")!.getBoundingClientRect();
      [...document.querySelectorAll<HTMLElement>(selector)].find((element) => {
        const b = element.getBoundingClientRect();
        return a.top < b.bottom && b.top < a.bottom && b.right > a.left;
      })!.focus({ preventScroll: true });
    }, below);
    await waitFor(async () => await covered(":focus") === 0, {
      what: "the toast to leave what has the focus",
    });
  },
);
