import { readBody, readQuery } from "../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import {
  enterRoom,
  listMessages,
  MessagesQuery,
  NewMessage,
  sendMessage,
} from "../../../../lib/messages/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const { platform, user } = ctx.state;
    const { room } = await enterRoom(
      platform,
      user,
      "see",
      ctx.params.channel!,
    );
    const query = readQuery(ctx.url, MessagesQuery);
    return json(await listMessages(platform, { channel: room.name, ...query }));
  },
  async POST(ctx) {
    const { platform, session } = ctx.state;
    const { room, user } = await enterRoom(
      platform,
      ctx.state.user,
      "write",
      ctx.params.channel!,
    );
    const { content, clientId } = await readBody(ctx.req, NewMessage);
    const { message, position, repeated } = await sendMessage(platform, {
      channel: room.name,
      author: user,
      content,
      clientId,
      device: session?.device,
    });
    return json({ message, position }, { status: repeated ? 200 : 201 });
  },
});
