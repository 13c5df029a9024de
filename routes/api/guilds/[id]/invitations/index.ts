import { NexoraError } from "../../../../../lib/errors.ts";
import { mayAdministerGuild } from "../../../../../lib/auth/policy.ts";
import {
  getGuild,
  InvitationForm,
  inviteToGuild,
  listInvitations,
} from "../../../../../lib/guilds/mod.ts";
import { readBody } from "../../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../../lib/http/session.ts";
import { getUserByHandle } from "../../../../../lib/users/mod.ts";

export const handler = endpoint({
  /** Those that wait, for officers. */
  async GET(ctx) {
    const user = requireUser(ctx);
    const { platform } = ctx.state;
    const guild = await getGuild(platform.kv, ctx.params.id!);
    if (!guild) throw new NexoraError("not_found", "There is no such guild");
    if (!mayAdministerGuild(user, guild)) throw new NexoraError("forbidden");
    return json({ invitations: await listInvitations(platform, guild.id) });
  },
  async POST(ctx) {
    const user = requireUser(ctx);
    const { platform } = ctx.state;
    const { handle, note } = await readBody(ctx.req, InvitationForm);
    const invited = await getUserByHandle(platform.kv, handle);
    if (!invited) {
      throw new NexoraError("bad_request", undefined, {
        fields: { handle: `Nobody is called @${handle}` },
      });
    }
    const invitation = await inviteToGuild(
      platform,
      user,
      ctx.params.id!,
      invited,
      note,
    );
    return json({ invitation }, { status: 201 });
  },
});
