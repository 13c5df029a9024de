import { page } from "fresh";
import { Overview } from "../../components/admin/Overview.tsx";
import { define } from "../../lib/http/define.ts";
import { requireUser } from "../../lib/http/session.ts";
import { readFrame } from "../../lib/pages/mod.ts";

export const handler = define.handlers({
  GET: async (ctx) => page({ frame: await readFrame(ctx, requireUser(ctx)) }),
});

export default define.page<typeof handler>(({ data }) => (
  <Overview frame={data.frame} />
));
