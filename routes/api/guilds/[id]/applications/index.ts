import { NexoraError } from "../../../../../lib/errors.ts";
import { mayAdministerGuild } from "../../../../../lib/auth/policy.ts";
import {
  ApplicationForm,
  applyToGuild,
  getGuild,
  listApplications,
} from "../../../../../lib/guilds/mod.ts";
import { readBody } from "../../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../../lib/http/session.ts";

export const handler = endpoint({
  /** Those that wait, for officers. */
  async GET(ctx) {
    const user = requireUser(ctx);
    const { platform } = ctx.state;
    const guild = await getGuild(platform.kv, ctx.params.id!);
    if (!guild) throw new NexoraError("not_found", "There is no such guild");
    if (!mayAdministerGuild(user, guild)) throw new NexoraError("forbidden");
    return json({ applications: await listApplications(platform, guild.id) });
  },
  async POST(ctx) {
    const user = requireUser(ctx);
    const { note } = await readBody(ctx.req, ApplicationForm);
    const application = await applyToGuild(
      ctx.state.platform,
      ctx.params.id!,
      user,
      note,
    );
    return json({ application }, { status: 201 });
  },
});
