/** Keys of blobs. */
type Key = Deno.KvKey;

/** What is known of a blob. */
export const blob = (key: string): Key => ["blobs", key];
/** A part of a content that lies in the store. */
export const blobChunk = (
  bodyId: string,
  part: number,
): Key => ["blobChunks", bodyId, part];
export const blobChunks = (bodyId: string): Key => ["blobChunks", bodyId];
