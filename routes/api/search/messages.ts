import { z } from "zod";
import { readQuery } from "../../../lib/http/body.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";
import { searchMessages } from "../../../lib/messages/mod.ts";

const Query = z.object({
  q: z.string().max(200, "At most 200 characters").default(""),
  cursor: z.string().max(60_000).optional(),
  limit: z.coerce.number().int().min(1).max(50, "At most 50").optional(),
});

export const handler = endpoint({
  async GET(ctx) {
    const user = requireUser(ctx);
    const query = readQuery(ctx.url, Query);
    return json(await searchMessages(ctx.state.platform, user, query));
  },
});
