import { HttpError, page } from "fresh";
import {
  DisputeList,
  type DisputeListProps,
} from "../../components/disputes/DisputeList.tsx";
import { DisputesQuery, listDisputeSummaries } from "../../lib/disputes/mod.ts";
import { isAdmin } from "../../lib/http/admin.ts";
import { define } from "../../lib/http/define.ts";
import { parseFields } from "../../lib/http/body.ts";
import {
  orErrorPage,
  readFlash,
  readFrame,
  toSignIn,
} from "../../lib/pages/mod.ts";

export const handler = define.handlers({
  GET(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return orErrorPage(async () => {
      const given = Object.fromEntries(
        [...ctx.url.searchParams].filter(([, value]) => value !== ""),
      );
      const { list, guild: _, ...query } = parseFields(DisputesQuery, given);
      if (list === "guild") throw new HttpError(404);
      if (list === "all" && !await isAdmin(platform, user)) {
        throw new HttpError(403);
      }
      const [frame, { items, cursor }] = await Promise.all([
        readFrame(ctx, user),
        listDisputeSummaries(platform.kv, user.id, list, query),
      ]);
      return page<DisputeListProps>({
        frame,
        list,
        state: query.state ?? null,
        disputes: items,
        cursor,
        past: query.cursor !== undefined,
        flash: readFlash(ctx),
      });
    });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <DisputeList {...data} />
));
