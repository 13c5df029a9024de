import { endpoint, json } from "../../../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../../../lib/http/room.ts";
import { listVersions } from "../../../../../../lib/messages/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const { room, user } = await roomOf(ctx, "see");
    const { platform } = ctx.state;
    return json({
      versions: await listVersions(platform, room, ctx.params.id!, user),
    });
  },
});
