import { NexoraError } from "../../../lib/errors.ts";
import { endpoint } from "../../../lib/http/endpoint.ts";
import { visibleChannel } from "../../../lib/http/visible_channel.ts";
import { eventStream } from "../../../lib/realtime/stream.ts";

const MAX_CHANNELS = 50;

/** Channels as Server-Sent Events: `?channels=a,b`; resumes from `Last-Event-ID` or `?since=`. */
export const handler = endpoint({
  GET: async (ctx) => {
    const { platform, user } = ctx.state;
    const names = [
      ...new Set(
        (ctx.url.searchParams.get("channels") ?? "").split(",").filter((n) =>
          n !== ""
        ),
      ),
    ];
    if (names.length === 0 || names.length > MAX_CHANNELS) {
      throw new NexoraError(
        "bad_request",
        `Name 1 to ${MAX_CHANNELS} channels: ?channels=a,b`,
      );
    }
    const channels = await Promise.all(
      names.map((name) => visibleChannel(platform.policy, user, name)),
    );
    if (platform.realtime.draining) {
      throw new NexoraError("draining", undefined, { retryAfter: 1 });
    }
    const body = eventStream({
      hub: platform.realtime.hub,
      channels,
      since: ctx.req.headers.get("last-event-id") ??
        ctx.url.searchParams.get("since"),
      changed: (channel) => platform.realtime.occupancy.changed(channel),
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
