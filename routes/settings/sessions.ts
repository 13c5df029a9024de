import { z } from "zod";
import { revokeSession } from "../../lib/auth/mod.ts";
import { parseFields } from "../../lib/http/body.ts";
import { define } from "../../lib/http/define.ts";
import { signedOutHeaders } from "../../lib/http/session.ts";
import {
  orErrorPage,
  readForm,
  seeOther,
  toSignIn,
  withFlash,
} from "../../lib/pages/mod.ts";

const Ended = z.object({ id: z.string().max(128) });

export const handler = define.handlers({
  GET: () => seeOther("/settings"),
  POST(ctx) {
    const { platform, user, session } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(async () => {
      const { id } = parseFields(
        Ended,
        Object.fromEntries(await readForm(ctx.req)),
      );
      await revokeSession(platform, user.id, id);
      return id === session?.id
        ? seeOther("/", signedOutHeaders(ctx))
        : seeOther(withFlash("/settings", "settings.revoked"));
    });
  },
});
