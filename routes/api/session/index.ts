import { endSession, signIn, SignInForm } from "../../../lib/auth/mod.ts";
import { readBody } from "../../../lib/http/body.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import {
  caller,
  signedInHeaders,
  signedOutHeaders,
} from "../../../lib/http/session.ts";
import { ownUser } from "../../../lib/users/mod.ts";

export const handler = endpoint({
  async POST(ctx) {
    const { platform, session } = ctx.state;
    const form = await readBody(ctx.req, SignInForm);
    const signedIn = await signIn(platform, form, caller(ctx), session);
    return json({ user: ownUser(signedIn.user) }, {
      headers: signedInHeaders(ctx, signedIn),
    });
  },
  async DELETE(ctx) {
    const { platform, session } = ctx.state;
    if (session) await endSession(platform, session);
    return new Response(null, { status: 204, headers: signedOutHeaders(ctx) });
  },
});
