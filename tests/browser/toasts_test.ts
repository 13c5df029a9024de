/** Toasts: how many, how long, where, and how one gets rid of them. */
import { assert, assertEquals } from "@std/assert";
import { DAY } from "../../lib/clock.ts";
import { keys } from "../../lib/kv/mod.ts";
import type { User } from "../../lib/users/mod.ts";
import { saveScreenshots } from "../support/browser.ts";
import { waitFor } from "../support/wait.ts";
import { stageTest } from "../support/stage.ts";
import { join, openBell, unread, untilUnread } from "../support/bell.ts";

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
    await (await app.signIn("demo-owner"))
      .must("POST", "/api/notifications/read-all");
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

stageTest(
  "trust that sank with time away is told kindly, on the page that one is back on",
  async ({ app, browser, kvPath }) => {
    await using outsider = await browser.person(
      await app.signIn("demo-outsider"),
    );
    const page = await outsider.open("/bounties");
    await page.locator("button.bell[aria-expanded]").waitFor();
    const boss = await app.signIn("demo-admin");
    const kv = await Deno.openKv(kvPath);
    const key = keys.user("demo_outsider");
    const { value } = await kv.get<User>(key);
    const away = { ...value!, lastActiveAt: Date.now() - 40 * DAY };
    const toast = page.locator(".toast", {
      hasText: `Your trust is ${Math.max(500, away.trust - 40)} now`,
    });
    await waitFor(async () => {
      // Whatever the page still asks for makes its reader active again: so until the job finds them away.
      await kv.set(key, away);
      const run = await boss.fetch("/api/admin/jobs/trust-decay/runs", {
        method: "POST",
        json: {},
      });
      await run.body?.cancel();
      return await toast.count() > 0;
    }, { what: "the job to find who was away", timeout: 30_000 });
    kv.close();
    await toast.getByText("We missed you for 40 days").waitFor();
    await toast.getByRole("link", { name: "See why" }).click();
    await page.waitForURL("**/insights");
    assertEquals(outsider.problems, []);
  },
);
