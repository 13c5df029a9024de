/**
 * Files of any kind up to 25 MB: avatars, uploads of the chat, evidence.
 *
 * ```ts
 * const { blobs } = ctx.state.platform;
 * // Streaming: bounded memory, size limit, SHA-256 on the way.
 * const info = await blobs.put(
 *   { key: `uploads/${channel}/${newId()}`, type, name: "plan.pdf", limit: 25_000_000 },
 *   ctx.req.body!,
 * );
 * // In an atomic of your own (the message that carries it): `stage`, then `plan()` in each attempt.
 * const staged = await blobs.stage({ key, type }, ctx.req.body!);
 * // Serving: entity tag, ranges, sandboxed.
 * return serveBlob(ctx.req, blobs, info, { cache: "private", immutable: true });
 * ```
 *
 * What is known of a blob is a row of the store; its content lies in the store too (rows of 60 KiB), or in an
 * S3-compatible one when `S3_ENDPOINT` and its companions are set. A staged content that is not committed is swept
 * after an hour. `sniffImage` tells what a picture really is.
 *
 * @module
 */
export type {
  BlobBodies,
  BlobBody,
  BlobInfo,
  ByteRange,
  NewBlob,
} from "./types.ts";
export {
  BLOB_LIMIT,
  type Blobs,
  type BlobsOptions,
  createBlobs,
  type StagedBlob,
} from "./blobs.ts";
export { kvBodies } from "./kv_bodies.ts";
export { s3Bodies, type S3Options } from "./s3_bodies.ts";
export { registerBlobJobs } from "./jobs.ts";
export { IMAGE_TYPES, type ImageType, sniffImage } from "./image.ts";
export { serveBlob, type ServeOptions } from "./serve.ts";
export { chunksOf } from "./parts.ts";
export { CARRIES_METADATA, withoutMetadata } from "./metadata.ts";
