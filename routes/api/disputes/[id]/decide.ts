import {
  decideDispute,
  Decision,
  viewDispute,
} from "../../../../lib/disputes/mod.ts";
import { readBody } from "../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../lib/http/session.ts";

export const handler = endpoint({
  async POST(ctx) {
    const user = requireUser(ctx);
    const { platform } = ctx.state;
    const id = ctx.params.id!;
    const given = await readBody(ctx.req, Decision);
    await decideDispute(platform, user, id, given);
    return json({ dispute: await viewDispute(platform, user, id) });
  },
});
