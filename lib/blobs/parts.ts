/** Regroups a stream into parts of exactly `size` bytes; the last may be smaller. An empty stream gives no part. */
export async function* partsOf(
  body: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let part = new Uint8Array(size);
  let filled = 0;
  for await (const chunk of body) {
    let offset = 0;
    while (offset < chunk.length) {
      const n = Math.min(size - filled, chunk.length - offset);
      part.set(chunk.subarray(offset, offset + n), filled);
      filled += n;
      offset += n;
      if (filled === size) {
        yield part;
        part = new Uint8Array(size);
        filled = 0;
      }
    }
  }
  if (filled > 0) yield part.slice(0, filled);
}

/** A stream's chunks, or the bytes as one. */
export function chunksOf(
  body: ReadableStream<Uint8Array> | Uint8Array,
): AsyncIterable<Uint8Array> {
  return body instanceof Uint8Array
    ? (async function* () {
      yield await Promise.resolve(body);
    })()
    : body;
}
