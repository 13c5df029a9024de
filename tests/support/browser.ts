import { assertEquals } from "@std/assert";
import axe from "axe-core";
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Page,
  type Request,
} from "playwright-core";
import type { SignedIn } from "./app.ts";
import { findChromium } from "./chromium.ts";
import { ROOT } from "./app.ts";
import { waitFor } from "./wait.ts";

/** Nothing that reaches out of the machine or makes two runs differ. Web security stays on: it is under test. */
const FLAGS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-domain-reliability",
  "--disable-sync",
  "--no-pings",
  "--no-first-run",
  "--no-default-browser-check",
  "--metrics-recording-only",
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
  "--disable-dev-shm-usage",
  "--font-render-hinting=none",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

export const VIEWPORTS = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1440, height: 900 },
} as const;
export type Device = keyof typeof VIEWPORTS;
export type Scheme = "light" | "dark";

/** How a person's browser is set up. */
export interface PersonOptions {
  device?: Device;
  scheme?: Scheme;
  locale?: string;
  timezone?: string;
  reducedMotion?: boolean;
  /** With the service worker. Without it by default: what a test routes must not go past the test. */
  worker?: boolean;
}

/** One Chromium process, for one test file. */
export class TestBrowser implements AsyncDisposable {
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** @throws {NoBrowser} when there is none: the test fails and says what to do */
  static async launch(extraFlags: string[] = []): Promise<TestBrowser> {
    const { executablePath, env } = await findChromium();
    return new TestBrowser(
      await chromium.launch({
        executablePath,
        args: [...FLAGS, ...extraFlags],
        env: { ...Deno.env.toObject(), ...env },
        headless: true,
      }),
    );
  }

  get version(): string {
    return this.#browser.version();
  }

  /** Somebody at a browser of their own: cookies and storage apart from everybody else's. */
  async person(
    who: SignedIn | { origin: string },
    options: PersonOptions = {},
  ): Promise<Person> {
    const { device = "desktop", scheme = "light" } = options;
    const context = await this.#browser.newContext({
      baseURL: who.origin,
      viewport: VIEWPORTS[device],
      hasTouch: device === "phone",
      colorScheme: scheme,
      locale: options.locale ?? "en-GB",
      timezoneId: options.timezone ?? "Europe/Berlin",
      serviceWorkers: options.worker ? "allow" : "block",
      reducedMotion: options.reducedMotion ? "reduce" : "no-preference",
    });
    if ("cookie" in who) {
      const [name, ...value] = who.cookie.split("=");
      await context.addCookies([{
        name: name!,
        value: value.join("="),
        url: who.origin,
        httpOnly: true,
        sameSite: "Lax",
      }]);
    }
    context.setDefaultTimeout(15_000);
    return new Person(context);
  }

  /** The end without warning: no page of it says goodbye. */
  async crash(): Promise<void> {
    const gone = new Promise((resolve) =>
      this.#browser.once("disconnected", resolve)
    );
    const devtools = await this.#browser.newBrowserCDPSession();
    devtools.send("Browser.crash").catch(() => {});
    await gone;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
  }
}

/** A browser context, the tabs in it and what went wrong in them. */
export class Person implements AsyncDisposable {
  /** Uncaught errors and `console.error`s of all tabs; a test that expects none asserts that it is empty. */
  readonly problems: string[] = [];

  constructor(readonly context: BrowserContext) {
    context.on("weberror", (error) => {
      this.problems.push(`uncaught: ${error.error().stack}`);
    });
    context.on("console", (message) => {
      if (message.type() !== "error") return;
      this.problems.push(`${message.text()} (${message.location().url})`);
    });
  }

  /** Opens a page in a new tab and waits until it is there. */
  async open(path: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(path, { waitUntil: "load" });
    return page;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.context.close();
  }
}

const SCREENSHOTS = `${ROOT}tests/browser/screenshots/`;

/**
 * Saves the page as it stands in light and dark, on phone and desktop: `tests/browser/screenshots/NAME-light-phone.png`
 * and so on. Returns the paths. The page is left as it was.
 */
export async function saveScreenshots(
  page: Page,
  name: string,
): Promise<string[]> {
  await Deno.mkdir(SCREENSHOTS, { recursive: true });
  const before = page.viewportSize();
  const paths: string[] = [];
  for (const device of Object.keys(VIEWPORTS) as Device[]) {
    await page.setViewportSize(VIEWPORTS[device]);
    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      const path = `${SCREENSHOTS}${name}-${scheme}-${device}.png`;
      await settle(page);
      await page.screenshot({ path, animations: "disabled" });
      paths.push(path);
    }
  }
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
  return paths;
}

/** A rule that axe found broken. */
export interface Violation {
  rule: string;
  help: string;
  /** Selectors and what is wrong with each. */
  nodes: string[];
}

/** WCAG 2.2 AA as far as axe can see it. Assert that it is empty. */
export async function accessibilityViolations(
  page: Page,
): Promise<Violation[]> {
  await settle(page);
  // Through the debugger, which the page's CSP does not bind.
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    // deno-lint-ignore no-explicit-any -- axe puts itself onto the page's window
    const { violations } = await (globalThis as any).axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    });
    // deno-lint-ignore no-explicit-any -- the shapes are axe's own
    return violations.map((violation: any) => ({
      rule: violation.id,
      help: violation.help,
      // deno-lint-ignore no-explicit-any -- the shapes are axe's own
      nodes: violation.nodes.map((node: any) =>
        `${node.target.join(" ")}: ${node.failureSummary}`
      ),
    }));
  });
}

/** Axe finds nothing wrong; `state` says what was looked at. */
export async function assertAccessible(page: Page, state = ""): Promise<void> {
  assertEquals(await accessibilityViolations(page), [], state);
}

/** As the above, in both themes. */
export async function assertAccessibleInBothThemes(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await assertAccessible(page, colorScheme);
  }
  await page.emulateMedia({ colorScheme: null });
}

/** What went wrong in people's browsers, but for the refusals that a test asks for. */
export function problemsOf(...people: Person[]): string[] {
  return people.flatMap((one) => one.problems)
    .filter((text) => !/status of 40[03]/.test(text));
}

/** Fonts loaded, finite animations over, two frames painted. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.allSettled(
      document.getAnimations()
        .filter((a) => a.effect?.getComputedTiming().iterations !== Infinity)
        .map((animation) => animation.finished),
    );
    for (let frames = 0; frames < 2; frames++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
}

/** Notes what `page` asks for in the way of scripts, from now on, but for those whose URL `except` fits. */
export function watchScripts(page: Page, except?: RegExp) {
  const asked = new Set<string>();
  const underWay = new Set<Request>();
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (!/\.m?js$/.test(pathname) || except?.test(pathname)) return;
    asked.add(request.url());
    underWay.add(request);
  });
  page.on("requestfinished", (request) => underWay.delete(request));
  page.on("requestfailed", (request) => underWay.delete(request));
  return {
    /** Waits until all have come, also those that scripts fetch, and returns their URLs. */
    async atRest(): Promise<string[]> {
      await page.waitForLoadState("load");
      let seen = -1;
      await waitFor(async () => {
        const before = seen;
        // Whatever runs when a page is idle has had its turn.
        await page.evaluate(() =>
          new Promise<void>((resolve) =>
            requestIdleCallback(() => resolve(), { timeout: 1_000 })
          )
        );
        seen = asked.size;
        return underWay.size === 0 && seen === before;
      }, { what: `the scripts of ${page.url()} to have come`, interval: 150 });
      return [...asked];
    },
  };
}
