import type { KvEventLog } from "./log/log.ts";
import type { Family } from "./metrics.ts";
import type { RealtimeServer } from "./server.ts";

/** What is measured when it is asked for. */
export function platformGauges(
  { realtime, log }: { realtime: RealtimeServer; log: KvEventLog },
): Family[] {
  const gauge = (name: string, help: string, value: number): Family => ({
    name,
    help,
    type: "gauge",
    samples: [[{}, value]],
  });
  let channels = 0;
  for (const [channel] of realtime.hub.channels()) {
    if (!channel.startsWith("#")) channels++;
  }
  const memory = Deno.memoryUsage();
  return [
    gauge("nexora_isolates", "Isolates whose figures are added up here", 1),
    gauge(
      "nexora_channels",
      "Channels with subscribers, counted once an isolate",
      channels,
    ),
    gauge(
      "nexora_log_behind",
      "Commits not yet delivered",
      log.behind,
    ),
    gauge(
      "nexora_draining",
      "1 while the server sends its clients away",
      realtime.draining ? 1 : 0,
    ),
    gauge("process_resident_memory_bytes", "Resident memory", memory.rss),
    gauge(
      "nexora_heap_used_bytes",
      "Used heap",
      memory.heapUsed,
    ),
  ];
}
