/**
 * A thousand messages typed into two real browsers while the server is killed with -9 and started again: both screens
 * end with exactly the messages that the server has acknowledged, each once, in the same order.
 */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { AppProcess } from "../support/app.ts";
import { stageTest } from "../support/stage.ts";
import { waitFor } from "../support/wait.ts";

const GUILD = "/guilds/demo-guild";
const EACH = 500;

interface Row {
  id: string | null;
  state: string | null;
  text: string;
}

/** The messages of this test in the room as the page shows it, from top to bottom: only what is near is drawn. */
async function rows(page: Page): Promise<Row[]> {
  return await page.getByRole("log").evaluate(async (log) => {
    const found = new Map<string, Row>();
    const painted = () =>
      new Promise<void>((resolve) =>
        requestAnimationFrame(() => setTimeout(resolve))
      );
    /** Keys from top to bottom. A row is put where the page shows it among those found before. */
    const order: string[] = [];
    log.scrollTop = 0;
    for (let frames = 0; frames < 4; frames++) await painted();
    for (let last = NaN; log.scrollTop !== last;) {
      last = log.scrollTop;
      let next: string | null = null;
      const drawn = [...log.querySelectorAll<HTMLElement>("[data-key]")];
      for (const row of drawn.reverse()) {
        const text = /load \w+ \d+/.exec(row.textContent ?? "")?.[0] ?? "";
        if (text === "") continue;
        const key = row.dataset.key!;
        if (!found.has(key)) {
          const at = next === null ? order.length : order.indexOf(next);
          order.splice(at, 0, key);
        }
        next = key;
        const id = row.getAttribute("data-message-id");
        found.set(key, { id, state: row.getAttribute("data-state"), text });
      }
      log.scrollTop -= log.clientHeight;
      await painted();
      await painted();
    }
    log.scrollTop = 0;
    return order.map((key) => found.get(key)!);
  });
}

async function type(page: Page, texts: string[]): Promise<void> {
  const field = page.getByRole("textbox", { name: "Message" });
  for (const text of texts) {
    await field.fill(text);
    await field.press("Enter");
  }
}

stageTest(
  "a thousand messages typed in two browsers over a kill -9",
  async ({ app, browser }) => {
    const owner = await app.signIn("demo-owner");
    const member = await app.signIn("demo-member");
    await using ownerAtHome = await browser.person(owner);
    await using memberAtHome = await browser.person(member);
    const pages = [
      await ownerAtHome.open(GUILD),
      await memberAtHome.open(GUILD),
    ] as const;
    for (const page of pages) {
      await page.locator("button.bell[aria-expanded]").waitFor();
    }

    const texts = (who: string) =>
      Array.from({ length: EACH }, (_, n) => `load ${who} ${n}`);
    const typing = Promise.all([
      type(pages[0], texts("owner")),
      type(pages[1], texts("member")),
    ]);
    typing.catch(() => {});
    const sent = async () => (await history(owner)).length;
    await waitFor(async () => await sent() >= 0.4 * 2 * EACH, {
      timeout: 120_000,
      interval: 1_000,
      what: "400 messages to be sent",
    });
    await app.restart();
    assert(await sent() < 2 * EACH, "the kill came after the last message");
    await typing;

    const screens = async () =>
      await Promise.all(pages.map((page) => rows(page)));
    await waitFor(
      async () =>
        (await screens()).every((screen) =>
          screen.length >= 2 * EACH &&
          screen.every(({ state }) => state === "sent")
        ),
      {
        timeout: 90_000,
        interval: 250,
        what: "everything to be sent and shown in both browsers",
      },
    );
    const [left, right] = await screens();
    const acknowledged = await history(owner);
    assertEquals(left!.map(({ id }) => id), acknowledged);
    assertEquals(right!.map(({ id }) => id), acknowledged);
    assertEquals(
      left!.map(({ text }) => text).sort(),
      [...texts("owner"), ...texts("member")].sort(),
    );
  },
);

/** Ids of this test's messages as the server has them, oldest first. */
async function history(
  user: Awaited<ReturnType<AppProcess["signIn"]>>,
): Promise<string[]> {
  const ids: string[] = [];
  let before = "";
  while (true) {
    const query = `limit=100${before && `&before=${before}`}`;
    const path = `/api/channels/guild-demo-guild/messages?${query}`;
    const page = await (await user.fetch(path)).json();
    const own = page.messages.filter(({ content }: { content: string }) =>
      /^load \w+ \d+$/.test(content)
    );
    ids.push(...own.map(({ id }: { id: string }) => id));
    if (own.length < page.messages.length || !page.before) break;
    before = encodeURIComponent(page.before);
  }
  return ids.reverse();
}
