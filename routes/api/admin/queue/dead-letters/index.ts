import { z } from "zod";
import { readBody, readQuery } from "../../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../../lib/http/endpoint.ts";
import { Limit } from "../../../../../lib/http/paging.ts";
import {
  listDeadLetters,
  replayDeadLetters,
} from "../../../../../lib/queue/mod.ts";

const Query = z.object({
  cursor: z.string().max(500).optional(),
  limit: Limit.optional(),
});
const Replay = z.object({ kind: z.string().min(1).max(64).optional() });

/** Jobs that were given up, newest first; `POST {kind?}` puts all of them, or of one kind, back. */
export const handler = endpoint({
  GET: async (ctx) => {
    const { cursor, limit } = readQuery(ctx.url, Query);
    const page = await listDeadLetters(ctx.state.platform, { cursor, limit });
    return json({ deadLetters: page.items, cursor: page.cursor ?? null });
  },
  POST: async (ctx) => {
    const { kind } = await readBody(ctx.req, Replay);
    return json({
      replayed: await replayDeadLetters(ctx.state.platform, kind),
    });
  },
});
