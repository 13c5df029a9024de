import { endSession } from "../lib/auth/mod.ts";
import { define } from "../lib/http/define.ts";
import { signedOutHeaders } from "../lib/http/session.ts";
import { seeOther } from "../lib/pages/mod.ts";

export const handler = define.handlers({
  /** A link that signs out could be put anywhere: it leads home. */
  GET: () => seeOther("/"),
  async POST(ctx) {
    const { platform, session } = ctx.state;
    if (session) await endSession(platform, session);
    return seeOther("/", signedOutHeaders(ctx));
  },
});
