import { readBody } from "../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../lib/http/session.ts";
import {
  announce,
  listAnnouncements,
  NewAnnouncement,
} from "../../../../lib/notifications/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    return json({
      announcements: await listAnnouncements(ctx.state.platform),
    });
  },
  async POST(ctx) {
    const given = await readBody(ctx.req, NewAnnouncement);
    const { platform } = ctx.state;
    const announcement = await announce(platform, requireUser(ctx), given);
    return json({ announcement }, { status: 201 });
  },
});
