import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { keys } from "../../lib/kv/mod.ts";
import { EMAIL_KIND } from "../../lib/notifications/delivery/job_kinds.ts";
import { AppProcess, type SignedIn } from "./app.ts";
import { type Person, type PersonOptions, TestBrowser } from "./browser.ts";
import { loopbackCertificate } from "./certificate.ts";
import { Mailbox } from "./mailbox.ts";
import { PushService } from "./push_service.ts";
import { waitFor } from "./wait.ts";

/** What somebody is told: a part of the title, and where besides the app it goes. */
export interface Telling {
  type: string;
  title: string;
  push?: true;
  mail?: true;
  /** Of the toast, where the notification has grown since, which is quiet. */
  toast?: string;
}

/** One of the people of a journey: a browser of their own, in which one tab stays open and hears what comes. */
export class Participant {
  readonly told: Telling[] = [];
  /** How many of them the person has read, as the test knows. */
  read = 0;
  #unread = 0;
  #newest = "";

  constructor(
    readonly api: SignedIn,
    readonly person: Person,
    /** The tab that is left alone. */
    readonly desk: Page,
    /** The tab in which they work. */
    readonly page: Page,
  ) {}

  /** From here on, what comes is the journey's. */
  async begin(): Promise<void> {
    const inbox = await this.#inbox();
    this.#newest = inbox.notifications[0]?.id ?? "";
    this.#unread = inbox.unread;
  }

  /** Types and titles since the beginning, the oldest first. */
  async inbox(): Promise<{ type: string; title: string }[]> {
    const { notifications } = await this.#inbox();
    return notifications.filter(({ id }) => id > this.#newest).reverse();
  }

  async #inbox(): Promise<
    {
      unread: number;
      notifications: { id: string; type: string; title: string }[];
    }
  > {
    const [list, counts] = await Promise.all([
      this.api.fetch("/api/notifications?limit=50"),
      this.api.fetch("/api/notifications/unread-count"),
    ]);
    const { notifications } = await list.json();
    return { notifications, unread: (await counts.json()).count };
  }

  /** The number on the bell of the tab that is left alone, less what was there before. */
  async bell(): Promise<number> {
    const badge = this.desk.locator("button.bell");
    return Number(await badge.getAttribute("data-unread")) - this.#unread;
  }

  /** Titles of all toasts of that tab, the oldest first. */
  async toasts(): Promise<string[]> {
    return await this.desk.evaluate(() =>
      (globalThis as unknown as { heard?: string[] }).heard ?? []
    );
  }
}

/** Writes down every toast that appears: it stays for five seconds, and a busy machine may look later. */
function hearToasts() {
  const heard: string[] = [];
  Object.assign(globalThis, { heard });
  const known = new WeakSet<Element>();
  new MutationObserver(() => {
    for (const toast of document.querySelectorAll(".toast")) {
      if (known.has(toast)) continue;
      known.add(toast);
      heard.push(toast.querySelector(".toast-title")?.textContent ?? "");
    }
  }).observe(document, { childList: true, subtree: true });
}

/** The app with a mail server and a push service of its own, and people in it. */
export class Journey {
  readonly people: Record<string, Participant> = {};

  constructor(
    readonly app: AppProcess,
    readonly browser: TestBrowser,
    readonly mailbox: Mailbox,
    readonly push: PushService,
    private readonly kvPath: string,
    readonly admin: SignedIn,
  ) {}

  /** Somebody signs in, opens two tabs and allows push messages. */
  async enter(handle: string, options?: PersonOptions): Promise<Participant> {
    const api = await this.app.signIn(handle);
    const person = await this.browser.person(api, options);
    const desk = await person.context.newPage();
    await desk.addInitScript(hearToasts);
    await desk.goto("/ranks");
    await desk.locator("button.bell[aria-expanded]").waitFor();
    const participant = new Participant(
      api,
      person,
      desk,
      await person.open("/"),
    );
    await this.allowPush(api);
    await participant.begin();
    return this.people[handle] = participant;
  }

  /** Somebody allows push messages on a browser that is not watched. */
  async allowPush(api: SignedIn): Promise<void> {
    const { handle } = api;
    const allowed = await api.fetch("/api/push/subscriptions", {
      method: "POST",
      json: { subscription: this.push.subscription(handle, this.push.local) },
    });
    assertEquals(allowed.status, 201, await allowed.text());
  }

  /** Who was sent a push message, or an e-mail, of this title, in order of handles. */
  reached(title: string): { pushed: string[]; mailed: string[] } {
    return {
      pushed: this.push.pushed.filter(({ data }) =>
        String(data.title).includes(title)
      ).map(({ path }) => path.split("/").at(-1)!).sort(),
      mailed: this.mailbox.mails.filter(({ subject }) => subject === title)
        .map(({ to }) => [to].flat()[0]!.text.split("@")[0]!).sort(),
    };
  }

  /**
   * Waits until everything due is done, then looks at everybody, also those who were told nothing: list, bell, toasts
   * and what their push service decrypted are what they have been told since the beginning, once.
   */
  async told(now: Record<string, Telling[]>): Promise<void> {
    for (const [handle, tellings] of Object.entries(now)) {
      this.people[handle]!.told.push(...tellings);
    }
    await this.settled();
    for (const [handle, one] of Object.entries(this.people)) {
      const expected = byTitle(
        one.told.map(({ type, title }) => ({ type, title })),
      );
      // A press in a browser may not have reached the server when its queue was looked at.
      await waitFor(async () => {
        assertEquals(
          like(await one.inbox(), expected),
          expected,
          `${handle}'s list`,
        );
        return true;
      }, { what: `${handle}'s list` });
      await waitFor(
        async () => await one.bell() === one.told.length - one.read,
        {
          what: `${handle}'s bell to count ${one.told.length - one.read} more`,
        },
      );
      const titles = one.told.map(({ title, toast }) => toast ?? title).sort();
      await waitFor(async () => (await one.toasts()).length >= titles.length, {
        what: `${handle}'s toasts`,
      });
      assertEquals(
        shown(await one.toasts(), titles),
        titles,
        `${handle}'s toasts`,
      );
      const pushed = one.told.filter(({ push }) => push).map((t) => t.title)
        .sort();
      assertEquals(
        shown(this.#pushedTo(handle), pushed),
        pushed,
        `pushed to ${handle}`,
      );
    }
  }

  /**
   * Nothing went wrong in any browser; and five minutes later whoever has not looked gets e-mails, and nobody else.
   * Restarts the app.
   */
  async mailed(): Promise<void> {
    for (const [handle, { person }] of Object.entries(this.people)) {
      // A guild's door answers 403 to who is outside, and the browser notes that.
      const problems = person.problems.filter((problem) =>
        !/status of 403 .*\/guilds\//.test(problem)
      );
      assertEquals(problems, [], `${handle}'s browser`);
    }
    await this.app.kill();
    using kv = await Deno.openKv(this.kvPath);
    for await (
      const { key, value } of kv.list<{ id: string; kind: string }>({
        prefix: keys.jobs(),
      })
    ) {
      if (value.kind !== EMAIL_KIND) continue;
      await kv.atomic().delete(key).set(keys.job(Date.now(), value.id), value)
        .commit();
    }
    kv.close();
    await this.app.restart();
    await this.settled();
    for (const [handle, one] of Object.entries(this.people)) {
      const subjects = this.mailbox.mails
        .filter((mail) => [mail.to].flat()[0]?.text.includes(handle))
        .map((mail) => mail.subject ?? "").sort();
      const expected = one.told.filter(({ mail }) => mail)
        .map(({ title }) => title).sort();
      assertEquals(shown(subjects, expected), expected, `mailed to ${handle}`);
    }
  }

  /** Everybody opens `/notifications` and finds there what they were told, on top. */
  async pages(): Promise<void> {
    for (const [handle, { page, told }] of Object.entries(this.people)) {
      await page.goto("/notifications");
      const titles = await page.locator("main .note-title").allTextContents();
      const expected = told.map(({ title }) => title).sort();
      assertEquals(
        shown(titles.slice(0, expected.length), expected),
        expected,
        `${handle}'s page`,
      );
    }
  }

  /** Waits until every job that is due has been done. */
  async settled(): Promise<void> {
    await waitFor(() => this.#calm(), {
      what: "the queue to be empty",
      interval: 50,
      timeout: 60_000,
    });
  }

  #pushedTo(handle: string): string[] {
    return this.push.pushed.filter(({ path }) => path === `/push/${handle}`)
      .map(({ data }) => String(data.title));
  }

  async #calm(): Promise<boolean> {
    const answer = await this.admin.fetch("/api/admin/queue");
    const { backlog } = await answer.json();
    return backlog.waiting === 0 && backlog.running === 0;
  }
}

/** The expected title that this one contains: a push has an emoji before it. */
function known(title: string, expected: string[]): string {
  return expected.filter((one) => title.includes(one))
    .sort((a, b) => b.length - a.length)[0] ?? title;
}

/** `titles` in the words of `expected`, sorted: what one commit tells has no order. */
function shown(titles: string[], expected: string[]): string[] {
  return titles.map((title) => known(title, expected)).sort();
}

function like(
  found: { type: string; title: string }[],
  expected: { title: string }[],
): { type: string; title: string }[] {
  const titles = expected.map(({ title }) => title);
  return byTitle(
    found.map(({ type, title }) => ({ type, title: known(title, titles) })),
  );
}

function byTitle<T extends { title: string }>(all: T[]): T[] {
  return all.sort((a, b) => a.title < b.title ? -1 : 1);
}

/** A test of a journey: everything real, and of its own. */
export function journeyTest(
  name: string,
  run: (journey: Journey) => Promise<void>,
): void {
  Deno.test({
    name,
    // Playwright's pipes to the browser outlive the single calls that are made over them.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      const directory = await Deno.makeTempDir();
      try {
        await using mailbox = await Mailbox.open();
        const tls = loopbackCertificate();
        await Deno.writeTextFile(`${directory}/cert.pem`, tls.cert);
        await using push = new PushService(tls);
        const kvPath = `${directory}/kv.db`;
        await using app = await AppProcess.start({
          kvPath,
          env: {
            SMTP_URL: mailbox.url,
            DENO_CERT: `${directory}/cert.pem`,
          },
        });
        await using browser = await TestBrowser.launch();
        const admin = await app.signIn("demo-admin");
        await run(new Journey(app, browser, mailbox, push, kvPath, admin));
      } finally {
        await Deno.remove(directory, { recursive: true });
      }
    },
  });
}
