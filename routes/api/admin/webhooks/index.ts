import { readBody } from "../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import {
  addEndpoint,
  NewEndpoint,
  readWebhooks,
} from "../../../../lib/realtime/inspect_webhooks.ts";

/** Endpoints, the last deliveries, those that were given up; `POST {url, types}` adds an endpoint. */
export const handler = endpoint({
  GET: async (ctx) => json(await readWebhooks(ctx.state.platform)),
  POST: async (ctx) => {
    const given = await readBody(ctx.req, NewEndpoint);
    const added = await addEndpoint(ctx.state.platform, given);
    return json({ endpoint: added }, {
      status: 201,
      headers: { location: `/api/admin/webhooks/${added.id}` },
    });
  },
});
