import { getCallOf, NewCall, startCall } from "../../../../lib/calls/mod.ts";
import { readBody } from "../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../lib/http/room.ts";

/** The call that goes on in a room; `POST {video?}` starts one, or finds it. */
export const handler = endpoint({
  async GET(ctx) {
    const { room } = await roomOf(ctx, "see");
    return json({ call: await getCallOf(ctx.state.platform.kv, room.name) });
  },
  async POST(ctx) {
    const { room, user } = await roomOf(ctx, "write");
    const body = await readBody(ctx.req, NewCall);
    const { call, started } = await startCall(
      ctx.state.platform,
      room,
      user,
      body,
    );
    return json({ call }, { status: started ? 201 : 200 });
  },
});
