import { endpoint, noContent } from "../../../../lib/http/endpoint.ts";
import { enterRoom, tellTyping } from "../../../../lib/messages/mod.ts";

export const handler = endpoint({
  async POST(ctx) {
    const { platform } = ctx.state;
    const { room, user } = await enterRoom(
      platform,
      ctx.state.user,
      "write",
      ctx.params.channel!,
    );
    await ctx.req.body?.cancel();
    await tellTyping(platform, room.name, user);
    return noContent();
  },
});
