import { cacheMetrics } from "../cache/mod.ts";
import type { Platform } from "../platform.ts";
import { platformGauges } from "../realtime/gauges.ts";
import { exposition } from "../realtime/metrics.ts";
import { sumExpositions } from "../realtime/metrics_sum.ts";

type Measured = Pick<
  Platform,
  "cache" | "log" | "metrics" | "realtime" | "siblings"
>;

/** This isolate's figures as Prometheus text. */
export function isolateMetrics(platform: Measured): string {
  return exposition(platform.metrics, platformGauges(platform)) +
    cacheMetrics(platform.cache.stats());
}

/** The figures of all isolates of this process, added up: a scrape meets one of them, and each time another. */
export async function processMetrics(platform: Measured): Promise<string> {
  const others = await platform.siblings?.ask() ?? [];
  return sumExpositions([isolateMetrics(platform), ...others]);
}
