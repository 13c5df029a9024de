import { readBody } from "../../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../../lib/http/session.ts";
import {
  cancelScheduled,
  editScheduled,
  ScheduledChange,
} from "../../../../../lib/messages/mod.ts";

export const handler = endpoint({
  // One's own, wherever one may still go.
  async PATCH(ctx) {
    const { id: userId } = requireUser(ctx);
    const { channel, id } = ctx.params;
    const change = await readBody(ctx.req, ScheduledChange);
    return json({
      scheduled: await editScheduled(
        ctx.state.platform,
        userId,
        channel!,
        id!,
        change,
      ),
    });
  },
  async DELETE(ctx) {
    const { id: userId } = requireUser(ctx);
    const { channel, id } = ctx.params;
    return json({
      scheduled: await cancelScheduled(
        ctx.state.platform,
        userId,
        channel!,
        id!,
      ),
    });
  },
});
