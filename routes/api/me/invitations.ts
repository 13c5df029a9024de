import {
  listApplicationsOf,
  listInvitationsOf,
} from "../../../lib/guilds/mod.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";

export const handler = endpoint({
  /** What lies between the user and guilds: invitations to answer, applications that wait. */
  async GET(ctx) {
    const user = requireUser(ctx);
    const { platform } = ctx.state;
    const [invitations, applications] = await Promise.all([
      listInvitationsOf(platform, user.id),
      listApplicationsOf(platform, user.id),
    ]);
    return json({ invitations, applications });
  },
});
