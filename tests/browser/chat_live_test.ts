/** Two people chat live in a guild, a third is told by bell and toast on every tab, an outsider stays outside. */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { AppProcess, CREDENTIALS } from "../support/app.ts";
import { type Person, saveScreenshots } from "../support/browser.ts";
import { openSocket } from "../support/socket.ts";
import { stageTest } from "../support/stage.ts";
import { waitFor } from "../support/wait.ts";

const GUILD = "/guilds/demo-guild";
const CHANNEL = "guild-demo-guild";

/** Opens the guild's room and waits until it is live. */
async function enter(person: Person): Promise<Page> {
  const page = await person.open(GUILD);
  // Only the live bell is a button.
  await page.locator("button.bell[aria-expanded]").waitFor();
  return page;
}

/** From now on the page counts the toasts that come: a slow machine may look only when they are gone again. */
async function keepToasts(page: Page): Promise<void> {
  await page.evaluate(() => {
    const kept = new Set<Element>();
    Object.assign(globalThis, { kept });
    new MutationObserver(() => {
      for (const toast of document.querySelectorAll(".toast")) kept.add(toast);
    }).observe(document.body, { childList: true, subtree: true });
  });
}

function toastsKept(page: Page, text: string): Promise<number> {
  return page.evaluate((text) => {
    const { kept } = globalThis as unknown as { kept: Set<Element> };
    return [...kept].filter(({ textContent }) => textContent?.includes(text))
      .length;
  }, text);
}

async function say(page: Page, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: "Message" });
  await field.fill(text);
  await field.press("Enter");
}

/** The messages with this text, and their states. */
async function shown(page: Page, text: string): Promise<(string | null)[]> {
  return await page.locator("[data-message-id]", { hasText: text })
    .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-state")));
}

async function waitShown(page: Page, text: string): Promise<void> {
  await waitFor(
    async () => (await shown(page, text)).join() === "sent",
    { what: `"${text}" to be shown once, as sent` },
  );
}

stageTest(
  "two people chat both ways, live, and see each other typing",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    await using member = await browser.person(await app.signIn("demo-member"));
    const ownerPage = await enter(owner);
    const memberPage = await enter(member);

    await say(ownerPage, "Shall we ship the lantern today?");
    await waitShown(memberPage, "Shall we ship the lantern today?");
    await waitShown(ownerPage, "Shall we ship the lantern today?");

    await memberPage.getByRole("textbox", { name: "Message" })
      .pressSequentially("Yes, a");
    await ownerPage.locator(".typing", { hasText: "typing" }).waitFor();
    await say(memberPage, "Yes, after lunch");
    await waitShown(ownerPage, "Yes, after lunch");
    await ownerPage.locator(".typing", { hasText: "typing" })
      .waitFor({ state: "hidden" });

    // What came live is what a reload shows.
    await ownerPage.reload();
    await waitShown(ownerPage, "Shall we ship the lantern today?");
    await waitShown(ownerPage, "Yes, after lunch");
    await saveScreenshots(ownerPage, "chat-live");
    assertEquals([...owner.problems, ...member.problems], []);
  },
);

stageTest(
  "who leads a guild hears on every tab that somebody joined: bell, toast, once",
  async ({ app, browser }) => {
    await using owner = await browser.person(await app.signIn("demo-owner"));
    const tabs = [await enter(owner), await owner.open("/")];
    const bells = tabs.map((tab) => tab.locator("button.bell"));
    await Promise.all(bells.map((bell) => bell.waitFor()));
    const unread = () =>
      Promise.all(
        bells.map(async (bell) =>
          Number(await bell.getAttribute("data-unread"))
        ),
      );
    const [before] = await unread();
    assertEquals(await unread(), [before, before]);
    for (const tab of tabs) await keepToasts(tab);

    await using newcomer = await browser.person({ origin: app.origin });
    const page = await newcomer.open("/sign-up");
    await page.locator("[name=name]").fill("Zora Quill");
    await page.locator("[name=handle]").fill("zora-quill");
    await page.locator("[name=email]").fill("zora@example.test");
    await page.locator("[name=password]").fill("correct horse battery");
    await page.locator("main form").getByRole("button").click();
    await page.waitForURL("**/");
    await page.goto(GUILD);
    await page.getByRole("button", { name: "Join Lantern Works" }).click();
    await page.getByRole("log").waitFor();

    for (const tab of tabs) {
      await waitFor(async () => (await toastsKept(tab, "Zora Quill")) > 0, {
        what: "a toast on every tab",
      });
    }
    await waitFor(
      async () => (await unread()).every((count) => count === before! + 1),
      { what: "both bells to count one more" },
    );
    await saveScreenshots(tabs[0]!, "bell-and-toast");
    for (const tab of tabs) {
      assertEquals(await toastsKept(tab, "Zora Quill"), 1);
      assertEquals(
        (await tab.locator("button.bell .count").textContent())?.trim(),
        String(before! + 1),
      );
    }

    // Read in one tab is read in the other.
    await bells[0]!.click();
    await tabs[0]!.locator("#inbox").getByText("Zora Quill").first().waitFor();
    await tabs[0]!.locator("#inbox")
      .getByRole("button", { name: "Mark all as read" }).click();
    await waitFor(
      async () => (await unread()).every((count) => count === 0),
      { what: "both bells to be empty" },
    );
    assertEquals(owner.problems, []);
    // The guild's page told the newcomer, before joining, that it is for members.
    assertEquals(newcomer.problems.filter((text) => !text.includes("403")), []);
  },
);

/** What a socket gets as answers to these subscriptions: the status of a refusal, or "in". */
async function knock(
  app: AppProcess,
  channels: string[],
  headers: Record<string, string>,
): Promise<Record<string, number | "in">> {
  const answers: Record<string, number | "in"> = {};
  const events: string[] = [];
  const socket = openSocket(
    `${app.origin}/app/${CREDENTIALS.key}?protocol=7&client=js&version=8.6.0`,
    headers,
  );
  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(data);
    if (frame.event === "pusher:connection_established") {
      for (const channel of channels) {
        const event = "pusher:subscribe";
        socket.send(JSON.stringify({ event, data: { channel } }));
      }
    } else if (frame.event === "pusher:subscription_error") {
      answers[frame.channel] = JSON.parse(frame.data).status;
    } else if (frame.event === "pusher_internal:subscription_succeeded") {
      answers[frame.channel] = "in";
    } else events.push(frame.event);
  };
  await waitFor(() => Object.keys(answers).length === channels.length, {
    what: () => `answers, these came: ${JSON.stringify(answers)}`,
  });
  socket.close();
  await new Promise((resolve) => socket.onclose = resolve);
  assertEquals(events, []);
  return answers;
}

stageTest(
  "an outsider is refused on the page, by the API and on the socket",
  async ({ app, browser }) => {
    const secret = "The vault opens at nine";
    const member = await app.signIn("demo-member");
    const path = `/api/channels/${CHANNEL}/messages`;
    const sent = await member.fetch(path, {
      method: "POST",
      json: { content: secret },
    });
    assertEquals(sent.status, 201);
    await sent.body?.cancel();

    const outsider = await app.signIn("demo-outsider");
    const nobody = { origin: app.origin };
    for (const who of [outsider, nobody]) {
      await using person = await browser.person(who);
      const page = await person.open(GUILD);
      assertEquals(await page.getByRole("log").count(), 0);
      assert(!(await page.content()).includes(secret));
      if (who === outsider) await saveScreenshots(page, "outsider");
    }

    const statuses = async (init: RequestInit & { json?: unknown }) => {
      const answers = [
        await outsider.fetch(path, init),
        await fetch(app.origin + path, {
          method: init.method,
          headers: { "content-type": "application/json", origin: app.origin },
          body: init.json ? JSON.stringify(init.json) : undefined,
        }),
      ];
      for (const answer of answers) {
        assert(!(await answer.text()).includes(secret));
      }
      return answers.map(({ status }) => status);
    };
    assertEquals(await statuses({}), [403, 401]);
    assertEquals(
      await statuses({ method: "POST", json: { content: "let me in" } }),
      [403, 401],
    );

    const channels = [CHANNEL, `private-${CHANNEL}`, `presence-${CHANNEL}`];
    const origin = app.origin;
    const as = (cookie: string) => knock(app, channels, { cookie, origin });
    const all = (answer: number | "in") =>
      Object.fromEntries(channels.map((channel) => [channel, answer]));
    assertEquals(await as(member.cookie), all("in"));
    assertEquals(await as(outsider.cookie), all(403));
    assertEquals(await knock(app, channels, { origin }), all(401));
    // A page of another site connects without the person whose cookie the browser sends along.
    const elsewhere = { cookie: member.cookie, origin: "https://evil.example" };
    assertEquals(await knock(app, channels, elsewhere), all(401));
  },
);
