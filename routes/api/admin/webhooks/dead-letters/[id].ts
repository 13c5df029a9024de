import { endpoint, noContent } from "../../../../../lib/http/endpoint.ts";
import {
  discardDeadLetter,
  replayDeadLetter,
} from "../../../../../lib/queue/mod.ts";
import { requireDeadDelivery } from "../../../../../lib/realtime/inspect_webhooks.ts";

/** `POST` delivers a webhook that was given up again, `DELETE` forgets it. */
export const handler = endpoint({
  POST: async (ctx) => {
    const { platform } = ctx.state;
    const id = ctx.params.id ?? "";
    await requireDeadDelivery(platform, id);
    await replayDeadLetter(platform, id);
    return noContent();
  },
  DELETE: async (ctx) => {
    const { platform } = ctx.state;
    const id = ctx.params.id ?? "";
    await requireDeadDelivery(platform, id);
    await discardDeadLetter(platform, id);
    return noContent();
  },
});
