import { readQuery } from "../../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../../lib/http/endpoint.ts";
import { PageQuery } from "../../../../../lib/http/paging.ts";
import { roomOf } from "../../../../../lib/http/room.ts";
import { listReports, ReportState } from "../../../../../lib/messages/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const { room } = await roomOf(ctx, "administer");
    const query = readQuery(
      ctx.url,
      PageQuery.extend({ state: ReportState.optional() }),
    );
    return json(await listReports(ctx.state.platform, room.name, query));
  },
});
