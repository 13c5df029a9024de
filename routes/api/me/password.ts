import { changePassword, PasswordChange } from "../../../lib/auth/mod.ts";
import { readBody } from "../../../lib/http/body.ts";
import { endpoint, noContent } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";

export const handler = endpoint({
  async POST(ctx) {
    const user = requireUser(ctx);
    const change = await readBody(ctx.req, PasswordChange);
    await changePassword(ctx.state.platform, user, ctx.state.session!, change);
    return noContent();
  },
});
