import { readBody } from "../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../lib/http/room.ts";
import {
  firstUnread,
  getReadState,
  listReceipts,
  markRead,
  ReadChange,
} from "../../../../lib/messages/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const { room, user } = await roomOf(ctx, "see");
    const { platform } = ctx.state;
    const [read, first, receipts] = await Promise.all([
      getReadState(platform, room, user),
      firstUnread(platform, room, user.id),
      listReceipts(platform, room, user.id),
    ]);
    return json({ read, firstUnread: first, receipts });
  },
  async POST(ctx) {
    const { room, user } = await roomOf(ctx, "see");
    const to = await readBody(ctx.req, ReadChange);
    return json({ read: await markRead(ctx.state.platform, room, user, to) });
  },
});
