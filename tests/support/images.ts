import { deflateSync } from "node:zlib";
import { crc32 } from "node:zlib";

/** A PNG of one colour. */
export function pngOf(
  width: number,
  height: number,
  [r, g, b]: readonly [number, number, number],
): Uint8Array<ArrayBuffer> {
  const row = [0, ...Array.from({ length: width }, () => [r, g, b]).flat()];
  const pixels = new Uint8Array(
    Array.from({ length: height }, () => row).flat(),
  );
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 2, 0, 0, 0], 8);
  const parts = [
    new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk("IHDR", header),
    chunk("IDAT", new Uint8Array(deflateSync(pixels))),
    chunk("IEND", new Uint8Array()),
  ];
  const image = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    image.set(part, at);
    at += part.length;
  }
  return image;
}

export function chunk(type: string, data: Uint8Array): Uint8Array {
  const part = new Uint8Array(data.length + 12);
  const view = new DataView(part.buffer);
  view.setUint32(0, data.length);
  part.set(new TextEncoder().encode(type), 4);
  part.set(data, 8);
  view.setUint32(data.length + 8, crc32(part.subarray(4, data.length + 8)));
  return part;
}
