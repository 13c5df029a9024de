/** What was said stays said: in a dispute's room, in an export that proves it, in a search; a file can be taken back. */
import { assert, assertEquals } from "@std/assert";
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { verifyExport } from "../../lib/messages/export/verify.ts";
import {
  accessibilityViolations,
  saveScreenshots,
} from "../support/browser.ts";
import { stageTest } from "../support/stage.ts";
import { waitFor } from "../support/wait.ts";

const DISPUTE = "/disputes/demo-dispute-icons";
const CHANNEL = "/api/channels/dispute-demo-dispute-icons";
const field = (page: Page) =>
  page.getByRole("textbox", { name: "Write a message" });
const row = (page: Page, text: string) =>
  page.locator(".chat:not(.thread) [data-message-id]", { hasText: text });

async function say(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await field(page).press("Enter");
  await row(page, text).and(page.locator("[data-state=sent]")).waitFor();
}

async function act(page: Page, text: string, what: string): Promise<void> {
  await row(page, text).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: what }).click();
}

/** The record of the room, as the browser saves it. */
async function exported(page: Page, format: string): Promise<string> {
  await page.getByRole("button", { name: "This room" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(`#room-menu a[href$="format=${format}"]`).click(),
  ]);
  assertEquals(
    download.suggestedFilename(),
    `dispute-demo-dispute-icons.${format}`,
  );
  await page.keyboard.press("Escape");
  return await Deno.readTextFile(await download.path());
}

interface Hit {
  by: string;
  room: string;
  at: string;
  text: string;
}

async function search(page: Page, q: string): Promise<Hit[]> {
  await page.goto(`/search/messages?${new URLSearchParams({ q })}`);
  return await page.locator(".message-hits .row").evaluateAll((rows) =>
    rows.map((row) => ({
      by: row.querySelector("strong")!.textContent!,
      room: row.querySelector(".message-hit-head span")!.textContent!,
      at: row.querySelector("time")!.dateTime,
      text: row.querySelector(".row-link")!.textContent!,
    }))
  );
}

stageTest(
  "a dispute's record, its export, search by every filter, a file that is taken back",
  async ({ app, browser, step }) => {
    await using accused = await browser.person(
      await app.signIn("demo-outsider"),
    );
    await using juror = await browser.person(await app.signIn("demo-owner"));
    const page = await accused.open(DISPUTE);
    const other = await juror.open(DISPUTE);
    for (const one of [page, other]) {
      await one.locator("button.bell[aria-expanded]").waitFor();
    }

    await step(
      "what was edited and deleted in a dispute can still be read",
      async () => {
        await say(page, "The printer got it on Monday");
        await act(page, "on Monday", "Edit");
        const edit = page.getByRole("textbox", { name: "Edit the message" });
        await edit.fill("The printer got it on Tuesday");
        await edit.press("Enter");
        await row(other, "on Tuesday").getByText("edited").waitFor();
        await row(page, "on Tuesday").focus();
        await page.keyboard.press("Delete");
        await page.getByRole("dialog").getByRole("button", { name: "Delete" })
          .click();
        const mark = row(other, "This message was deleted.");
        await mark.waitFor();
        await act(other, "This message was deleted.", "Earlier versions");
        const dialog = other.getByRole("dialog").last();
        await dialog.getByText("The printer got it on Tuesday").waitFor();
        await dialog.getByText("The printer got it on Monday").waitFor();
        await saveScreenshots(other, "dispute-versions");
        assertEquals(await accessibilityViolations(other), []);
        await other.keyboard.press("Escape");
      },
    );

    await step(
      "nobody changes what another has said; whom it does not concern is not let in",
      async () => {
        await say(other, "As a juror I ask for the brief");
        await row(page, "As a juror").focus();
        await page.keyboard.press("Enter");
        const menu = page.getByRole("menu");
        await menu.waitFor();
        for (const what of ["Edit", "Delete"]) {
          assertEquals(
            await menu.getByRole("menuitem", { name: what, exact: true })
              .count(),
            0,
          );
        }
        await page.keyboard.press("Escape");
        // Parties, jurors and those who decide are let in, nobody else.
        const stranger = await app.signIn("demo-member");
        for (
          const path of [DISPUTE, `${CHANNEL}/messages`, `${CHANNEL}/export`]
        ) {
          const refused = await stranger.fetch(path);
          await refused.body?.cancel();
          assert(
            [403, 404].includes(refused.status),
            `${path}: ${refused.status}`,
          );
        }
        const unheard = await stranger.fetch(`${CHANNEL}/messages`, {
          method: "POST",
          json: { content: "Let me in" },
        });
        await unheard.body?.cancel();
        assertEquals(unheard.status, 403);
      },
    );

    await step(
      "the export proves order and words; one that was changed is refused",
      async () => {
        const text = await exported(other, "json");
        const found = verifyExport(JSON.parse(text));
        assertEquals(found.problems, []);
        assert(found.intact && found.entries >= 4);
        // Deleted in a dispute is not withheld.
        assert(text.includes("The printer got it on Monday"));
        const changed = JSON.parse(text);
        const words = changed.entries.find((
          { words }: { words: { content: string } | null },
        ) => words?.content.includes("on Monday")).words;
        words.content = "The printer got it on Sunday";
        assertEquals(verifyExport(changed).intact, false);
        const shorter = JSON.parse(text);
        shorter.entries.splice(1, 1);
        assertEquals(verifyExport(shorter).intact, false);
        assertEquals(
          verifyExport(JSON.parse(text), "0".repeat(64)).intact,
          false,
        );
        const html = await exported(other, "html");
        assert(html.includes("As a juror I ask for the brief"));
        assert(html.includes(found.hash));
        assert(!/<script/i.test(html));
      },
    );

    await step(
      "each filter of the search holds, and a hit leads to its place",
      async () => {
        await other.goto("/guilds/demo-guild");
        await say(
          other,
          "Plans are at https://example.org/plans, says nobody",
        );
        const by = await search(other, "from:demo-member");
        assert(by.length > 0);
        assertEquals([...new Set(by.map((hit) => hit.by))], [
          "Jonas Lindqvist",
        ]);
        const within = await search(other, "in:guild-demo-guild the");
        assert(within.length > 0);
        assertEquals([...new Set(within.map((hit) => hit.room))], [
          "Lantern Works",
        ]);
        const links = await search(other, "has:link");
        assert(links.length > 0);
        assert(
          links.some((hit) => hit.text.includes("https://example.org/plans")),
        );
        const day = by[by.length >> 1]!.at.slice(0, 10);
        const before = await search(
          other,
          `in:guild-demo-guild before:${day}`,
        );
        const after = await search(other, `in:guild-demo-guild after:${day}`);
        assert(before.length > 0 && after.length > 0);
        assert(before.every((hit) => hit.at < day), `before ${day}`);
        assert(after.every((hit) => hit.at >= day), `after ${day}`);
        const [hit] = await search(other, `from:demo-member before:${day}`);
        await other.locator("a.row-link").first().click();
        const place = other.locator(".message.found");
        await place.waitFor();
        assert((await place.textContent())!.includes(hit!.text.slice(0, 20)));
        await search(other, "has:nonsense");
        await other.getByText(/link, image, file/).first().waitFor();
      },
    );

    await step("a file is taken back while it is on its way", async () => {
      await other.goto("/messages/demo-member");
      await other.locator("button.bell[aria-expanded]").waitFor();
      let held = () => {};
      const asked = new Promise<void>((resolve) => held = resolve);
      await other.route("**/uploads?*", () => held());
      const failed = other.waitForEvent("requestfailed", {
        predicate: (request) => request.url().includes("/uploads?"),
      });
      await other.locator('.composer input[type="file"]').setInputFiles({
        name: "slow.txt",
        mimeType: "text/plain",
        buffer: Buffer.alloc(100_000, "x"),
      });
      await asked;
      await field(other).fill("Not without the file");
      await field(other).press("Enter");
      // The message waits for the file rather than going without it.
      assertEquals(await row(other, "Not without the file").count(), 0);
      await other.getByRole("button", { name: "Remove slow.txt" }).click();
      await failed;
      await waitFor(
        async () => await other.locator(".upload").count() === 0,
        {
          what: "the file to be gone",
        },
      );
      await other.unroute("**/uploads?*");
      await field(other).press("Enter");
      await row(other, "Not without the file").waitFor();
      assertEquals(
        await row(other, "Not without the file").locator(".attachment")
          .count(),
        0,
      );
    });
  },
);
