import { readQuery } from "../../../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../../../lib/http/room.ts";
import { listThread, ThreadQuery } from "../../../../../../lib/messages/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const { room } = await roomOf(ctx, "see");
    const query = readQuery(ctx.url, ThreadQuery);
    return json(
      await listThread(ctx.state.platform, {
        channel: room.name,
        parentId: ctx.params.id!,
        ...query,
      }),
    );
  },
});
