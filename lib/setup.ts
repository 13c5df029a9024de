import { seedDemo } from "./demo/mod.ts";
import { registerNotificationJobs } from "./notifications/mod.ts";
import type { Platform } from "./platform.ts";

/** What the platform does beyond real time: job handlers, and the demo world when DEMO=1. */
export async function setUpPlatform(platform: Platform): Promise<void> {
  registerNotificationJobs(platform.queue, platform);
  if (platform.config.demo) await seedDemo(platform);
}
