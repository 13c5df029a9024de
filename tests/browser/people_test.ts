/** People's pages in a real browser: how they look, that they work before scripts, what axe finds. */
import { assert, assertEquals } from "@std/assert";
import { Buffer } from "node:buffer";
import {
  accessibilityViolations,
  saveScreenshots,
} from "../support/browser.ts";
import { pngOf } from "../support/images.ts";
import { stageTest } from "../support/stage.ts";

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

stageTest(
  "before scripts: a picture is given and seen by others, a search finds, a wrong file says so",
  async ({ app, browser }) => {
    await using member = await browser.person(await app.signIn("demo-member"));
    const page = await member.context.newPage();
    await page.route("**/_fresh/**", (route) => route.abort());
    await page.goto("/settings");
    const upload = async (name: string, buffer: Uint8Array) => {
      await page.locator("#picture-file").setInputFiles({
        name,
        mimeType: "image/png",
        buffer: Buffer.from(buffer),
      });
      await page.getByRole("button", { name: "Upload" }).click();
      await page.waitForURL(/settings\?/);
    };
    await upload("note.png", new TextEncoder().encode("no picture"));
    await page.locator("#main").getByRole("alert").getByText("Choose a PNG")
      .waitFor();
    await upload("me.png", pngOf(96, 96, [90, 80, 220]));
    const picture = page.locator(".picture-card img");
    assert(
      await picture.evaluate((img) => {
        const { complete, naturalWidth } = img as HTMLImageElement;
        return complete && naturalWidth === 96;
      }),
    );
    const address = await picture.getAttribute("src");
    const served = await fetch(app.origin + address);
    assertEquals(served.headers.get("content-type"), "image/png");
    assertEquals(served.headers.get("x-content-type-options"), "nosniff");
    assert(served.headers.get("cache-control")!.includes("immutable"));
    assert(served.headers.get("content-security-policy")!.includes("sandbox"));
    await served.body?.cancel();
    await page.close();

    await using owner = await browser.person(await app.signIn("demo-owner"));
    const search = await owner.context.newPage();
    await search.route("**/_fresh/**", (route) => route.abort());
    await search.goto("/");
    await search.getByRole("searchbox").fill("jonas");
    await search.keyboard.press("Enter");
    await search.getByRole("link", { name: "Jonas Lindqvist" }).last().click();
    await search.waitForURL(/people\/demo-member/);
    assertEquals(
      await search.locator(".profile img").getAttribute("src"),
      address,
    );
    await saveScreenshots(search, "person-picture");
  },
);

stageTest(
  "somebody ends their account: told what is in the way, then gone, and the handle is free",
  async ({ app, browser }) => {
    await using visitor = await browser.person({ origin: app.origin });
    const page = await visitor.open("/sign-up");
    await page.getByLabel("Name").fill("Ada Lovelace");
    await page.getByLabel("E-mail").fill("ada@example.org");
    await page.getByLabel("Password").fill("difference engine");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByRole("heading", { name: "First steps" }).waitFor();
    await saveScreenshots(page, "home-newcomer");
    await page.goto("/settings");
    await page.getByRole("link", { name: /Delete my account/ }).click();
    await page.getByLabel("Your password").fill("not it");
    await page.getByRole("button", { name: /for good/ }).click();
    await page.locator("#main").getByRole("alert").waitFor();
    await page.getByLabel("Your password").fill("difference engine");
    await page.getByRole("button", { name: /for good/ }).click();
    await page.getByRole("heading", { name: /Guilds do better/ }).waitFor();
    const gone = await page.goto("/settings");
    assert(gone!.url().includes("/sign-in"));
  },
);
