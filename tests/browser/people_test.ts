/** People's pages in a real browser: how they look, that they work before scripts, what axe finds. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { AppProcess } from "../support/app.ts";
import {
  accessibilityViolations,
  saveScreenshots,
  TestBrowser,
} from "../support/browser.ts";
import { pngOf } from "../support/images.ts";

interface Stage {
  app: AppProcess;
  browser: TestBrowser;
}

function stageTest(name: string, run: (stage: Stage) => Promise<void>): void {
  Deno.test({
    name,
    // Playwright's pipes to the browser outlive the single calls that are made over them.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      const directory = await Deno.makeTempDir();
      try {
        await using app = await AppProcess.start({
          kvPath: `${directory}/kv.db`,
        });
        await using browser = await TestBrowser.launch();
        await run({ app, browser });
      } finally {
        await Deno.remove(directory, { recursive: true });
      }
    },
  });
}

/** Path, heading, name of its screenshots. */
const PAGES = [
  ["/", "Home", "home"],
  ["/people/demo-member", "Jonas Lindqvist", "person"],
  ["/people/demo-owner", "Mara Okafor", "person-own"],
  ["/ranks", "Ranks", "ranks"],
  ["/leaderboard", "Leaderboard", "leaderboard"],
  [
    "/leaderboard?board=completed&period=month",
    "Leaderboard",
    "leaderboard-month",
  ],
  ["/leaderboard?board=guilds", "Leaderboard", "leaderboard-guilds"],
  ["/search", "Search", "search-empty"],
  ["/search?q=de", "Search", "search"],
  ["/search?q=zzzz", "Search", "search-none"],
  ["/settings", "Settings", "settings"],
  ["/settings/account", "Delete account", "settings-account"],
] as const;

stageTest(
  "the pages about people have their landmarks, fit every width, please axe in both themes, and are saved to look at",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    for (const [path, heading, name] of PAGES) {
      const page = await owner.open(path);
      assertEquals(await page.locator("h1").allTextContents(), [heading]);
      await saveScreenshots(page, name);
      for (const width of [360, 768, 2560]) {
        await page.setViewportSize({ width, height: 800 });
        assert(
          await page.evaluate(() =>
            document.documentElement.scrollWidth <=
              document.documentElement.clientWidth
          ),
          `${path} scrolls sideways at ${width} px`,
        );
      }
      await page.setViewportSize({ width: 1280, height: 800 });
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        assertEquals(
          await accessibilityViolations(page),
          [],
          `${path} ${colorScheme}`,
        );
      }
      await page.close();
    }
    assertEquals(owner.problems, []);
  },
);
