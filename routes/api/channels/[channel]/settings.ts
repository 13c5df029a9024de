import { readBody } from "../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../lib/http/room.ts";
import {
  changeRoomSettings,
  getChain,
  getOwnRights,
  getRoomSettings,
  SettingsChange,
} from "../../../../lib/messages/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const { room, user } = await roomOf(ctx, "see");
    const { platform } = ctx.state;
    const [settings, mine, chain] = await Promise.all([
      getRoomSettings(platform, room.name),
      getOwnRights(platform, room, user),
      getChain(platform, room.name),
    ]);
    return json({ settings, mine, chain });
  },
  async PATCH(ctx) {
    const { room, user } = await roomOf(ctx, "administer");
    const change = await readBody(ctx.req, SettingsChange);
    const { platform } = ctx.state;
    return json({
      settings: await changeRoomSettings(platform, room.name, user, change),
    });
  },
});
