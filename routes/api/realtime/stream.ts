import { NexoraError } from "../../../lib/errors.ts";
import { endpoint } from "../../../lib/http/endpoint.ts";
import { caller } from "../../../lib/http/session.ts";
import { visibleChannel } from "../../../lib/http/visible_channel.ts";

const MAX_CHANNELS = 50;

/** Channels as Server-Sent Events: `?channels=a,b`; resumes from `Last-Event-ID` or `?since=`. */
export const handler = endpoint({
  GET: async (ctx) => {
    const { platform, user, session } = ctx.state;
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
    const body = platform.realtime.stream(
      channels,
      ctx.req.headers.get("last-event-id") ?? ctx.url.searchParams.get("since"),
      {
        actor: user ? { id: user.id, role: user.role } : null,
        sessionHash: session?.tokenHash ?? null,
        address: caller(ctx).address,
      },
    );
    return new Response(body, {
      headers: {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store, no-transform",
        // Proxies of the nginx family buffer otherwise.
        "x-accel-buffering": "no",
      },
    });
  },
});
