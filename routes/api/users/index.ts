import { signUp, SignUpForm } from "../../../lib/auth/mod.ts";
import { readBody } from "../../../lib/http/body.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { caller, signedInHeaders } from "../../../lib/http/session.ts";
import { ownUser } from "../../../lib/users/mod.ts";

export const handler = endpoint({
  async POST(ctx) {
    const { platform, session } = ctx.state;
    const form = await readBody(ctx.req, SignUpForm);
    const signedIn = await signUp(platform, form, caller(ctx), session);
    return json({ user: ownUser(signedIn.user) }, {
      status: 201,
      headers: signedInHeaders(ctx, signedIn),
    });
  },
});
