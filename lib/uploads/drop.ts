import { z } from "zod";
import { commit, del, keys, retryConflicts, unchanged } from "../kv/mod.ts";
import { DROP_FILES } from "../messages/mod.ts";
import type { Queue } from "../queue/types.ts";
import type { Upload } from "./types.ts";
import { blobKey, type UploadDeps } from "./upload.ts";

const DropPayload = z.object({
  channel: z.string(),
  ids: z.array(z.string()),
  /** Only if no message has brought it. */
  unsent: z.boolean().default(false),
});

/** Registers the job that takes files away: of a message that is no more, or that were never sent. */
export function registerUploadJobs(queue: Queue, deps: UploadDeps): void {
  queue.handle(DROP_FILES, async (job) => {
    const { channel, ids, unsent } = DropPayload.parse(job.payload);
    for (const id of ids) await dropFile(deps, channel, id, { unsent });
  });
}

/** Takes a file away; `false` if it was not there, or `unsent` was asked and a message has brought it. */
export function dropFile(
  { kv, blobs, queue }: UploadDeps,
  channel: string,
  id: string,
  { unsent = false, ownerId }: { unsent?: boolean; ownerId?: string } = {},
): Promise<boolean> {
  return retryConflicts<{ dropped: boolean }>(async () => {
    const entry = await kv.get<Upload>(keys.upload(channel, id));
    if (
      entry.value === null ||
      (unsent && entry.value.sentWith !== null) ||
      (ownerId !== undefined && entry.value.ownerId !== ownerId)
    ) return { dropped: false };
    const info = await blobs.head(blobKey(channel, id));
    const plan = info && blobs.planDelete(info);
    const jobs = queue.plan(plan?.jobs ?? []);
    const done = await commit(kv, {
      checks: [unchanged(entry), ...plan?.checks ?? [], ...jobs.checks],
      mutations: [
        del(entry.key),
        ...plan?.mutations ?? [],
        ...jobs.mutations,
      ],
    });
    return done ? { dropped: true } : null;
  }).then(({ dropped }) => dropped);
}
