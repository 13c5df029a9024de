import { z } from "zod";
import { readQuery } from "../../../lib/http/body.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";
import { search, SEARCH_KINDS } from "../../../lib/search/mod.ts";

const Query = z.object({
  q: z.string().max(200, "At most 200 characters").default(""),
  kind: z.enum(SEARCH_KINDS).optional(),
  cursor: z.coerce.number().int().min(0).max(1_000).default(0),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});

export const handler = endpoint({
  async GET(ctx) {
    const { id } = requireUser(ctx);
    const query = readQuery(ctx.url, Query);
    return json(await search(ctx.state.platform.kv, id, query));
  },
});
