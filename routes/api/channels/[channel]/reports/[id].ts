import { readBody } from "../../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../../lib/http/room.ts";
import { answerReport, ReportAnswer } from "../../../../../lib/messages/mod.ts";

export const handler = endpoint({
  async PATCH(ctx) {
    const { room, user } = await roomOf(ctx, "administer");
    const answer = await readBody(ctx.req, ReportAnswer);
    const { platform } = ctx.state;
    return json({
      report: await answerReport(
        platform,
        room.name,
        user,
        ctx.params.id!,
        answer,
      ),
    });
  },
});
