import { readBody } from "../../../lib/http/body.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";
import {
  getPreferences,
  NotificationPreferences,
  preferenceDefaults,
  setPreferences,
} from "../../../lib/notifications/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const user = requireUser(ctx);
    const preferences = await getPreferences(ctx.state.platform, user.id);
    return json({ preferences, defaults: preferenceDefaults(user) });
  },
  async PUT(ctx) {
    const user = requireUser(ctx);
    const given = await readBody(ctx.req, NotificationPreferences);
    const { platform } = ctx.state;
    const preferences = await setPreferences(platform, user.id, given);
    return json({ preferences, defaults: preferenceDefaults(user) });
  },
});
