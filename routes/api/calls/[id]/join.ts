import { iceServers, joinCall, Joining } from "../../../../lib/calls/mod.ts";
import { readBody } from "../../../../lib/http/body.ts";
import { callOf } from "../../../../lib/http/call.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";

/** `{peer}` → `{call, iceServers}`. */
export const handler = endpoint({
  async POST(ctx) {
    const { call, user } = await callOf(ctx, "write");
    const { peer } = await readBody(ctx.req, Joining);
    const { platform } = ctx.state;
    return json({
      call: await joinCall(platform, call.id, user, peer),
      iceServers: iceServers(platform.config.ice, user.id, platform.now()),
    });
  },
});
