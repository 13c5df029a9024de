import { readBody } from "../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../lib/http/session.ts";
import { tellOfMute } from "../../../../lib/messages/mod.ts";
import { Mute, muteSubject } from "../../../../lib/notifications/mod.ts";

export const handler = endpoint({
  async POST(ctx) {
    const user = requireUser(ctx);
    const mute = await readBody(ctx.req, Mute);
    const { mutes } = await muteSubject(ctx.state.platform, user.id, mute);
    await tellOfMute(ctx.state.platform, user.id, mute);
    return json({ mutes });
  },
});
