import { readBody, readQuery } from "../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../lib/http/room.ts";
import {
  DraftChange,
  DraftQuery,
  getDraft,
  saveDraft,
} from "../../../../lib/messages/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const { room, user } = await roomOf(ctx, "see");
    const { parentId = null } = readQuery(ctx.url, DraftQuery);
    const { platform } = ctx.state;
    return json({
      draft: await getDraft(platform, user.id, room.name, parentId),
    });
  },
  async PUT(ctx) {
    const { room, user } = await roomOf(ctx, "see");
    const { parentId = null, ...given } = await readBody(ctx.req, DraftChange);
    const draft = { channel: room.name, parentId, ...given };
    return json({ draft: await saveDraft(ctx.state.platform, user.id, draft) });
  },
});
