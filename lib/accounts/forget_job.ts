import { z } from "zod";
import { commit, del, keys } from "../kv/mod.ts";
import type { Queue } from "../queue/types.ts";

export const FORGET_KIND = "forget-user";

/** Rows of a commit. */
const TOGETHER = 400;

/** Registers the handler of the job that removes what an ended account leaves; before `queue.start()`. */
export function registerAccountJobs(queue: Queue, kv: Deno.Kv): void {
  queue.handle(FORGET_KIND, async (job, signal) => {
    const { userId } = z.object({ userId: z.string() }).parse(job.payload);
    // Somebody who is there keeps everything: the job may only follow the end.
    if ((await kv.get(keys.user(userId))).value !== null) return;
    for (const prefix of keys.ownedBy(userId)) {
      for (;;) {
        signal.throwIfAborted();
        const rows = await Array.fromAsync(
          kv.list({ prefix }, { limit: TOGETHER }),
        );
        await commit(kv, {
          mutations: [del(prefix), ...rows.map(({ key }) => del(key))],
        });
        if (rows.length < TOGETHER) break;
      }
    }
  });
}
