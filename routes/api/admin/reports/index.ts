import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { listOpenReports } from "../../../../lib/messages/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    return json({ reports: await listOpenReports(ctx.state.platform) });
  },
});
