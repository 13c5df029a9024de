import { NexoraError } from "../../../../lib/errors.ts";
import {
  endGuild,
  getGuild,
  getMembership,
  GuildChange,
  GuildEnd,
  updateGuild,
} from "../../../../lib/guilds/mod.ts";
import { readBody } from "../../../../lib/http/body.ts";
import { endpoint, json, noContent } from "../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../lib/http/session.ts";

export const handler = endpoint({
  async GET(ctx) {
    const user = requireUser(ctx);
    const { kv } = ctx.state.platform;
    const [guild, membership] = await Promise.all([
      getGuild(kv, ctx.params.id!),
      getMembership(kv, ctx.params.id!, user.id),
    ]);
    if (guild === null) {
      throw new NexoraError("not_found", "There is no such guild");
    }
    return json({ guild, role: membership?.role ?? null });
  },
  async PATCH(ctx) {
    const user = requireUser(ctx);
    const change = await readBody(ctx.req, GuildChange);
    return json({
      guild: await updateGuild(
        ctx.state.platform,
        user,
        ctx.params.id!,
        change,
      ),
    });
  },
  /** Ends the guild for good. */
  async DELETE(ctx) {
    const user = requireUser(ctx);
    const { name } = await readBody(ctx.req, GuildEnd);
    await endGuild(ctx.state.platform, user, ctx.params.id!, name);
    return noContent();
  },
});
