import { deserialize, serialize } from "node:v8";
import type { Kind } from "./kind.ts";

/** When an entry is what. Times are milliseconds since the epoch. */
export interface Freshness {
  createdAt: number;
  freshUntil: number;
  /** Served stale without waiting until then. */
  staleUntil: number;
  /** Served instead of an error until then. */
  graceUntil: number;
}

/** How the value lies in the row. */
type Body =
  /** As it is: what is small needs no decoding of ours. */
  | { form: "plain"; value: unknown }
  /** Serialised, and compressed where that pays. */
  | { form: "bytes"; gzip: boolean; bytes: Uint8Array }
  /** As `bytes`, in rows of its own. */
  | { form: "chunks"; gzip: boolean; stamp: string; parts: number };

/** Stored under `["cache", kind, version, id]`. */
export interface StoredEntry extends Freshness {
  body: Body;
  tags: string[];
  /** Bytes of the serialised value. */
  size: number;
}

/** A KV value holds 64 KiB; what is left over is for the rest of the row. */
export const ROW_BYTES = 60_000;
/** Below this, compression costs more than the bytes. */
const WORTH_COMPRESSING = 4_096;
/** It has to save a fifth. */
const WORTH_KEEPING = 0.8;

/** What the store is to hold for a value. `chunks` is empty unless it needs rows of its own. */
export interface Encoded {
  body: Body;
  chunks: Uint8Array[];
  size: number;
}

export async function encodeValue(
  value: unknown,
  stamp: string,
): Promise<Encoded> {
  const raw = new Uint8Array(serialize(value));
  const size = raw.length;
  if (size < WORTH_COMPRESSING) {
    return { body: { form: "plain", value }, chunks: [], size };
  }
  const packed = await through(raw, new CompressionStream("gzip"));
  const gzip = packed.length < raw.length * WORTH_KEEPING;
  const bytes = gzip ? packed : raw;
  if (bytes.length <= ROW_BYTES) {
    const body: Body = gzip
      ? { form: "bytes", gzip, bytes }
      : { form: "plain", value };
    return { body, chunks: [], size };
  }
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += ROW_BYTES) {
    chunks.push(bytes.slice(at, at + ROW_BYTES));
  }
  const body: Body = { form: "chunks", gzip, stamp, parts: chunks.length };
  return { body, chunks, size };
}

/** @throws where the bytes are not those of a serialised value of `size` bytes */
export async function decodeBytes(
  bytes: Uint8Array,
  gzip: boolean,
  size: number,
): Promise<{ value: unknown }> {
  const raw = gzip
    ? await through(bytes, new DecompressionStream("gzip"))
    : bytes;
  if (raw.length !== size) {
    throw new RangeError(`${raw.length} bytes instead of ${size}`);
  }
  return { value: deserialize(raw) };
}

async function through(
  bytes: Uint8Array,
  transform: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(transform);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Times of a value of a kind that was loaded at `now`. */
export function freshnessOf(
  kind: Kind<unknown>,
  value: unknown,
  now: number,
  ttl = value === null ? kind.negativeTtl : kind.ttl,
): Freshness {
  const freshUntil = now + Math.round(ttl * (1 - kind.jitter * Math.random()));
  // "There is none" is served stale for no longer than it is kept: things do come into being.
  const scale = value === null ? Math.min(1, ttl / kind.ttl) : 1;
  return {
    createdAt: now,
    freshUntil,
    staleUntil: freshUntil + kind.revalidate * scale,
    graceUntil: freshUntil + kind.grace * scale,
  };
}
