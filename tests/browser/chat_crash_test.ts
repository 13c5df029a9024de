/** Who is torn away by a crash, of their isolate or of their browser, seen by those who are left. */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { AppProcess, SignedIn } from "../support/app.ts";
import { TestBrowser } from "../support/browser.ts";
import { inPane, inRoom, messageField } from "../support/guild_room.ts";
import { KvStoreProcess } from "../support/kv_store_process.ts";

/** Notes every change of somebody's dot in the pane of people, from now on. */
async function watchDots(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const seen = new Map<string, string>();
    const changes: string[] = [];
    const look = () => {
      for (
        const one of document.querySelectorAll<HTMLElement>("a.person")
      ) {
        const { person, online } = one.dataset;
        const before = seen.get(person!);
        seen.set(person!, online!);
        if (before !== undefined && before !== online) {
          changes.push(`${person} ${online}`);
        }
      }
    };
    look();
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
    });
    Object.assign(globalThis, { dots: changes });
  });
  return () =>
    page.evaluate(() => (globalThis as unknown as { dots: string[] }).dots);
}

Deno.test({
  name:
    "who is torn away by a crash is soon neither writing nor here, and nobody else flickers",
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    const directory = await Deno.makeTempDir();
    try {
      await crash(t, directory);
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  },
});

async function crash(t: Deno.TestContext, directory: string): Promise<void> {
  await using store = await KvStoreProcess.start(`${directory}/kv.db`);
  // A heartbeat a second instead of eight: dead after three seconds instead of 24.
  const env = { HEARTBEAT_SECONDS: "1" };
  await using here = await AppProcess.start({ kvPath: store.url, env });
  await using there = await AppProcess.start({ kvPath: store.url, env });
  await using browser = await TestBrowser.launch();
  await using owner = await browser.person(await here.signIn("demo-owner"));
  await using calm = await browser.person(await here.signIn("ines-duarte"));
  const page = await inRoom(owner);
  await inRoom(calm);
  const jonas = await there.signIn("demo-member");
  await using theirs = await browser.person(jonas);
  const writing = page.getByText("Jonas Lindqvist is typing");
  const dot = (online: boolean) =>
    inPane(page, "Jonas").and(page.locator(`[data-online=${online}]`));
  await inPane(page, "Duarte").and(page.locator("[data-online=true]"))
    .waitFor();

  await t.step("the isolate that holds them is killed", async () => {
    const typing = await inRoom(theirs);
    await dot(true).waitFor();
    const changes = await watchDots(page);
    await messageField(typing).pressSequentially("I was just ab");
    await writing.waitFor();
    await there.kill();
    await dot(false).waitFor();
    await writing.waitFor({ state: "hidden" });
    assertEquals(await changes(), ["demo-member false"]);
  });

  await t.step("they come back with it, once", async () => {
    const changes = await watchDots(page);
    await there.restart();
    await dot(true).waitFor();
    assertEquals(await changes(), ["demo-member true"]);
  });

  await t.step("their browser is killed", async () => {
    await theirs.context.close();
    await dot(false).waitFor();
    const doomed = await TestBrowser.launch();
    const person = await doomed.person(
      new SignedIn(here.origin, jonas.handle, jonas.cookie),
    );
    const typing = await inRoom(person);
    await dot(true).waitFor();
    const changes = await watchDots(page);
    await messageField(typing).pressSequentially("And now I am");
    await writing.waitFor();
    await doomed.crash();
    await dot(false).waitFor();
    await writing.waitFor({ state: "hidden" });
    assertEquals(await changes(), ["demo-member false"]);
  });
  assertEquals([...owner.problems, ...calm.problems], []);
}
