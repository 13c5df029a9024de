import { NexoraError } from "../../../../lib/errors.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../lib/http/session.ts";
import {
  getProfileByHandle,
  getStanding,
  meritsOf,
  nextRank,
} from "../../../../lib/users/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    requireUser(ctx);
    const { platform } = ctx.state;
    const user = await getProfileByHandle(platform, ctx.params.handle!);
    if (user === null) {
      throw new NexoraError("not_found", "There is nobody with this handle");
    }
    const standing = await getStanding(platform.kv, user.id);
    const next = nextRank(user.rank, meritsOf(user, standing, platform.now()));
    return json({ user, standing, next });
  },
});
