import { endpoint, noContent } from "../../../../../lib/http/endpoint.ts";
import { removeEndpoint } from "../../../../../lib/realtime/inspect_webhooks.ts";

export const handler = endpoint({
  DELETE: async (ctx) => {
    await removeEndpoint(ctx.state.platform, ctx.params.id ?? "");
    return noContent();
  },
});
