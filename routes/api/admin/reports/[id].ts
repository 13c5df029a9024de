import { requireAdmin } from "../../../../lib/http/admin.ts";
import { readBody } from "../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import {
  answerReport,
  findReportRoom,
  ReportAnswer,
} from "../../../../lib/messages/mod.ts";

export const handler = endpoint({
  async PATCH(ctx) {
    const admin = await requireAdmin(ctx);
    const answer = await readBody(ctx.req, ReportAnswer);
    const { platform } = ctx.state;
    const id = ctx.params.id!;
    const channel = await findReportRoom(platform, id);
    return json({
      report: await answerReport(platform, channel, admin, id, answer),
    });
  },
});
