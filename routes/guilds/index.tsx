import { page } from "fresh";
import {
  GuildList,
  type GuildListProps,
} from "../../components/guilds/GuildList.tsx";
import {
  listGuilds,
  listGuildsOf,
  listInvitationsOf,
} from "../../lib/guilds/mod.ts";
import { define } from "../../lib/http/define.ts";
import { readFlash, readFrame, toSignIn } from "../../lib/pages/mod.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    const [frame, mine, all, invitations] = await Promise.all([
      readFrame(ctx, user),
      listGuildsOf(platform.kv, user.id),
      listGuilds(platform.kv),
      listInvitationsOf(platform, user.id),
    ]);
    const invited = invitations.map(({ guild }) => guild);
    const elsewhere = new Set(
      [...invited, ...mine.map(({ guild }) => guild)].map(({ id }) => id),
    );
    return page<GuildListProps>({
      frame,
      flash: readFlash(ctx),
      mine: mine.map(({ guild, role }) => ({ ...guild, role })),
      invited,
      others: all.items.filter((guild) => !elsewhere.has(guild.id)),
    });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <GuildList
    {...data}
  />
));
