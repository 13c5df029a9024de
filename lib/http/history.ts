import { z } from "zod";
import { parsePosition, type Position } from "../realtime/position.ts";
import { readQuery } from "./body.ts";

const HistoryQuery = z.object({
  since: z.string().optional().transform((text, ctx): Position | undefined => {
    if (text === undefined || text === "") return undefined;
    const position = parsePosition(text);
    if (position) return position;
    ctx.addIssue("A position is of the form epoch.seq.index");
    return z.NEVER;
  }),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

export type HistoryQuery = z.infer<typeof HistoryQuery>;

/** `?since=&limit=` of a history request. @throws {NexoraError} `bad_request` */
export function readHistoryQuery(url: URL): HistoryQuery {
  const query = new URL(url);
  for (const name of [...query.searchParams.keys()]) {
    if (name !== "since" && name !== "limit") query.searchParams.delete(name);
  }
  return readQuery(query, HistoryQuery);
}
