import { leaveGuild } from "../../../lib/guilds/mod.ts";
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
      const left = await leaveGuild(
        platform,
        ctx.params.id!,
        user.id,
        caller(ctx).device,
      );
      return seeOther(left ? withFlash("/guilds", "guilds.left") : "/guilds");
    });
  },
});
