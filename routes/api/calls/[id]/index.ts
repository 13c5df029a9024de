import { callOf } from "../../../../lib/http/call.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";

export const handler = endpoint({
  async GET(ctx) {
    return json({ call: (await callOf(ctx, "see")).call });
  },
});
