import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../lib/http/room.ts";
import { listPins } from "../../../../lib/messages/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const { room } = await roomOf(ctx, "see");
    return json({ messages: await listPins(ctx.state.platform, room.name) });
  },
});
