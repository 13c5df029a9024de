import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../lib/http/session.ts";
import { readerOf } from "../../../../lib/i18n/mod.ts";
import {
  explainDecision,
  getDeliveryStory,
} from "../../../../lib/notifications/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const user = requireUser(ctx);
    const { platform } = ctx.state;
    const { notification, delivery } = await getDeliveryStory(
      platform,
      user,
      ctx.params.id!,
    );
    const reader = readerOf(
      user,
      ctx.req.headers.get("accept-language"),
      platform.now,
    );
    return json({
      notification,
      delivery,
      explained: delivery && explainDecision(delivery.decision, reader),
    });
  },
});
