/** What chat promises about time and crashes, seen in browsers: limits, what is sent later, who is gone, what was missed. */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { MAX_PEOPLE } from "../../lib/calls/limits.ts";
import { AppProcess, SignedIn } from "../support/app.ts";
import {
  accessibilityViolations,
  type Person,
  saveScreenshots,
  TestBrowser,
} from "../support/browser.ts";
import { KvStoreProcess } from "../support/kv_store_process.ts";
import { waitFor } from "../support/wait.ts";

const ROOM = "/guilds/demo-guild";
const API = "/api/channels/guild-demo-guild";
const FLAGS = [
  "--use-fake-ui-for-media-stream",
  "--use-fake-device-for-media-stream",
];

const field = (page: Page) =>
  page.getByRole("textbox", { name: "Write a message" });
const inPane = (page: Page, name: string) =>
  page.locator("a.person", { hasText: name });

/** Opens a room, and waits until it is live. */
async function inRoom(person: Person): Promise<Page> {
  const page = await person.open(ROOM);
  await page.locator("button.bell[aria-expanded]").waitFor();
  await page.locator(".person[data-online=true]").first().waitFor({
    state: "attached",
  });
  return page;
}

async function answerOf(response: Response) {
  assert(response.ok, `${response.status} ${response.url}`);
  return response.status === 204 ? null : await response.json();
}

function browserTest(
  name: string,
  fn: (t: Deno.TestContext, directory: string) => Promise<void>,
): void {
  Deno.test({
    name,
    sanitizeOps: false,
    sanitizeResources: false,
    async fn(t) {
      const directory = await Deno.makeTempDir();
      try {
        await fn(t, directory);
      } finally {
        await Deno.remove(directory, { recursive: true });
      }
    },
  });
}

browserTest(
  "a full call says so; what is scheduled comes at its time; no status is missed while a page loads",
  async (t, directory) => {
    await using app = await AppProcess.start({ kvPath: `${directory}/kv.db` });
    await using browser = await TestBrowser.launch(FLAGS);
    const mara = await app.signIn("demo-owner");
    const jonas = await app.signIn("demo-member");
    await using owner = await browser.person(mara);
    await using member = await browser.person(jonas);
    const page = await inRoom(owner);
    const other = await inRoom(member);

    await t.step(
      "whoever finds a call full is told so, and gets in when somebody has left",
      async () => {
        const { call } = await answerOf(
          await mara.fetch(`${API}/calls`, { method: "POST", json: {} }),
        );
        const handles = [
          "ines-duarte",
          "tomas-novak",
          "aiko-tanaka",
          "sam-whitfield",
          "leila-haddad",
        ];
        const callers = [
          jonas,
          ...await Promise.all(handles.map((handle) => app.signIn(handle))),
        ];
        assertEquals(callers.length, MAX_PEOPLE);
        const act = async (who: SignedIn, what: "join" | "leave") =>
          await answerOf(
            await who.fetch(`/api/calls/${call.id}/${what}`, {
              method: "POST",
              json: { peer: `tab-of-${who.handle}` },
            }),
          );
        for (const who of callers) await act(who, "join");
        await page.getByRole("link", { name: `${MAX_PEOPLE}` }).and(
          page.locator(".call-join"),
        ).waitFor();
        const [window] = await Promise.all([
          page.waitForEvent("popup"),
          page.locator(".call-join").click(),
        ]);
        await window.getByRole("heading", { name: "The call is full" })
          .waitFor();
        await window.getByRole("status").getByText(
          `${MAX_PEOPLE} people are in it`,
        ).waitFor();
        await saveScreenshots(window, "call-full");
        assertEquals(await accessibilityViolations(window), []);
        await act(callers.at(-1)!, "leave");
        // Who thinks better of it while they are being let in is not in it afterwards.
        const joining = Promise.withResolvers<void>();
        const left = Promise.withResolvers<void>();
        await window.route(/\/join$/, async (route) => {
          const response = await route.fetch();
          joining.resolve();
          await left.promise;
          await route.fulfill({ response });
        });
        await window.getByRole("link", { name: "Join again" }).press("Enter");
        await joining.promise;
        await window.getByRole("button", { name: "Leave call" }).click();
        await window.getByRole("heading", { name: "You have left the call" })
          .waitFor();
        left.resolve();
        await waitFor(async () => {
          const answer = await mara.fetch(`/api/calls/${call.id}`);
          const { people } = (await answer.json()).call;
          return Object.keys(people).length === MAX_PEOPLE - 1;
        }, { what: "the call to be without who has left" });
        await window.close();
        for (const who of callers) await act(who, "leave");
      },
    );

    await t.step(
      "what is scheduled waits in the list, takes other words, and comes at its time, once",
      async () => {
        await field(page).fill("The ferry leaves at six");
        await page.getByRole("button", { name: "Send later" }).click();
        await page.getByRole("button", { name: /Tomorrow/ }).click();
        await page.getByRole("button", { name: "Show", exact: true }).click();
        const card = page.locator(".side-card");
        await card.getByText("The ferry leaves at six").waitFor();
        await saveScreenshots(page, "chat-scheduled");
        assertEquals(await accessibilityViolations(page), []);
        await card.getByRole("button", { name: "Edit" }).click();
        await card.getByRole("textbox", { name: "Edit the message" })
          .fill("The ferry leaves at seven");
        await card.getByRole("button", { name: "Save" }).click();
        await card.getByText("The ferry leaves at seven").waitFor();

        // Another device of theirs moves it: to a time that a test can wait for.
        const { scheduled } = await answerOf(
          await mara.fetch(`${API}/scheduled`),
        );
        assertEquals(scheduled.length, 1);
        const sendAt = Date.now() + 2_000;
        await answerOf(
          await mara.fetch(`${API}/scheduled/${scheduled[0].id}`, {
            method: "PATCH",
            json: { sendAt },
          }),
        );
        assertEquals(await other.getByText("The ferry leaves at").count(), 0);
        const row = other.locator("[data-message-id]", {
          hasText: "The ferry leaves at seven",
        });
        await row.waitFor();
        assert(Date.now() >= sendAt, "it came before its time");
        await page.getByText("You have nothing scheduled").waitFor();
        assertEquals(await row.count(), 1);
        assertEquals(await other.getByText("leaves at six").count(), 0);
        await page.getByRole("button", { name: "Close" }).click();
      },
    );

    await t.step("a day leads to its first message", async () => {
      const said: { id: string; sentAt: number }[] = [];
      let before: string | null = "";
      while (before !== null) {
        const query: string = before && `&before=${before}`;
        const { messages, before: next } = await answerOf(
          await mara.fetch(`${API}/messages?limit=100${query}`),
        );
        said.push(...messages);
        before = next;
      }
      const dayOf = (at: number) =>
        new Date(at).toLocaleDateString("sv", { timeZone: "Europe/Berlin" });
      // A day without words leads to the next one that has some.
      const days = new Set(said.map(({ sentAt }) => dayOf(sentAt)));
      let [some, quiet] = ["", ""];
      for (let at = said.at(-1)!.sentAt; at < Date.now(); at += 86_400_000) {
        const day = dayOf(at);
        if (days.has(day)) {
          some ||= day === dayOf(said.at(-1)!.sentAt) ? "" : day;
        } else quiet ||= day;
      }
      for (const day of [some, quiet]) {
        const first = said.findLast(({ sentAt }) => dayOf(sentAt) >= day)!;
        await page.getByRole("button", { name: "This room" }).press("Enter");
        await page.getByRole("button", { name: "Go to a day" }).press("Enter");
        const field = page.getByLabel("Day", { exact: true });
        await field.fill(day);
        if (day === some) {
          await saveScreenshots(page, "chat-day");
          assertEquals(await accessibilityViolations(page), []);
        }
        await field.press("Enter");
        await page.locator(`.found[data-message-id="${first.id}"]`).waitFor();
      }
      await page.getByRole("button", { name: "Jump to latest" }).click();
    });

    await t.step(
      "a status that is set while the pane loads is in it, whichever answer is late",
      async () => {
        const says = (text: string) =>
          jonas.fetch("/api/me/status", {
            method: "PUT",
            json: { state: "auto", text, emoji: "" },
          }).then(answerOf);
        await says("At the dentist");
        // The pane has its list, and nothing is heard yet.
        const socket = Promise.withResolvers<void>();
        const walking = Promise.withResolvers<void>();
        await page.routeWebSocket(/\/app\//, async (route) => {
          await socket.promise;
          route.connectToServer().onMessage((frame) => {
            route.send(frame);
            if (String(frame).includes("Out for a walk")) walking.resolve();
          });
        });
        const listed = page.waitForResponse((answer) =>
          answer.url().endsWith("/statuses") && answer.url().includes("guild")
        );
        await page.reload();
        await (await listed).finished();
        await says("Back at the desk");
        socket.resolve();
        await inPane(page, "Jonas").getByText("Back at the desk").waitFor();

        // The list is made, the socket tells of what comes after it, and then the list arrives.
        const answered = Promise.withResolvers<void>();
        await page.route(/guild-demo-guild\/statuses$/, async (route) => {
          const response = await route.fetch();
          answered.resolve();
          await walking.promise;
          // What a frame does, it does before this is asked.
          await page.evaluate(() => 0);
          await route.fulfill({ response });
        });
        const delivered = page.waitForResponse(/guild-demo-guild\/statuses$/);
        await page.reload();
        await answered.promise;
        await page.locator(".person[data-online=true]").first().waitFor();
        await says("Out for a walk");
        await (await delivered).finished();
        await inPane(page, "Jonas").getByText("Out for a walk").waitFor();
      },
    );
    assertEquals(
      [...owner.problems, ...member.problems].filter((problem) =>
        // The full call's refusal; screenshots bring styles of their own.
        !/status of 409 .*\/join|inline style/.test(problem)
      ),
      [],
    );
  },
);

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

browserTest(
  "who is torn away by a crash is soon neither writing nor here, and nobody else flickers",
  async (t, directory) => {
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
      await field(typing).pressSequentially("I was just ab");
      await writing.waitFor();
      await there.kill();
      const at = performance.now();
      await dot(false).waitFor();
      await writing.waitFor({ state: "hidden" });
      // Three heartbeats and the one that sweeps, and what two busy cores need.
      assert(performance.now() - at < 10_000);
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
      await field(typing).pressSequentially("And now I am");
      await writing.waitFor();
      await doomed.crash();
      await dot(false).waitFor();
      await writing.waitFor({ state: "hidden" });
      assertEquals(await changes(), ["demo-member false"]);
    });
    assertEquals([...owner.problems, ...calm.problems], []);
  },
);
