/** Admins see what happens, as it happens; the pages work before scripts; nobody else gets in. */
import { assert, assertEquals } from "@std/assert";
import { keys } from "../../lib/kv/mod.ts";
import type { DeadJob } from "../../lib/queue/mod.ts";
import { AppProcess, CREDENTIALS } from "../support/app.ts";
import {
  assertAccessibleInBothThemes,
  saveScreenshots,
  TestBrowser,
} from "../support/browser.ts";
import { openSocket } from "../support/socket.ts";
import { waitFor } from "../support/wait.ts";

interface Stage {
  app: AppProcess;
  browser: TestBrowser;
  /** Where a webhook may go; answers with `hook.status`. */
  hook: { url: string; status: number; bodies: string[] };
  kvPath: string;
}

function stageTest(name: string, run: (stage: Stage) => Promise<void>): void {
  Deno.test({
    name,
    // Playwright's pipes to the browser outlive the single calls that are made over them.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      const directory = await Deno.makeTempDir();
      const hook: Stage["hook"] = { url: "", status: 200, bodies: [] };
      const server = Deno.serve(
        { port: 0, hostname: "127.0.0.1", onListen: () => {} },
        async (request) => {
          hook.bodies.push(await request.text());
          return new Response(null, { status: hook.status });
        },
      );
      hook.url = `http://127.0.0.1:${server.addr.port}/hook`;
      const kvPath = `${directory}/kv.db`;
      try {
        await using app = await AppProcess.start({
          kvPath,
          env: {
            WEBHOOKS: JSON.stringify([{
              id: "billing",
              url: `${hook.url}/billing`,
              types: ["channel_occupied", "channel_vacated"],
            }]),
          },
        });
        await using browser = await TestBrowser.launch();
        await run({ app, browser, hook, kvPath });
      } finally {
        await server.shutdown();
        await Deno.remove(directory, { recursive: true });
      }
    },
  });
}

/** A delivery to `billing` that was given up: nobody waits five minutes for one. */
async function giveUp(kvPath: string, channel: string) {
  using kv = await Deno.openKv(kvPath);
  const now = Date.now();
  const job: DeadJob = {
    id: "given-up",
    kind: "webhook",
    payload: {
      endpointId: "billing",
      time_ms: now,
      events: [{ name: "channel_vacated", channel }],
    },
    attempts: 10,
    maxAttempts: 10,
    enqueuedAt: now - 300_000,
    lastError: "Webhook billing: answered 502",
    diedAt: now,
    expiresAt: now + 86_400_000,
  };
  await kv.set(keys.deadJob(job.id), job);
}

stageTest(
  "an admin watches people, channels and events, publishes, and ends connections",
  async ({ app, browser }) => {
    const member = await app.signIn("demo-member");
    const closes: number[] = [];
    const socket = openSocket(
      `${app.origin}/app/${CREDENTIALS.key}?protocol=7&client=js&version=8.6.0`,
      { cookie: member.cookie, origin: app.origin },
    );
    const frames: { event: string; data: string }[] = [];
    socket.onclose = ({ code }) => closes.push(code);
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(data);
      frames.push(frame);
      if (frame.event !== "pusher:connection_established") return;
      for (const channel of ["guild-demo-guild", "nexora-test"]) {
        socket.send(
          JSON.stringify({ event: "pusher:subscribe", data: { channel } }),
        );
      }
    };

    await using admin = await browser.person(await app.signIn("demo-admin"));
    const page = await admin.open("/");
    await page.getByRole("link", { name: "Admin" }).first().click();
    await page.getByRole("link", { name: "Live" }).first().click();
    await page.locator(".live[data-state=live]").waitFor();
    const people = page.locator("tr[data-user=demo_member]");
    await people.getByText("@demo-member").waitFor();
    await page.locator("td", { hasText: /^nexora-test$/ }).waitFor();

    // A test event reaches its subscriber and the stream.
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("Published to 1 subscriber.").waitFor();
    await waitFor(() => frames.some((f) => f.event === "hello"), {
      what: "the test event",
    });
    const rows = page.locator(".event");
    await rows.filter({ hasText: "nexora-test" }).first().waitFor();
    await page.getByRole("textbox", { name: "Data" }).fill("{ no");
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("This is not JSON").waitFor();

    // Filter, pause, clear.
    const filter = page.getByRole("main").getByRole("searchbox");
    await filter.fill("elsewhere");
    await page.getByText("No event matches").waitFor();
    await filter.fill("");
    await page.getByRole("button", { name: "Pause" }).click();
    const before = await rows.count();
    const publish = () =>
      member.fetch("/api/channels/guild-demo-guild/messages", {
        method: "POST",
        json: { content: "Anybody seen the ladder?" },
      });
    assertEquals((await publish()).status, 201);
    await page.getByRole("button", { name: /Resume \(\d+ new\)/ }).waitFor();
    assertEquals(await rows.count(), before);
    await page.getByRole("button", { name: /Resume/ }).click();
    await rows.filter({ hasText: "message:new" }).first().waitFor();
    for (let i = 0; i < 12; i++) {
      await (await publish()).body?.cancel();
    }
    await waitFor(
      async () => await rows.filter({ hasText: "message:new" }).count() >= 13,
      { what: "all messages in the stream" },
    );
    // By keyboard: arrows go through the events, Tab goes past them.
    await page.getByRole("button", { name: "Pause" }).click();
    await rows.first().locator("summary").focus();
    for (const key of ["ArrowDown", "ArrowDown", "ArrowUp", "Enter"]) {
      await page.keyboard.press(key);
    }
    await page.locator(".events li:nth-child(2) details[open]").waitFor();
    assertEquals(await page.locator(".event[open]").count(), 1);
    await page.keyboard.press("Tab");
    assertEquals(
      await page.evaluate(() => document.activeElement?.getAttribute("name")),
      "channel",
    );
    await page.getByRole("button", { name: /Resume/ }).click();

    // Some seconds of traffic, so that there is a line to look at.
    await page.getByRole("textbox", { name: "Data" }).fill("{}");
    await waitFor(async () => {
      await (await publish()).body?.cancel();
      const line = await page.locator(".spark-line").first().getAttribute("d");
      return line && line.split("L").length > 12;
    }, { timeout: 30_000, interval: 60, what: "a chart of some seconds" });
    await page.locator(".live-now").scrollIntoViewIfNeeded();
    await page.locator("#main").evaluate((main) => main.scrollTo(0, 0));
    // Nothing is cut off: neither a figure nor the button that ends somebody's connections.
    for (const width of [1280, 1100, 360]) {
      await page.setViewportSize({ width, height: 800 });
      assertEquals(
        await page.locator("#main :is(.chart, .table-box)").evaluateAll((all) =>
          all.filter((box) => box.scrollWidth > box.clientWidth + 1)
            .map((box) => box.textContent)
        ),
        [],
        `${width} px`,
      );
    }
    await saveScreenshots(page, "admin-live");
    await assertAccessibleInBothThemes(page);
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("No events yet").waitFor();

    // Ending somebody's connections takes two clicks.
    await people.getByRole("button").click();
    await people.getByRole("button", { name: "Really" }).click();
    await waitFor(() => closes.length > 0, { what: "the socket to be closed" });
    assertEquals(closes, [4009]);
    await people.waitFor({ state: "detached" });
    // A refused form answers 400 and 403, which the browser calls errors.
    assertEquals(
      admin.problems.filter((problem) => !/status of 40[03]/.test(problem)),
      [],
    );
  },
);

stageTest(
  "webhooks are added, tried, removed, and delivered again after they were given up",
  async ({ app, browser, hook, kvPath }) => {
    await giveUp(kvPath, "left-behind");
    await using admin = await browser.person(await app.signIn("demo-admin"));
    const page = await admin.open("/admin/webhooks");
    const billing = page.locator(".hook", { hasText: "/billing" }).first();
    await billing.getByText("Environment").waitFor();
    assertEquals(
      await billing.getByRole("button", { name: /Remove/ }).count(),
      0,
    );

    await page.getByLabel("Address").fill("not an address");
    await page.getByRole("button", { name: "Add endpoint" }).click();
    await page.locator("#field-url[aria-invalid=true]").waitFor();
    await page.getByLabel("Address").fill(`${hook.url}/search`);
    await page.getByRole("checkbox", { name: /cache_miss/ }).uncheck();
    await page.getByRole("button", { name: "Add endpoint" }).click();
    const search = page.locator(".hook", { hasText: "/search" }).first();
    await search.waitFor();
    assertEquals(await search.getByText("cache_miss").count(), 0);

    await search.getByRole("button", { name: /Send a test/ }).click();
    await page.getByText(/answered with 200/).waitFor();
    hook.status = 500;
    await page.locator(".hook", { hasText: "/search" }).first()
      .getByRole("button", { name: /Send a test/ }).click();
    await page.getByText(/answered with 500/).waitFor();
    await saveScreenshots(page, "admin-webhooks");
    await assertAccessibleInBothThemes(page);

    await page.locator(".hook", { hasText: "/search" }).first()
      .getByRole("button", { name: /Remove/ }).click();
    await page.waitForURL("**/admin/webhooks?done=removed");
    assertEquals(
      await page.getByRole("button", { name: /Remove/ }).count(),
      0,
    );

    hook.status = 200;
    await page.getByText("channel_vacated left-behind").waitFor();
    await page.getByRole("button", { name: "Deliver again" }).click();
    await page.waitForURL("**/admin/webhooks?done=replayed");
    await page.getByText("Nothing has been given up").waitFor();
    await waitFor(
      () => hook.bodies.some((body) => body.includes("left-behind")),
      { what: "the delivery" },
    );
    // What a refused form answers is an error to the browser.
    assertEquals(
      admin.problems.filter((problem) => !/status of 400/.test(problem)),
      [],
    );
  },
);

stageTest(
  "before scripts the admin pages read and post; others are refused",
  async ({ app, browser }) => {
    const admin = await app.signIn("demo-admin");
    const live = await (await admin.fetch("/admin/live")).text();
    assert(live.includes("Connected people"));
    const post = async (fields: Record<string, string>) => {
      const response = await admin.fetch("/admin/live", {
        method: "POST",
        body: new URLSearchParams(fields),
      });
      return { status: response.status, text: await response.text() };
    };
    const sent = await post({
      do: "publish",
      channel: "c",
      event: "e",
      data: "1",
    });
    assertEquals(sent.status, 200);
    assert(sent.text.includes("Published to 0 subscribers."));
    const refused = await post({
      do: "publish",
      channel: "c",
      event: "e",
      data: "{",
    });
    assertEquals(refused.status, 400);
    assert(refused.text.includes("This is not JSON"));
    const ended = await post({ do: "terminate", userId: "demo_member" });
    assertEquals(ended.status, 200);

    const paths = ["/admin", "/admin/live", "/admin/webhooks"];
    const member = await app.signIn("demo-member");
    for (const path of paths) {
      assertEquals((await member.fetch(path)).status, 403);
      const nobody = await fetch(app.origin + path, { redirect: "manual" });
      assertEquals(nobody.status, 303);
      assertEquals(
        nobody.headers.get("location"),
        `/sign-in?next=${encodeURIComponent(path)}`,
      );
    }
    assert(!(await (await member.fetch("/")).text()).includes('"/admin"'));

    await using person = await browser.person(admin);
    const page = await person.open("/admin");
    await saveScreenshots(page, "admin");
    await assertAccessibleInBothThemes(page);
    assertEquals(person.problems, []);
  },
);
