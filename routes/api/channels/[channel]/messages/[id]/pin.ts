import { readBody } from "../../../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../../../lib/http/room.ts";
import { PinChange, pinMessage } from "../../../../../../lib/messages/mod.ts";

export const handler = endpoint({
  async POST(ctx) {
    const { room, user } = await roomOf(ctx, "pin");
    const { pinned } = await readBody(ctx.req, PinChange);
    return json({
      message: await pinMessage(ctx.state.platform, {
        channel: room.name,
        id: ctx.params.id!,
        user,
        pinned,
      }),
    });
  },
});
