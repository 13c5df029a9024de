import { parseFields } from "../../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../../lib/http/session.ts";
import { tellOfMute } from "../../../../../lib/messages/mod.ts";
import { Mute, unmuteSubject } from "../../../../../lib/notifications/mod.ts";

export const handler = endpoint({
  async DELETE(ctx) {
    const user = requireUser(ctx);
    const { kind, id } = parseFields(Mute, ctx.params);
    const { mutes } = await unmuteSubject(ctx.state.platform, user.id, {
      kind,
      id,
    });
    await tellOfMute(ctx.state.platform, user.id, { kind, id });
    return json({ mutes });
  },
});
