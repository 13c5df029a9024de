import { requireAdmin } from "../../lib/http/admin.ts";
import { define } from "../../lib/http/define.ts";
import { toSignIn } from "../../lib/pages/mod.ts";

/** Everything below is for admins. */
export default define.middleware(async (ctx) => {
  if (!ctx.state.user) return toSignIn(ctx);
  await requireAdmin(ctx);
  return await ctx.next();
});
