import { revokeSession } from "../../../lib/auth/mod.ts";
import { NexoraError } from "../../../lib/errors.ts";
import { endpoint } from "../../../lib/http/endpoint.ts";
import { requireUser, signedOutHeaders } from "../../../lib/http/session.ts";

export const handler = endpoint({
  async DELETE(ctx) {
    const user = requireUser(ctx);
    const id = ctx.params.id!;
    if (!await revokeSession(ctx.state.platform, user.id, id)) {
      throw new NexoraError("not_found");
    }
    const own = id === ctx.state.session?.id;
    return new Response(null, {
      status: 204,
      headers: own ? signedOutHeaders(ctx) : undefined,
    });
  },
});
