/** Reading on from where one had read to, wherever that is, on every device. */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import type { SignedIn } from "../support/app.ts";
import { randomFrom } from "../support/ledger/faults.ts";
import { stageTest } from "../support/stage.ts";
import { waitFor } from "../support/wait.ts";

const ROOM = "/guilds/demo-guild";
const API = "/api/channels/guild-demo-guild";
const CASES = Number(Deno.env.get("NEXORA_TEST_PLACES") ?? 12);

async function readState(who: SignedIn): Promise<{ unread: number }> {
  const response = await who.fetch(`${API}/read`);
  return (await response.json()).read;
}

async function unreadFrom(who: SignedIn, id: string): Promise<void> {
  const json = { unreadFrom: id };
  const set = await who.fetch(`${API}/read`, { method: "POST", json });
  await set.body?.cancel();
}

/** Every message of the room, oldest first. */
async function everything(
  who: SignedIn,
): Promise<{ id: string; authorId: string }[]> {
  const all: { id: string; authorId: string }[] = [];
  for (let before = ""; before !== null;) {
    const response = await who.fetch(
      `${API}/messages?limit=100${before && `&before=${before}`}`,
    );
    const answer = await response.json();
    all.unshift(...answer.messages.reverse());
    before = answer.before;
  }
  return all;
}

/** The id of the message under the "new" line, once line and message are in view; what hinders that otherwise. */
const underTheLine = (page: Page) =>
  page.evaluate(() => {
    const line = document.querySelector(".day.fresh");
    const next = line?.nextElementSibling as HTMLElement | null;
    if (!line || !next) return "no line";
    const log = line.closest(".history")!.getBoundingClientRect();
    const { top, bottom } = next.getBoundingClientRect();
    const inView = top >= log.top - 1 &&
      Math.min(bottom, top + 20) <= log.bottom + 1;
    return inView
      ? next.dataset.messageId!
      : `out of view: ${next.dataset.messageId}`;
  });

async function expectUnderTheLine(page: Page, id: string, what: string) {
  let found = "";
  try {
    await waitFor(async () => (found = await underTheLine(page)) === id, {
      what,
      timeout: 20_000,
    });
  } catch (error) {
    throw new Error(`${what}: wanted ${id}, found ${found}`, { cause: error });
  }
}

stageTest("reading on from the first unread message", async (stage) => {
  const { app, browser, step } = stage;
  const session = await app.signIn("demo-owner");
  await using owner = await browser.person(session);
  await using phone = await browser.person(await app.signIn("demo-owner"), {
    device: "phone",
  });
  const member = await app.signIn("demo-member");
  const all = await everything(session);

  await step(
    `of ${CASES} random places each is found, under the line, in view`,
    async () => {
      const random = randomFrom(5);
      const page = await owner.open("/settings");
      for (let n = 0; n < CASES; n++) {
        const from = Math.floor(random() * all.length);
        await unreadFrom(session, all[from]!.id);
        const first = all.slice(from)
          .find(({ authorId }) => authorId !== "demo_owner");
        await page.goto(ROOM);
        if (first) {
          const what = `case ${n}, from ${from} of ${all.length}`;
          const jump = page.getByRole("button", { name: "Jump to it" });
          await page.locator(".day.fresh").or(jump).first().waitFor();
          // It goes by itself when the line turns out to be in view.
          if (await jump.isVisible()) {
            await jump.click({ timeout: 5_000 }).catch(() => {});
          }
          await expectUnderTheLine(page, first.id, what);
        }
        await waitFor(async () => (await readState(session)).unread === 0, {
          what: "the room to be read",
        });
        await page.goto("/settings");
      }
      await page.close();
    },
  );

  await step(
    "marked unread on one device, it stays so on another that shows the messages",
    async () => {
      const [here, there] = [await owner.open(ROOM), await phone.open(ROOM)];
      await there.locator("button.bell[aria-expanded]").waitFor();
      const target = all.slice(-8)
        .find(({ authorId }) => authorId !== "demo_owner")!;
      await here.locator(`[data-message-id="${target.id}"]`).focus();
      await here.keyboard.press("u");
      await here.locator(".day.fresh").waitFor();
      await there.locator(".day.fresh").waitFor();
      await expectUnderTheLine(here, target.id, "here");
      await expectUnderTheLine(there, target.id, "there");
      // What the phone would tell, it would tell before this answer.
      await there.evaluate((path) => fetch(path), `${API}/read`);
      const { unread } = await readState(session);
      const later = all.slice(all.indexOf(target))
        .filter(({ authorId }) => authorId !== "demo_owner");
      assertEquals(unread, later.length);
      await here.getByRole("textbox", { name: "Write a message" })
        .press("Escape");
      await waitFor(async () => (await readState(session)).unread === 0, {
        what: "the room to be read",
      });
      // Marked read there, what comes into view here is read again.
      await here.close();
      await member.must("POST", `${API}/messages`, { content: "And on" });
      await there.getByText("And on").waitFor();
      await waitFor(async () => (await readState(session)).unread === 0, {
        what: "what came then to be read",
      });
    },
  );
  assertEquals([...owner.problems, ...phone.problems], []);
});
