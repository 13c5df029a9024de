import { DemoSignInForm, signInDemo } from "../../../lib/auth/mod.ts";
import { NexoraError } from "../../../lib/errors.ts";
import { readBody } from "../../../lib/http/body.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { caller, signedInHeaders } from "../../../lib/http/session.ts";
import { ownUser } from "../../../lib/users/mod.ts";

export const handler = endpoint({
  async POST(ctx) {
    const { platform, session } = ctx.state;
    if (!platform.config.demo) throw new NexoraError("not_found");
    const { handle } = await readBody(ctx.req, DemoSignInForm);
    const signedIn = await signInDemo(platform, handle, caller(ctx), session);
    return json({ user: ownUser(signedIn.user) }, {
      headers: signedInHeaders(ctx, signedIn),
    });
  },
});
