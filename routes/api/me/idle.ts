import { readBody } from "../../../lib/http/body.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";
import { IdleChange, noteInput } from "../../../lib/status/mod.ts";

export const handler = endpoint({
  async POST(ctx) {
    const { id } = requireUser(ctx);
    const { idle } = await readBody(ctx.req, IdleChange);
    return json({ status: await noteInput(ctx.state.platform, id, idle) });
  },
});
