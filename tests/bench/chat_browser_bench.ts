/**
 * A guild's room of 100,000 messages in two real Chromium against the production build: open it, jump into its middle,
 * scroll up page after page, and from Enter in one browser to paint in the other. Run: deno task bench chat_browser.
 */
import { monotonicFactory } from "ulid";
import type { Page } from "playwright-core";
import { createPolicy } from "../../lib/auth/policy.ts";
import { openStore } from "../../lib/kv/mod.ts";
import { sendMessage } from "../../lib/messages/mod.ts";
import { indexRoom } from "../../lib/messages/search/index_room.ts";
import { createQueue } from "../../lib/queue/mod.ts";
import { KvEventLog } from "../../lib/realtime/log/log.ts";
import { getUserByHandle } from "../../lib/users/mod.ts";
import { AppProcess } from "../support/app.ts";
import { TestBrowser } from "../support/browser.ts";
import { prepare, prepend } from "./load/chat_page.ts";

const at = Deno.args.indexOf("--messages");
const MESSAGES = at < 0 ? 100_000 : Number(Deno.args[at + 1]);
const OPENED = 25;
const PAGES = 20;
const SENT = 50;
/** Pixels that a reader's place may move when older messages come in: issue 5's mark. */
const MARK = 2;
const CHANNEL = "guild-demo-guild";
const ROOM = "/guilds/demo-guild";

const WORDS =
  "the lamp of oil burns low while we wait for glass and wick from the harbour tomorrow"
    .split(" ");
/** From one word to some lines, so that no height can be guessed. */
const said = (n: number) =>
  Array.from(
    { length: 1 + (n * 13) % 37 },
    (_, i) => WORDS[(n * 7 + i * i) % WORDS.length],
  ).join(n % 11 === 0 ? "\n" : " ") + ` number${n}`;

/** Fills the demo guild's room straight in the store; returns the ids, oldest first. */
async function fill(path: string): Promise<string[]> {
  const store = await openStore(path);
  const { kv } = store;
  const now = Date.now;
  const newId = monotonicFactory();
  const log = new KvEventLog({ store, now, retention: 120_000 });
  await log.open();
  const queue = createQueue({ kv, now, newId });
  const deps = {
    kv,
    now,
    newId,
    log,
    queue,
    policy: createPolicy({ kv, now }),
  };
  const authors = [
    (await getUserByHandle(kv, "demo-owner"))!,
    (await getUserByHandle(kv, "demo-member"))!,
  ];
  const ids: string[] = [];
  while (ids.length < MESSAGES) {
    const some = await Promise.all(
      Array.from({ length: Math.min(500, MESSAGES - ids.length) }, (_, i) => {
        const n = ids.length + i;
        const author = authors[(n >> 2) % 2]!;
        return sendMessage(deps, {
          channel: CHANNEL,
          author,
          content: said(n),
        });
      }),
    );
    ids.push(...some.map(({ message }) => message.id));
  }
  await indexRoom(kv, CHANNEL);
  await log.close();
  await queue.stop();
  store.close();
  return ids;
}

function figures(samples: number[]) {
  const sorted = samples.toSorted((a, b) => a - b);
  const of = (p: number) => Math.round(sorted[Math.floor(sorted.length * p)]!);
  return { "p50 ms": of(0.5), "p99 ms": of(0.99), n: samples.length };
}

/** Milliseconds until `ready` is in view and painted. */
async function timed(page: Page, path: string, ready: string): Promise<number> {
  const began = performance.now();
  await page.goto(path, { waitUntil: "commit" });
  await page.locator(ready).last().waitFor();
  await page.evaluate(() =>
    new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
  );
  return performance.now() - began;
}

const directory = await Deno.makeTempDir();
const kvPath = `${directory}/kv.db`;
// The first run founds the demo world.
await (await AppProcess.start({ kvPath })).terminate();
const began = performance.now();
const ids = await fill(kvPath);
const filling = (performance.now() - began) / 1_000;
{
  await using app = await AppProcess.start({ kvPath });
  await using one = await TestBrowser.launch();
  await using two = await TestBrowser.launch();
  await using owner = await one.person(await app.signIn("demo-owner"));
  await using member = await two.person(await app.signIn("demo-member"));
  const reader = await owner.open(ROOM);
  const other = await member.open(ROOM);
  await prepare(reader);

  const opens: number[] = [];
  for (let i = 0; i < OPENED; i++) {
    opens.push(await timed(reader, ROOM, "[data-message-id]"));
  }
  const jumps: number[] = [];
  for (let i = 0; i < OPENED; i++) {
    const id = ids[
      Math.floor(MESSAGES / 4 + Math.random() * MESSAGES / 2)
    ]!;
    const row = `.message.found[data-message-id="${id}"]`;
    jumps.push(await timed(reader, `${ROOM}?message=${id}`, row));
  }
  const pages: { took: number; moved: number }[] = [];
  for (let i = 0; i < PAGES; i++) pages.push(await reader.evaluate(prepend));

  await timed(reader, ROOM, "button.bell[aria-expanded]");
  await other.locator("button.bell[aria-expanded]").waitFor();
  const field = other.getByRole("textbox", { name: "Write a message" });
  const paints: number[] = [];
  for (let i = 0; i < SENT; i++) {
    const text = `from one window to the other ${i}`;
    const painted = reader.evaluate(
      (text) =>
        new Promise<number>((done) => {
          const log = document.querySelector(".history-rows")!;
          const look = new MutationObserver(() => {
            if (!log.textContent!.includes(text)) return;
            look.disconnect();
            requestAnimationFrame(() => setTimeout(() => done(Date.now())));
          });
          look.observe(log, { subtree: true, childList: true });
        }),
      text,
    );
    await field.fill(text);
    const pressed = await field.evaluate((field) =>
      new Promise<number>((done) => {
        done(Date.now());
        field.dispatchEvent(
          new KeyboardEvent("keydown", {
            key: "Enter",
            bubbles: true,
            cancelable: true,
          }),
        );
      })
    );
    paints.push(await painted - pressed);
  }

  console.log(
    `${MESSAGES} messages in the room (written in ${filling.toFixed(0)} s), ` +
      `Chromium ${one.version}`,
  );
  console.table({
    "open: to the messages painted": figures(opens),
    "jump by a link: to the message in view": figures(jumps),
    "a page above: from its answer to paint": figures(
      pages.map(({ took }) => took),
    ),
    "Enter here: to paint in the other browser": figures(paints),
  });
  const moved = Math.max(...pages.map(({ moved }) => moved));
  console.log(
    `What is read moved by at most ${moved.toFixed(2)} px in ${PAGES} pages ` +
      `(mark: ${MARK} px): ${moved <= MARK ? "kept" : "BROKEN"}`,
  );
  const problems = [...owner.problems, ...member.problems];
  if (problems.length > 0) console.log("Problems:", problems);
}
await Deno.remove(directory, { recursive: true });
Deno.exit(0);
