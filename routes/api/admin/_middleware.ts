import { requireAdmin } from "../../../lib/http/admin.ts";
import { define } from "../../../lib/http/define.ts";

/** Everything below is for admins. */
export default define.middleware(async (ctx) => {
  await requireAdmin(ctx);
  return await ctx.next();
});
