import { readBody } from "../../../lib/http/body.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";
import {
  ownUser,
  ProfileChange,
  updateProfile,
} from "../../../lib/users/mod.ts";

export const handler = endpoint({
  GET(ctx) {
    return json({ user: ownUser(requireUser(ctx)) });
  },
  async PATCH(ctx) {
    const user = requireUser(ctx);
    const change = await readBody(ctx.req, ProfileChange);
    return json({
      user: ownUser(await updateProfile(ctx.state.platform, user.id, change)),
    });
  },
});
