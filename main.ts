import { App, staticFiles } from "fresh";
import { config as fresh } from "./fresh.config.ts";
import { registerCrons } from "./jobs/mod.ts";
import { ConfigError, readConfig } from "./lib/config.ts";
import { contentPolicy } from "./lib/http/content_policy.ts";
import type { State } from "./lib/http/define.ts";
import { isolateMetrics } from "./lib/http/metrics.ts";
import { openPlatform, type Platform } from "./lib/platform.ts";
import { endOnSignal } from "./lib/shutdown.ts";
import { setUpPlatform } from "./lib/setup.ts";
import { openSiblings } from "./lib/siblings.ts";

const siblings = openSiblings();
const opening = openPlatform(start(), { siblings, setUp: setUpPlatform });
// Before anything is awaited: Deno Deploy reads the schedule from the top level.
registerCrons(opening);
const platform: Platform = await opening;
endOnSignal(platform, siblings);
if (siblings) siblings.onAsk = () => isolateMetrics(platform);

/** The assembled app; `fresh.config.ts` and the generated server serve it. */
export const app: App<State> = new App<State>(fresh)
  .use((ctx) => {
    ctx.state.platform = platform;
    return ctx.next();
  })
  .use(staticFiles())
  .use(contentPolicy())
  .fsRoutes();

/** A server that must not start says why in one sentence, without a stack. */
function start() {
  try {
    return readConfig(Deno.env.toObject());
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    Deno.exit(1);
  }
}
