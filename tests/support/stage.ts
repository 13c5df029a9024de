/** A browser test's stage: an app with a store of its own, and Chromium. */
import { AppProcess } from "./app.ts";
import { TestBrowser } from "./browser.ts";

export interface Stage {
  app: AppProcess;
  browser: TestBrowser;
  /** The app's store, for what no address tells. */
  kvPath: string;
  /** Names a part of the test, so that a failure tells which. */
  step(name: string, run: () => Promise<void>): Promise<void>;
}

export interface StageOptions {
  /** Fills the store before the app opens it. */
  prepare?: (kvPath: string) => Promise<void>;
  /** Chromium's own, such as fake cameras. */
  flags?: string[];
}

/** Registers a test that gets a stage, and clears it away. */
export function stageTest(
  name: string,
  run: (stage: Stage) => Promise<void>,
  { prepare, flags }: StageOptions = {},
): void {
  Deno.test({
    name,
    // Playwright's pipes to the browser outlive the single calls that are made over them.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn(t) {
      const step = async (name: string, run: () => Promise<void>) => {
        // What comes after a step builds on it.
        if (!await t.step(name, run)) throw new Error(`"${name}" failed`);
      };
      const directory = await Deno.makeTempDir();
      try {
        const kvPath = `${directory}/kv.db`;
        await prepare?.(kvPath);
        await using app = await AppProcess.start({ kvPath });
        await using browser = await TestBrowser.launch(flags);
        await run({ app, browser, kvPath, step });
      } finally {
        await Deno.remove(directory, { recursive: true });
      }
    },
  });
}
