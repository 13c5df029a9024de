import { NexoraError } from "../../../../../../lib/errors.ts";
import { readBody } from "../../../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../../../lib/http/room.ts";
import {
  editMessage,
  getMessage,
  MessageEdit,
  removeMessage,
} from "../../../../../../lib/messages/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const { room } = await roomOf(ctx, "see");
    const { platform } = ctx.state;
    const message = await getMessage(platform, room.name, ctx.params.id!);
    if (!message) {
      throw new NexoraError("not_found", "There is no such message");
    }
    return json({ message });
  },
  async PATCH(ctx) {
    const { room, user } = await roomOf(ctx, "write");
    const change = await readBody(ctx.req, MessageEdit);
    return json({
      message: await editMessage(ctx.state.platform, {
        channel: room.name,
        id: ctx.params.id!,
        author: user,
        ...change,
      }),
    });
  },
  // Who may no longer write may still take back what they wrote.
  async DELETE(ctx) {
    const { room, user } = await roomOf(ctx, "see");
    return json({
      message: await removeMessage(ctx.state.platform, {
        channel: room.name,
        id: ctx.params.id!,
        by: user,
      }),
    });
  },
});
