/** Bounties as people meet them: the whole journey live between two people, before scripts, and how it looks. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import {
  accessibilityViolations,
  saveScreenshots,
} from "../support/browser.ts";
import { stageTest } from "../support/stage.ts";

/** Fits every width, has no finding of axe, and is saved to look at. */
async function inspect(page: Page, name: string): Promise<void> {
  for (const width of [360, 2560]) {
    await page.setViewportSize({ width, height: 800 });
    assert(
      await page.evaluate(() =>
        document.documentElement.scrollWidth <=
          document.documentElement.clientWidth
      ),
      `${name} scrolls sideways at ${width} px`,
    );
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await saveScreenshots(page, name);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    assertEquals(await accessibilityViolations(page), [], name);
  }
  await page.emulateMedia({ colorScheme: null });
}

async function write(page: Page, title: string): Promise<void> {
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("What has to be done").fill(
    "A page that shows the next departures of our ferry, also in the dead spots of the fjord.\n\nWe have the timetable as GTFS. It is finished when it works in flight mode on a five-year-old phone.",
  );
  await page.getByRole("combobox", { name: "Category" }).selectOption(
    "Engineering",
  );
  await page.getByLabel("Skills").fill("Preact, accessibility, GTFS");
  await page.getByLabel("Reward in credits").fill("1450");
}

stageTest(
  "a bounty from post to pay, live on both sides",
  async ({ app, browser }) => {
    await using client = await browser.person(
      await app.signIn("demo-outsider"),
    );
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const list = await owner.open("/bounties");
    const mine = await client.open("/bounties/new");
    await inspect(mine, "bounty-new");
    await write(mine, "Departures for the dead spots");
    await mine.getByRole("button", { name: "Post bounty" }).click();
    await mine.waitForURL(/\/bounties\/[0-9A-Z]{26}/);
    await mine.getByText("Open", { exact: true }).first().waitFor();

    // Whoever looks at the list hears of it, and nothing moves under them.
    await list.getByRole("button", { name: "1 new bounty" }).click();
    await list.getByRole("link", { name: "Departures for the dead spots" })
      .click();
    const accept = list.getByRole("button", {
      name: "Accept for Lantern Works",
    });
    await accept.waitFor();
    await inspect(list, "bounty-open");
    await accept.click();
    await list.getByLabel("What you hand in").waitFor();
    await inspect(list, "bounty-submit");
    await mine.locator("#bounty .state-badge", { hasText: "In work" })
      .waitFor();

    // A client who is writing keeps it, and is offered what changed.
    await mine.getByText("Cancel this bounty").click();
    await mine.getByLabel("Why").fill("Perhaps later");
    await list.getByLabel("What you hand in").fill(
      "Works in flight mode. The timetable is kept for 30 days.",
    );
    await list.getByLabel("Link").fill("https://example.org/pull/12");
    await list.getByRole("button", { name: "Hand in for review" }).click();
    const show = mine.getByRole("button", { name: "Show what changed" });
    await show.waitFor();
    assertEquals(
      await mine.getByLabel("Why").inputValue(),
      "Perhaps later",
    );
    await show.click();
    await mine.getByRole("heading", { name: "Review the work" }).waitFor();
    await inspect(mine, "bounty-review");

    await mine.getByText("Ask for changes", { exact: true }).click();
    await mine.getByRole("button", { name: "Send review" }).click();
    await mine.getByText("Say what is missing").waitFor();
    await mine.getByLabel("A word to the guild").fill("Bigger type, please.");
    await mine.getByRole("button", { name: "Send review" }).click();
    await list.getByText("Bigger type, please.").waitFor();
    await list.getByLabel("What you hand in").fill("It is 18 px now.");
    await list.getByRole("button", { name: "Hand in for review" }).click();
    await mine.getByRole("heading", { name: "Review the work" }).waitFor();
    await mine.getByText("5 stars").locator("..").click();
    await mine.getByRole("button", { name: "Send review" }).click();
    for (const page of [mine, list]) {
      await page.locator("#bounty .state-badge", { hasText: "Completed" })
        .waitFor();
      await page.getByText("1,450 credits paid to Mara Okafor").waitFor();
    }
    await inspect(list, "bounty-completed");
    // The worker's bell knows, too.
    await list.getByRole("button", { name: /Notifications, \d+ unread/ })
      .click();
    await list.getByText("Departures for the dead spots is complete").first()
      .waitFor();
    await inspect(await owner.open("/bounties"), "bounties");
    await inspect(
      await owner.open("/bounties/mine?part=work"),
      "bounties-mine",
    );
    await inspect(await owner.open("/bounties?q=zzz"), "bounties-empty");
    assertEquals(
      [...client.problems, ...owner.problems].filter((problem) =>
        // The refused review.
        !/400 \(Bad Request\)/.test(problem)
      ),
      [],
    );
  },
);

stageTest(
  "drafts, edits and cancelling work before scripts arrive",
  async ({ app, browser }) => {
    await using client = await browser.person(
      await app.signIn("demo-outsider"),
    );
    await client.context.route(/\.js(\?|$)/, (route) => route.abort());
    const page = await client.open("/bounties/new");
    await page.getByLabel("Title").fill("A sign for the bakery");
    await page.getByLabel("What has to be done").fill("Hand-painted, 2 m.");
    // What the browser lets through and the server does not comes back as it was.
    await page.getByLabel("Skills").fill("a,b,c,d,e,f,g,h,i,j,k");
    await page.getByLabel("Reward in credits").fill("80");
    await page.getByRole("button", { name: "Save as draft" }).click();
    await page.getByText("At most 10 skills").waitFor();
    assertEquals(
      await page.getByLabel("Title").inputValue(),
      "A sign for the bakery",
    );
    await page.getByLabel("Skills").fill("lettering");
    await page.getByRole("button", { name: "Save as draft" }).click();
    await page.getByText("draft, only you see it").waitFor();
    const address = new URL(page.url()).pathname;

    await using stranger = await browser.person(
      await app.signIn("demo-member"),
    );
    const other = await stranger.context.newPage();
    assertEquals((await other.goto(address))?.status(), 404);

    await page.getByRole("button", { name: "Post bounty" }).click();
    await page.getByRole("link", { name: "Edit", exact: true }).click();
    await page.getByLabel("Reward in credits").fill("95");
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("95 credits").first().waitFor();
    assertEquals((await other.goto(address))?.status(), 200);
    await other.getByText("Owners and officers of a guild can accept it")
      .waitFor();

    await page.goto("/bounties?skill=lettering");
    await page.getByRole("link", { name: "A sign for the bakery" }).click();
    await page.getByText("Cancel this bounty").click();
    await page.getByLabel("Why").fill("Painted it myself.");
    await page.getByRole("button", { name: "Cancel bounty" }).click();
    await page.getByText("Painted it myself.").waitFor();
    assertMatch(
      await page.locator("#bounty .state-badge").innerText(),
      /Cancelled/,
    );
  },
);
