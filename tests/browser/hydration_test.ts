/** What the server has drawn stays when the scripts arrive: the same elements, so focus, presses and text stay, too. */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { watchScripts } from "../support/browser.ts";
import { openSite } from "../support/site.ts";
import { stageTest } from "../support/stage.ts";
import { waitFor } from "../support/wait.ts";

/** A page at `path` to which scripts do not get through until `release` is called. */
async function openHeldBack(page: Page, path: string) {
  const release = Promise.withResolvers<void>();
  await page.route("**/_fresh/js/**", async (route) => {
    await release.promise;
    await route.continue().catch(() => {});
  });
  const scripts = watchScripts(page);
  await page.goto(path, { waitUntil: "commit" });
  // Modules are deferred: the document is there before they are.
  await waitFor(
    () => page.evaluate(() => document.readyState !== "loading"),
    { what: `${path} to be parsed` },
  );
  return {
    release: async () => {
      release.resolve();
      await scripts.atRest();
    },
  };
}

const focusedClass = (page: Page) =>
  page.evaluate(() => document.activeElement?.className);

stageTest(
  "whoever has reached the bell before the scripts keeps it, and can go on",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const page = await owner.context.newPage();
    const held = await openHeldBack(page, "/guilds");
    const bell = page.locator(".bell");
    await bell.focus();
    await bell.evaluate((element) => {
      (globalThis as unknown as { bell: Element }).bell = element;
    });
    assertEquals(await page.locator(".bell[aria-expanded]").count(), 0);
    await held.release();
    await page.locator(".bell[aria-expanded=false]").waitFor();
    assert(
      await bell.evaluate((element) =>
        element === document.activeElement &&
        element === (globalThis as unknown as { bell: Element }).bell
      ),
    );
    await page.keyboard.press("Enter");
    await page.locator("#inbox .note").first().waitFor();
    assertEquals(owner.problems, []);
  },
);

stageTest(
  "a press on the bell before the scripts opens it, and is not lost",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const page = await owner.context.newPage();
    const held = await openHeldBack(page, "/guilds");
    await page.locator(".bell").click();
    const panel = page.locator("#inbox");
    await panel.getByRole("link", { name: "Open all notifications" }).waitFor();
    await held.release();
    await panel.locator(".note").first().waitFor();
    // As if it had been opened now: the arrows work at once.
    await waitFor(async () => await focusedClass(page) === "note-title", {
      what: "the first note to have the focus",
    });
    await page.keyboard.press("Escape");
    await waitFor(async () => /bell/.test(await focusedClass(page) ?? ""), {
      what: "the bell to have the focus",
    });

    // And where scripts never come, it leads on.
    const without = await owner.context.newPage();
    await without.route("**/_fresh/js/**", (route) => route.abort());
    await without.goto("/guilds");
    await without.locator(".bell").click();
    await without.getByRole("link", { name: "Open all notifications" }).click();
    await without.waitForURL("**/notifications");
  },
);

stageTest(
  "a notification archived before the page's scripts is archived when they come",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const page = await owner.open("/notifications");
    const first = page.locator("#inbox-page .note").first();
    const id = await first.getAttribute("data-note");
    // The list's own script is slow, the page's are there.
    const release = Promise.withResolvers<void>();
    await page.route("**/InboxPageList*", async (route) => {
      await release.promise;
      await route.continue();
    });
    const title = first.locator(".note-title");
    await title.focus();
    await first.getByRole("button", { name: /^Archive/ }).click();
    assertEquals(await page.locator(`[data-note="${id}"]`).count(), 1);
    release.resolve();
    await waitFor(
      async () => await page.locator(`[data-note="${id}"]`).count() === 0,
      { what: "the row to go" },
    );
    await page.locator(".toast").getByText("Undo").waitFor();
    assertEquals(owner.problems, []);
  },
);

stageTest(
  "what is opened beside a dispute before its pane's scripts stays open",
  async ({ app, browser }) => {
    await using admin = await browser.person(await app.signIn("demo-admin"));
    const page = await admin.context.newPage();
    const held = await openHeldBack(page, "/disputes/demo-dispute-icons");
    const details = page.locator("#dispute-pane details").first();
    await details.locator("summary").click();
    await held.release();
    assert(await details.evaluate((one) => (one as HTMLDetailsElement).open));
  },
);

stageTest(
  "a member who has the focus keeps it when the list shows who is here",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const page = await owner.context.newPage();
    const held = await openHeldBack(page, "/guilds/demo-guild");
    const link = page.locator("a.person[data-person=demo-member]");
    await link.focus();
    await held.release();
    await page.locator("a.person[data-person=demo-member][data-online]")
      .waitFor();
    assert(
      await link.evaluate((element) => element === document.activeElement),
    );
  },
);

/**
 * What somebody may have the focus on. The line above unread messages goes by itself when they are read, the door of a call
 * that nobody is in when that is known, and members move
 * up when they are here, see below.
 */
const FOCUSABLE =
  ":is(a[href], button, input, select, textarea, summary, [tabindex])" +
  ":not(.unread-jump, .unread-done, .call-join, a.person)";

stageTest(
  "on no page do the scripts replace or move what somebody may have the focus on",
  async (stage) => {
    const lost: string[] = [];
    for (const { route, path, person, as } of await openSite(stage)) {
      // A call that cannot be had without a microphone is over as soon as the scripts know.
      if (route === "calls/[id]") continue;
      const page = await person.context.newPage();
      const held = await openHeldBack(page, path);
      await page.evaluate((focusable) => {
        const gone: string[] = [];
        (globalThis as unknown as { gone: string[] }).gone = gone;
        new MutationObserver((changes) => {
          for (const { removedNodes } of changes) {
            for (const node of removedNodes) {
              if (!(node instanceof Element)) continue;
              const all = [node, ...node.querySelectorAll(focusable)];
              gone.push(
                ...all.filter((one) => one.matches(focusable))
                  .map((one) => (one.cloneNode() as Element).outerHTML),
              );
            }
          }
        }).observe(document.body, { childList: true, subtree: true });
      }, FOCUSABLE);
      await held.release();
      const gone = await page.evaluate(() =>
        (globalThis as unknown as { gone: string[] }).gone
      );
      if (gone.length > 0) {
        lost.push(
          `${path} (${as ?? "not signed in"}):\n  ${gone.join("\n  ")}`,
        );
      }
      await page.close();
    }
    assertEquals(lost, [], lost.join("\n"));
  },
);
