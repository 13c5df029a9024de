import { readBody, readQuery } from "../../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../../lib/http/room.ts";
import {
  listMessages,
  MessagesQuery,
  NewMessage,
  sendMessage,
} from "../../../../../lib/messages/mod.ts";
import { enclose } from "../../../../../lib/uploads/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const { room } = await roomOf(ctx, "see");
    const query = readQuery(ctx.url, MessagesQuery);
    return json(
      await listMessages(ctx.state.platform, { channel: room.name, ...query }),
    );
  },
  async POST(ctx) {
    const { platform, session } = ctx.state;
    const { room, user } = await roomOf(ctx, "write");
    const { attachments: ids, ...given } = await readBody(ctx.req, NewMessage);
    const files = ids && await enclose(platform.kv, {
      channel: room.name,
      ownerId: user.id,
      ids,
      clientId: given.clientId,
    });
    const { message, position, repeated } = await sendMessage(platform, {
      ...given,
      ...files,
      channel: room.name,
      author: user,
      device: session?.device,
    });
    return json({ message, position }, { status: repeated ? 200 : 201 });
  },
});
