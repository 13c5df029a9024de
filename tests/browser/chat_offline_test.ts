/** What is written without a network, or on another device: kept over a reload and a closed tab, sent once, in order. */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import {
  accessibilityViolations,
  type Person,
  saveScreenshots,
} from "../support/browser.ts";
import { stageTest } from "../support/stage.ts";
import { waitFor } from "../support/wait.ts";

const ROOM = "/guilds/demo-guild";
const field = (page: Page) =>
  page.getByRole("textbox", { name: "Write a message" });
const rows = (page: Page) =>
  page.locator(".chat:not(.thread) [data-message-id]");

async function enter(person: Person): Promise<Page> {
  const page = await person.open(ROOM);
  await ready(page);
  return page;
}

/** The island has taken over: only then a message goes through the outbox. */
async function ready(page: Page): Promise<void> {
  await page.locator(".composer-bar button").nth(1).waitFor();
}

/** Tabs that can keep messages beyond themselves: that is loaded a moment after the page, while there is a network. */
const tabsWithVault = (page: Page) =>
  page.evaluate(async () =>
    (await navigator.locks.query()).held!
      .filter(({ name }) => name!.startsWith("nexora:tab:")).length
  );

async function write(page: Page, texts: string[]): Promise<void> {
  for (const text of texts) {
    await field(page).fill(text);
    await field(page).press("Enter");
  }
}

/** The texts that begin so, from top to bottom, with their states. */
const shown = (page: Page, start: string) =>
  rows(page).evaluateAll(
    (all, start) =>
      all.map((row) =>
        `${row.querySelector(".message-text")?.textContent}: ${
          row.getAttribute("data-state")
        }`
      ).filter((text) => text.startsWith(start)),
    start,
  );

/** Waits until exactly these are there, each once, in this order, sent. */
async function arrived(page: Page, start: string, texts: string[]) {
  let last: string[] = [];
  await waitFor(async () => {
    last = await shown(page, start);
    return last.join("\n") === texts.map((text) => `${text}: sent`).join("\n");
  }, {
    timeout: 30_000,
    what: () => `${texts.join(", ")} to be there once; there are ${last}`,
  });
}

/** Waits until the browser, rather than the tab, has these. */
async function kept(page: Page, texts: string[]): Promise<void> {
  await waitFor(() =>
    page.evaluate(async (texts) => {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open("nexora");
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      try {
        const found = await new Promise<{ items: { content: string }[] }[]>(
          (resolve, reject) => {
            const all = db.transaction("outbox").objectStore("outbox").getAll();
            all.onsuccess = () => resolve(all.result);
            all.onerror = () => reject(all.error);
          },
        );
        const held = found.flatMap(({ items }) =>
          items.map(({ content }) => content)
        );
        return texts.every((text) => held.includes(text));
      } finally {
        db.close();
      }
    }, texts), { what: `${texts.join(", ")} to be kept` });
}

/** Nobody sent anything a second time: what the server has is what a page opened now shows. */
async function onServer(person: Person, start: string, texts: string[]) {
  const page = await enter(person);
  await arrived(page, start, texts);
  await page.close();
}

stageTest(
  "without a network messages wait, survive a reload and a closed tab, and are sent once, in order",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"), {
      worker: true,
    });
    await using member = await browser.person(await app.signIn("demo-member"));
    const other = await enter(member);
    let page = await enter(owner);
    // The worker is there when it has what it shows.
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));

    // No network: the reload leads to a page that says what waits.
    await owner.context.setOffline(true);
    const first = ["wire one", "wire two", "wire three"];
    await write(page, first);
    await waitFor(
      async () =>
        (await shown(page, "wire")).join() ===
          first.map((text) => `${text}: sending`).join(),
      { what: "all to be shown as waiting" },
    );
    await page.reload();
    await page.getByRole("heading", { name: "Nexora cannot be reached" })
      .waitFor();
    assertEquals(
      await page.getByRole("listitem").allTextContents(),
      first,
    );
    await saveScreenshots(page, "offline");
    assertEquals(await accessibilityViolations(page), []);
    await owner.context.setOffline(false);
    await ready(page);
    await arrived(page, "wire", first);
    await arrived(other, "wire", first);

    // No server: the tab is closed, and another one finds what it has left.
    await waitFor(async () => await tabsWithVault(page) === 1, {
      what: "the tab to have its vault",
    });
    await app.kill();
    const second = ["down one", "down two", "down three"];
    await write(page, second);
    await kept(page, second);
    await page.close();
    page = await owner.context.newPage();
    await page.goto(ROOM);
    await page.getByRole("heading", { name: "Nexora cannot be reached" })
      .waitFor();
    await app.restart();
    await ready(page);
    await arrived(page, "down", second);
    await arrived(other, "down", second);
    await onServer(member, "down", second);
  },
);

stageTest(
  "two tabs of one person send what each has written, and neither what the other has",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    await using member = await browser.person(await app.signIn("demo-member"));
    const here = await enter(owner);
    const there = await enter(owner);
    await waitFor(
      async () => await tabsWithVault(here) === 2,
      { what: "both tabs to have their vault" },
    );
    let posts = 0;
    owner.context.on("request", (request) => {
      if (request.method() === "POST" && /messages$/.test(request.url())) {
        posts++;
      }
    });
    await owner.context.setOffline(true);
    await write(here, ["tab a one", "tab a two"]);
    await write(there, ["tab b one"]);
    await kept(here, ["tab a one", "tab a two"]);
    await kept(there, ["tab b one"]);
    posts = 0;
    await owner.context.setOffline(false);
    await arrived(here, "tab a", ["tab a one", "tab a two"]);
    await arrived(here, "tab b", ["tab b one"]);
    await arrived(there, "tab a", ["tab a one", "tab a two"]);
    assertEquals(posts, 3);
    await onServer(member, "tab a", ["tab a one", "tab a two"]);
    await onServer(member, "tab b", ["tab b one"]);
  },
);

stageTest(
  "a draft follows its writer to another device, gives way to what is typed later, and is gone from both once sent",
  async ({ app, browser }) => {
    await using laptop = await browser.person(await app.signIn("demo-owner"));
    await using phone = await browser.person(await app.signIn("demo-owner"), {
      device: "phone",
    });
    const big = await enter(laptop);
    const small = await enter(phone);
    const holds = async (page: Page, text: string) => {
      let last = "";
      await waitFor(
        async () => (last = await field(page).inputValue()) === text,
        { what: () => `the field to hold "${text}", it holds "${last}"` },
      );
    };
    await field(big).fill("Begun at the desk");
    await holds(small, "Begun at the desk");
    // Both go on at once: the later keystroke is kept, on both.
    await field(big).fill("Begun at the desk, and on");
    await field(small).fill("Begun at the desk, finished on the train");
    await holds(big, "Begun at the desk, finished on the train");
    await field(big).press("Enter");
    await holds(big, "");
    await holds(small, "");
    await arrived(small, "Begun", ["Begun at the desk, finished on the train"]);
    // One that opens later has it too.
    await field(small).fill("For tomorrow");
    await holds(big, "For tomorrow");
    await big.reload();
    await holds(big, "For tomorrow");
  },
);
