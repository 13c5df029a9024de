import { readCache } from "../../../../lib/cache/mod.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";

/** How the cache of the isolate that answers is doing, by kind and over the last hour. */
export const handler = endpoint({
  GET: (ctx) => json(readCache(ctx.state.platform.cache)),
});
