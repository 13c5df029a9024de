import { readBody } from "../../../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../../../lib/http/room.ts";
import {
  reportMessage,
  ReportRequest,
} from "../../../../../../lib/messages/mod.ts";

export const handler = endpoint({
  async POST(ctx) {
    const { room, user } = await roomOf(ctx, "see");
    const request = await readBody(ctx.req, ReportRequest);
    const { id, at, state } = await reportMessage(
      ctx.state.platform,
      room,
      user,
      ctx.params.id!,
      request,
    );
    // The context is for those who look into it.
    return json({ report: { id, at, state } }, { status: 201 });
  },
});
