import { AccountEnd, closeAccount } from "../../../lib/accounts/mod.ts";
import { readBody } from "../../../lib/http/body.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { requireUser, signedOutHeaders } from "../../../lib/http/session.ts";
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
  async DELETE(ctx) {
    const user = requireUser(ctx);
    const end = await readBody(ctx.req, AccountEnd);
    await closeAccount(ctx.state.platform, user, end);
    return new Response(null, { status: 204, headers: signedOutHeaders(ctx) });
  },
});
