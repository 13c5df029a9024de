import { keys } from "../../kv/mod.ts";
import type { Deps } from "../../platform.ts";
import type { ScheduledMessage } from "./types.ts";

/** How many of somebody wait at most. */
export const MOST = 100;

/** What of somebody waits, the next first; of one room where one is given. */
export async function listScheduled(
  { kv }: Pick<Deps, "kv">,
  userId: string,
  channel?: string,
): Promise<ScheduledMessage[]> {
  const rows = kv.list<ScheduledMessage>(
    { prefix: keys.scheduledOf(userId) },
    { limit: 2 * MOST },
  );
  const all = await Array.fromAsync(rows, (row) => row.value);
  return all.filter((one) => channel === undefined || one.channel === channel)
    .sort((a, b) => a.sendAt - b.sendAt);
}
