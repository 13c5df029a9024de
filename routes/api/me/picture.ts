import { readBytes } from "../../../lib/http/body.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";
import {
  ownUser,
  PICTURE_LIMIT,
  removePicture,
  setPicture,
} from "../../../lib/users/mod.ts";

export const handler = endpoint({
  async PUT(ctx) {
    const { id } = requireUser(ctx);
    const bytes = await readBytes(ctx.req, PICTURE_LIMIT);
    const user = await setPicture(ctx.state.platform, id, bytes);
    return json({ user: ownUser(user) });
  },
  async DELETE(ctx) {
    const { id } = requireUser(ctx);
    return json({
      user: ownUser(await removePicture(ctx.state.platform, id)),
    });
  },
});
