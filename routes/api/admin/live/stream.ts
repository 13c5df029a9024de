import { NexoraError } from "../../../../lib/errors.ts";
import { stillAdmin } from "../../../../lib/http/admin.ts";
import { endpoint } from "../../../../lib/http/endpoint.ts";
import { inspectionStream } from "../../../../lib/realtime/inspect_stream.ts";

/** The same, as it happens: Server-Sent Events `history`, `snapshot`, `events`. */
export const handler = endpoint({
  GET: (ctx) => {
    const { inspector, realtime } = ctx.state.platform;
    if (realtime.draining) {
      throw new NexoraError("draining", undefined, { retryAfter: 1 });
    }
    const body = inspectionStream({
      inspector,
      allowed: () => stillAdmin(ctx),
      draining: () => realtime.draining,
    });
    return new Response(body, {
      headers: {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        // Proxies of the nginx family buffer otherwise.
        "x-accel-buffering": "no",
      },
    });
  },
});
