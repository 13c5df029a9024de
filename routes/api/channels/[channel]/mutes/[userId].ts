import { readBody } from "../../../../../lib/http/body.ts";
import { endpoint, json, noContent } from "../../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../../lib/http/room.ts";
import {
  muteMember,
  MuteRequest,
  unmuteMember,
} from "../../../../../lib/messages/mod.ts";

export const handler = endpoint({
  async PUT(ctx) {
    const { room, user } = await roomOf(ctx, "administer");
    const request = await readBody(ctx.req, MuteRequest);
    return json({
      mute: await muteMember(
        ctx.state.platform,
        room,
        user,
        ctx.params.userId!,
        request,
      ),
    });
  },
  async DELETE(ctx) {
    const { room, user } = await roomOf(ctx, "administer");
    const { platform } = ctx.state;
    await unmuteMember(platform, room.name, user, ctx.params.userId!);
    return noContent();
  },
});
