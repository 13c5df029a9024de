import { z } from "zod";
import { getGuild } from "../../../lib/guilds/mod.ts";
import { readQuery } from "../../../lib/http/body.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";
import { readerOf } from "../../../lib/i18n/mod.ts";
import {
  explainDecision,
  foreseeDelivery,
  listWithheld,
  NOTIFICATION_TYPES,
  sampleNotice,
} from "../../../lib/notifications/mod.ts";

const Query = z.object({
  type: z.enum(NOTIFICATION_TYPES, "A type of notification").optional(),
  guildId: z.string().max(128).optional(),
});

export const handler = endpoint({
  async GET(ctx) {
    const user = requireUser(ctx);
    const { platform } = ctx.state;
    const { type, guildId } = readQuery(ctx.url, Query);
    const reader = readerOf(
      user,
      ctx.req.headers.get("accept-language"),
      platform.now,
    );
    const withheld = (await listWithheld(platform, user)).map((one) => ({
      ...one,
      explained: explainDecision(one.decision, reader),
    }));
    if (!type) return json({ withheld, would: null });
    const guild = guildId ? await getGuild(platform.kv, guildId) : null;
    const notice = sampleNotice(
      type,
      guild ? { guild } : {},
      platform.now(),
    );
    const decision = await foreseeDelivery(platform, user, notice);
    return json({
      withheld,
      would: { type, decision, explained: explainDecision(decision, reader) },
    });
  },
});
