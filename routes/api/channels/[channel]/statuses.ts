import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../lib/http/room.ts";
import { peopleOf } from "../../../../lib/messages/mod.ts";
import { formatPosition } from "../../../../lib/realtime/mod.ts";
import { listStatuses } from "../../../../lib/status/mod.ts";

/** How the people of a room can be reached, and the place in the room's log from which to follow it. */
export const handler = endpoint({
  async GET(ctx) {
    const { room } = await roomOf(ctx, "see");
    const { platform } = ctx.state;
    // Before it is read: what changes meanwhile is told after this place.
    const position = formatPosition(await platform.log.head(room.name));
    const people = await peopleOf(platform.kv, room, 200);
    return json({ statuses: await listStatuses(platform, people), position });
  },
});
