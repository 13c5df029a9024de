import { NexoraError } from "../lib/errors.ts";
import { endpoint } from "../lib/http/endpoint.ts";
import { processMetrics } from "../lib/http/metrics.ts";
import { sameText } from "../lib/realtime/auth.ts";

/** Prometheus text. In production it wants `Authorization: Bearer $METRICS_TOKEN` (or `$CRON_SECRET`). */
export const handler = endpoint({
  GET: async (ctx) => {
    const { platform } = ctx.state;
    const token = platform.config.metricsToken;
    if (token !== undefined) {
      const given = ctx.req.headers.get("authorization") ?? "";
      if (!sameText(given, `Bearer ${token}`)) {
        throw new NexoraError("unauthenticated", "Send the metrics token");
      }
    }
    return new Response(await processMetrics(platform), {
      headers: {
        "content-type": "text/plain; version=0.0.4; charset=utf-8",
        "cache-control": "no-store",
      },
    });
  },
});
