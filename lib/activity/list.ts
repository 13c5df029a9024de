import { keys } from "../kv/mod.ts";
import type { Activity } from "./types.ts";

/** What was done in `[from, to)` (milliseconds), oldest first, streaming. */
export async function* listActivity(
  kv: Deno.Kv,
  from: number,
  to: number,
): AsyncGenerator<Activity> {
  const rows = kv.list<Activity>({
    start: keys.activity(from, ""),
    end: keys.activity(to, ""),
  }, { batchSize: 500 });
  for await (const { value } of rows) yield value;
}
