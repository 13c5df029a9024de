import { assertEquals } from "@std/assert";
import { Builder } from "fresh/dev";
import { TestBrowser } from "../../support/browser.ts";
import { app } from "./fixture/main.ts";

Deno.test({
  name: "islands come alive in a browser, under a strict policy",
  // Playwright keeps pipes and timers of its own.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const root = import.meta.resolve("./fixture");
    (await new Builder({ root }).build({ snapshot: "memory" }))(app);
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      app.handler(),
    );
    const origin = `http://127.0.0.1:${server.addr.port}`;
    await using browser = await TestBrowser.launch();
    await using person = await browser.person({ origin });
    const page = await person.open("/");
    const texts = () => page.locator("button:not(.toggle)").allTextContents();

    // `disabled={!IS_BROWSER}` clears: attributes are patched, too.
    await page.locator("#first:not([disabled])").click();
    assertEquals(await texts(), ["4", "4", "4"]);
    await page.locator("#inside").click();
    assertEquals(await texts(), ["5", "5", "5"]);

    const ids = await page.locator("[data-unique]").evaluateAll((all) =>
      all.map((one) => one.getAttribute("data-unique"))
    );
    assertEquals(new Set(ids).size, 3);

    await page.getByText("Folded").click();
    await page.locator("#hidden").click();
    assertEquals(await texts(), ["6", "6", "6", "6"]);

    await page.goto("/props");
    const server_ = await (await fetch(`${origin}/props`)).text();
    const shown = await page.locator("#browser").innerText();
    const escaped = shown.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    assertEquals(server_.includes(escaped), true, shown);
    assertEquals(person.problems, []);
  },
});
