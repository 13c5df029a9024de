import { readBody } from "../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../lib/http/room.ts";
import {
  chooseForRoom,
  getRoomChoice,
  RoomChoiceChange,
} from "../../../../lib/messages/mod.ts";

/** What the reader has chosen for a room: of which messages they are told, and whether it is starred. */
export const handler = endpoint({
  async GET(ctx) {
    const { room, user } = await roomOf(ctx, "see");
    const { platform } = ctx.state;
    return json({ choice: await getRoomChoice(platform, room, user.id) });
  },
  async PUT(ctx) {
    const { room, user } = await roomOf(ctx, "see");
    const given = await readBody(ctx.req, RoomChoiceChange);
    const { platform } = ctx.state;
    return json({
      choice: await chooseForRoom(platform, room, user.id, given),
    });
  },
});
