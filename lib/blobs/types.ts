/** What is known of a blob without reading it. Blobs are immutable: another content is another blob under the key. */
export interface BlobInfo {
  /** Slash-separated path, e.g. `avatars/{userId}`. */
  key: string;
  /** Bytes. */
  size: number;
  /** Media type, as given by who stored it: sniff what people send before you trust it. */
  type: string;
  /** Lower-case hex of the content's SHA-256; a strong entity tag. */
  sha256: string;
  /** File name for downloads. */
  name?: string;
  /** Milliseconds. */
  createdAt: number;
  /** Where the content lies, and its name there; changes with each content. */
  store: string;
  bodyId: string;
}

export interface NewBlob {
  key: string;
  type: string;
  name?: string;
  /** Bytes after which the upload is refused with `too_large`. Default 25 MB. */
  limit?: number;
}

/** A part of a blob, both ends inclusive, as in a `Range` header. */
export interface ByteRange {
  from: number;
  to: number;
}

export type BlobBody = ReadableStream<Uint8Array> | Uint8Array;

/**
 * Where contents lie. Two implementations (`kv_bodies.ts`, `s3_bodies.ts`), one contract
 * (`tests/unit/blobs/blobs_test.ts`). An id is written once.
 */
export interface BlobBodies {
  readonly name: string;
  /** Stores what the stream gives, in bounded memory; when it fails nothing, or garbage for `remove`, is left. */
  write(
    id: string,
    type: string,
    body: AsyncIterable<Uint8Array>,
  ): Promise<void>;
  /** The bytes of a range; the stream fails when they are not there. */
  read(id: string, range: ByteRange): ReadableStream<Uint8Array>;
  /** Removes a content, also a half-written one. Idempotent. */
  remove(id: string): Promise<void>;
}
