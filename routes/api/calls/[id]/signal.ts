import { sendSignal, Signalling } from "../../../../lib/calls/mod.ts";
import { readBody } from "../../../../lib/http/body.ts";
import { callOf } from "../../../../lib/http/call.ts";
import { endpoint, noContent } from "../../../../lib/http/endpoint.ts";

/** `{peer, to?, signal}`: to everybody in the call, or to one tab. */
export const handler = endpoint({
  async POST(ctx) {
    const { call, user } = await callOf(ctx, "write");
    const body = await readBody(ctx.req, Signalling);
    await sendSignal(ctx.state.platform, call.id, user.id, body);
    return noContent();
  },
});
