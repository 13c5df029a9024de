import { NexoraError } from "../../../lib/errors.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";
import { getUserByHandle, publicUser } from "../../../lib/users/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    requireUser(ctx);
    const user = await getUserByHandle(
      ctx.state.platform.kv,
      ctx.params.handle!,
    );
    if (user === null) {
      throw new NexoraError("not_found", "There is nobody with this handle");
    }
    return json({ user: publicUser(user) });
  },
});
