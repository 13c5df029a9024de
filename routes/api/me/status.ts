import { readBody } from "../../../lib/http/body.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";
import {
  getOwnStatus,
  getStatus,
  setStatus,
  StatusChange,
} from "../../../lib/status/mod.ts";

export const handler = endpoint({
  async GET(ctx) {
    const { id } = requireUser(ctx);
    const { platform } = ctx.state;
    const [status, own] = await Promise.all([
      getStatus(platform, id),
      getOwnStatus(platform, id),
    ]);
    return json({ status, own });
  },
  async PUT(ctx) {
    const { id } = requireUser(ctx);
    const change = await readBody(ctx.req, StatusChange);
    return json({ status: await setStatus(ctx.state.platform, id, change) });
  },
});
