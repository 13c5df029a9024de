import type { Platform } from "./platform.ts";

/** What the platform does beyond real time: job handlers, and the demo world when DEMO=1. */
export async function setUpPlatform(_platform: Platform): Promise<void> {
}
