import { declineCall } from "../../../../lib/calls/mod.ts";
import { callOf } from "../../../../lib/http/call.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";

export const handler = endpoint({
  async POST(ctx) {
    const { call, user } = await callOf(ctx, "see");
    return json({
      call: await declineCall(ctx.state.platform, call.id, user.id),
    });
  },
});
