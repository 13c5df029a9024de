import { joinGuild } from "../../../lib/guilds/mod.ts";
import { define } from "../../../lib/http/define.ts";
import { caller } from "../../../lib/http/session.ts";
import {
  orErrorPage,
  seeOther,
  toSignIn,
  withFlash,
} from "../../../lib/pages/mod.ts";

export const handler = define.handlers({
  GET: (ctx) => seeOther(`/guilds/${encodeURIComponent(ctx.params.id!)}`),
  POST(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(async () => {
      const { guild, joined } = await joinGuild(
        platform,
        ctx.params.id!,
        user,
        caller(ctx).device,
      );
      const path = `/guilds/${encodeURIComponent(guild.id)}`;
      return seeOther(joined ? withFlash(path, "guilds.joined") : path);
    });
  },
});
