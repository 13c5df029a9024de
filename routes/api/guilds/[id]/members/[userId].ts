import {
  removeMember,
  RoleChange,
  setRole,
} from "../../../../../lib/guilds/mod.ts";
import { readBody } from "../../../../../lib/http/body.ts";
import { endpoint, json, noContent } from "../../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../../lib/http/session.ts";

export const handler = endpoint({
  /** Puts a member out; again changes nothing. */
  async DELETE(ctx) {
    const user = requireUser(ctx);
    const { id, userId } = ctx.params;
    await removeMember(ctx.state.platform, user, id!, userId!);
    return noContent();
  },
  async PATCH(ctx) {
    const user = requireUser(ctx);
    const { role } = await readBody(ctx.req, RoleChange);
    const { id, userId } = ctx.params;
    return json({
      membership: await setRole(ctx.state.platform, user, id!, userId!, role),
    });
  },
});
