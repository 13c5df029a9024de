import { readBody } from "../../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../../lib/http/room.ts";
import {
  listScheduled,
  NewScheduled,
  scheduleMessage,
} from "../../../../../lib/messages/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const { room, user } = await roomOf(ctx, "see");
    const { platform } = ctx.state;
    return json({
      scheduled: await listScheduled(platform, user.id, room.name),
    });
  },
  async POST(ctx) {
    const { room, user } = await roomOf(ctx, "write");
    const given = await readBody(ctx.req, NewScheduled);
    const scheduled = await scheduleMessage(ctx.state.platform, {
      ...given,
      channel: room.name,
      author: user,
    });
    return json({ scheduled }, { status: 201 });
  },
});
