import { setUpIntelligence } from "./ai/mod.ts";
import { registerBountyJobs } from "./bounties/mod.ts";
import { registerAccountJobs } from "./accounts/mod.ts";
import { listDemoUsers, seedDemo } from "./demo/mod.ts";
import { registerCallJobs } from "./calls/mod.ts";
import { registerDisputeJobs } from "./disputes/mod.ts";
import { registerGuildJobs } from "./guilds/mod.ts";
import { registerMessageJobs } from "./messages/mod.ts";
import {
  deliveryOf,
  registerDeliveryJobs,
  registerNotificationJobs,
} from "./notifications/mod.ts";
import { registerUploadJobs } from "./uploads/mod.ts";
import { registerUserJobs } from "./users/mod.ts";
import type { Platform } from "./platform.ts";

/** What the platform does beyond real time: job handlers, and the demo world when DEMO=1. */
export async function setUpPlatform(platform: Platform): Promise<void> {
  registerNotificationJobs(platform.queue, platform);
  registerDeliveryJobs(platform.queue, deliveryOf(platform));
  registerMessageJobs(platform.queue, platform);
  registerUploadJobs(platform.queue, platform);
  registerUserJobs(platform.queue, platform);
  registerAccountJobs(platform.queue, platform.kv);
  registerBountyJobs(platform.queue, platform);
  registerGuildJobs(platform.queue, platform);
  await setUpIntelligence(platform);
  registerDisputeJobs(platform.queue, platform);
  registerCallJobs(platform.queue, platform);
  if (!platform.config.demo) return;
  await seedDemo(platform);
  if (!platform.config.production) await printDemoUsers(platform);
}

/** Whom a developer can be with one click. */
async function printDemoUsers({ kv }: Platform): Promise<void> {
  const users = await listDemoUsers({ kv });
  const lines = users.map(({ handle, name }) =>
    `  ${handle.padEnd(16)} ${name}`
  );
  console.log(`Demo users, one click each on /sign-in:\n${lines.join("\n")}`);
}
