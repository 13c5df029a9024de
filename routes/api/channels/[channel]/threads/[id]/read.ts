import { readBody } from "../../../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../../../lib/http/room.ts";
import {
  markThreadRead,
  ThreadReadChange,
} from "../../../../../../lib/messages/mod.ts";

export const handler = endpoint({
  async POST(ctx) {
    const { room, user } = await roomOf(ctx, "see");
    const { messageId } = await readBody(ctx.req, ThreadReadChange);
    const state = await markThreadRead(
      ctx.state.platform,
      room.name,
      ctx.params.id!,
      user.id,
      messageId,
    );
    return json({ state });
  },
});
