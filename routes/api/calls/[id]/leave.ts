import { Joining, leaveCall } from "../../../../lib/calls/mod.ts";
import { readBody } from "../../../../lib/http/body.ts";
import { callOf } from "../../../../lib/http/call.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";

export const handler = endpoint({
  async POST(ctx) {
    const { call, user } = await callOf(ctx, "see");
    const { peer } = await readBody(ctx.req, Joining);
    return json({
      call: await leaveCall(ctx.state.platform, call.id, user.id, peer),
    });
  },
});
