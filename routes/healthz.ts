import config from "../deno.json" with { type: "json" };
import { ERRORS, NexoraError } from "../lib/errors.ts";
import { endpoint, json } from "../lib/http/endpoint.ts";

/** 200 with store and version; 503 with the reason when the store is away or the server is restarting. */
export const handler = endpoint({
  GET: async (ctx) => {
    const { platform } = ctx.state;
    if (platform.realtime.draining) {
      throw new NexoraError("draining", undefined, { retryAfter: 1 });
    }
    const trouble = await platform.storeTrouble();
    if (trouble) {
      return json({
        type: "urn:nexora:error:store_unavailable",
        title: ERRORS.store_unavailable.title,
        status: 503,
        code: "store_unavailable",
        detail: trouble,
        store: "unavailable",
        version: config.version,
      }, {
        status: 503,
        headers: {
          "content-type": "application/problem+json",
          "retry-after": "1",
        },
      });
    }
    return json({
      status: "ok",
      store: { kind: platform.store.remote ? "remote" : "local", status: "ok" },
      version: config.version,
    });
  },
});
