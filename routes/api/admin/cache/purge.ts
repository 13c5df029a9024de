import { purgeCache } from "../../../../lib/cache/mod.ts";
import { readBody } from "../../../../lib/http/body.ts";
import { PurgeRequest } from "../../../../lib/http/cache_forms.ts";
import { endpoint, noContent } from "../../../../lib/http/endpoint.ts";

/** Forgets a key, a tag, a kind or everything, in all isolates. */
export const handler = endpoint({
  POST: async (ctx) => {
    const purge = await readBody(ctx.req, PurgeRequest);
    await purgeCache(ctx.state.platform.cache, purge);
    return noContent();
  },
});
