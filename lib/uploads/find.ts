import type { BlobInfo, Blobs } from "../blobs/mod.ts";
import { keys } from "../kv/mod.ts";
import type { Upload } from "./types.ts";
import { blobKey } from "./upload.ts";

/** A file of a room: one that a message has brought, or the reader's own. The room's rights are asked by the caller. */
export async function findFile(
  { kv, blobs }: { kv: Deno.Kv; blobs: Blobs },
  channel: string,
  id: string,
  readerId: string,
): Promise<BlobInfo | null> {
  const { value } = await kv.get<Upload>(keys.upload(channel, id));
  if (!value || (value.sentWith === null && value.ownerId !== readerId)) {
    return null;
  }
  return await blobs.head(blobKey(channel, id));
}
