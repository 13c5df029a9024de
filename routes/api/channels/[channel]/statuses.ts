import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../lib/http/room.ts";
import { peopleOf } from "../../../../lib/messages/mod.ts";
import { listStatuses } from "../../../../lib/status/mod.ts";

/** How the people of a room can be reached. */
export const handler = endpoint({
  async GET(ctx) {
    const { room } = await roomOf(ctx, "see");
    const { platform } = ctx.state;
    const people = await peopleOf(platform.kv, room, 200);
    return json({ statuses: await listStatuses(platform, people) });
  },
});
