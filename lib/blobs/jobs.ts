import { z } from "zod";
import { keys } from "../kv/mod.ts";
import type { Queue } from "../queue/types.ts";
import { SWEEP_BLOB_KIND } from "./blobs.ts";
import type { BlobBodies, BlobInfo } from "./types.ts";

const Payload = z.object({
  key: z.string(),
  store: z.string(),
  bodyId: z.string(),
});

/** Registers the handler of the job that removes contents which are nobody's; before `queue.start()`. */
export function registerBlobJobs(
  queue: Queue,
  { kv, bodies }: { kv: Deno.Kv; bodies: BlobBodies[] },
): void {
  queue.handle(SWEEP_BLOB_KIND, async (job) => {
    const { key, store, bodyId } = Payload.parse(job.payload);
    const { value } = await kv.get<BlobInfo>(keys.blob(key));
    if (value?.bodyId === bodyId) return;
    const found = bodies.find(({ name }) => name === store);
    if (!found) throw new Error(`There is no blob store ${store}`);
    await found.remove(bodyId);
  });
}
