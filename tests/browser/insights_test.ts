/** The pages of the agents: how they look in both themes and sizes, what axe finds, and that they work without scripts. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  accessibilityViolations,
  saveScreenshots,
} from "../support/browser.ts";
import { seedDemand } from "../support/demand.ts";
import { stageTest } from "../support/stage.ts";

stageTest(
  "insights and trends look right, are accessible, and refresh before scripts arrive",
  async ({ app, browser }) => {
    await using member = await browser.person(
      await app.signIn("demo-member"),
    );
    await using fresh = await browser.person(
      await app.signIn("demo-outsider"),
    );
    for (
      const [person, path, heading, name] of [
        [member, "/insights", "Insights", "insights"],
        [fresh, "/insights", "Insights", "insights-other"],
        [member, "/trending", "Trending", "trending"],
      ] as const
    ) {
      const page = await person.open(path);
      assertEquals(await page.locator("h1").allTextContents(), [heading]);
      await saveScreenshots(page, name);
      for (const scheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        assertEquals(await accessibilityViolations(page), []);
      }
      for (const width of [360, 2560]) {
        await page.setViewportSize({ width, height: 800 });
        assert(
          await page.evaluate(() =>
            document.documentElement.scrollWidth <=
              document.documentElement.clientWidth
          ),
          `${path} scrolls sideways at ${width} px`,
        );
      }
      await page.close();
    }

    const page = await member.open("/trending");
    const security = page.getByRole("listitem").filter({
      has: page.getByRole("link", { name: "Security", exact: true }),
    });
    assertMatch(await security.innerText(), /Rising/);
    assertMatch(
      await security.innerText(),
      /after 3 in the two weeks before/,
    );
    const design = page.getByRole("listitem").filter({
      has: page.getByRole("link", { name: "Design", exact: true }),
    });
    assertMatch(await design.innerText(), /Falling/);

    // A form, so that it works before scripts arrive; told in words.
    await member.context.route(/\.js(\?|$)/, (route) => route.abort());
    await page.goto("/insights");
    await page.getByRole("button", { name: "Refresh" }).click();
    await page.waitForURL("**/insights?done=ai.refreshed");
    for (let i = 0; i < 6; i++) {
      await page.getByRole("button", { name: "Refresh" }).click();
      await page.waitForLoadState();
    }
    await page.locator("main").getByRole("alert").waitFor();
    assertEquals(fresh.problems, []);
  },
  {
    prepare: async (kvPath) => {
      const kv = await Deno.openKv(kvPath);
      await seedDemand(kv, Date.now());
      kv.close();
    },
  },
);
