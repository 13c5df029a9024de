import { z } from "zod";
import { commit, del, keys } from "../kv/mod.ts";
import type { NewJob } from "../queue/types.ts";
import { EMPTY_INBOX, type Inbox } from "./types.ts";

export const SWEEP_KIND = "notifications-sweep";

export const SweepPayload = z.object({ userId: z.string() });

/** The job that takes away index rows of generations that are over. */
export function sweepJob(userId: string): NewJob {
  return {
    kind: SWEEP_KIND,
    payload: { userId } satisfies z.infer<typeof SweepPayload>,
  };
}

/** An atomic takes 1,000 mutations. */
const CHUNK = 500;

/** Deletes the unread index rows of all generations but the present one; returns how many. */
export async function sweepUnreadIndex(
  kv: Deno.Kv,
  userId: string,
  signal?: AbortSignal,
): Promise<number> {
  const inbox = (await kv.get<Inbox>(keys.inbox(userId))).value ?? EMPTY_INBOX;
  const old = {
    start: keys.notificationsUnread(userId, 0),
    end: keys.notificationsUnread(userId, inbox.generation),
  };
  let deleted = 0;
  while (!signal?.aborted) {
    const rows = await Array.fromAsync(
      kv.list(old, { limit: CHUNK }),
      (row) => row.key,
    );
    if (rows.length > 0) await commit(kv, { mutations: rows.map(del) });
    deleted += rows.length;
    if (rows.length < CHUNK) break;
  }
  return deleted;
}
