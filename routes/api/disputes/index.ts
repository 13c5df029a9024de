import {
  DisputesQuery,
  listDisputes,
  listDisputesOf,
  listDisputesOfGuild,
  listDisputesToJudge,
  NewDispute,
  raiseDispute,
} from "../../../lib/disputes/mod.ts";
import { NexoraError } from "../../../lib/errors.ts";
import { isAdmin } from "../../../lib/http/admin.ts";
import { readBody, readQuery } from "../../../lib/http/body.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";
import { guildChannel, parseChannel } from "../../../lib/realtime/mod.ts";

export const handler = endpoint({
  /** One's own, those to judge, those of a guild one leads; all for admins. */
  async GET(ctx) {
    const user = requireUser(ctx);
    const { kv, policy } = ctx.state.platform;
    const { list, guild = "", ...query } = readQuery(ctx.url, DisputesQuery);
    if (list === "guild") {
      const channel = parseChannel(guildChannel(guild));
      if (!channel || !await policy.may(user, "administer", channel)) {
        throw new NexoraError("forbidden");
      }
    }
    if (list === "all" && !await isAdmin(ctx.state.platform, user)) {
      throw new NexoraError("forbidden");
    }
    const { items, cursor } = await {
      mine: () => listDisputesOf(kv, user.id, query),
      jury: () => listDisputesToJudge(kv, user.id, query),
      guild: () => listDisputesOfGuild(kv, guild, query),
      all: () => listDisputes(kv, query),
    }[list]();
    // Whom the tribunal was drawn from is of interest to who looks at one dispute.
    const disputes = items.map(({ draws: _, ...dispute }) => dispute);
    return json({ disputes, cursor });
  },
  async POST(ctx) {
    const user = requireUser(ctx);
    const { platform, session } = ctx.state;
    const { bountyId, reason } = await readBody(ctx.req, NewDispute);
    const { draws: _, ...dispute } = await raiseDispute(
      platform,
      user,
      bountyId,
      reason,
      session?.device,
    );
    return json({ dispute }, {
      status: 201,
      headers: { location: `/api/disputes/${dispute.id}` },
    });
  },
});
