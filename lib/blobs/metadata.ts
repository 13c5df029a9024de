import { ByteReader } from "./byte_reader.ts";

type Bytes = AsyncGenerator<Uint8Array>;

const STRIPPED: Record<string, (bytes: ByteReader) => Bytes> = {
  "image/jpeg": jpeg,
  "image/png": png,
  "image/webp": webp,
};

/** Types of pictures that carry metadata which `withoutMetadata` takes out. */
export const CARRIES_METADATA: ReadonlySet<string> = new Set(
  Object.keys(STRIPPED),
);

/**
 * Takes out of a picture what tells of its maker: place, time, camera, remarks, and what hangs behind its end. Pixels
 * are not touched. Of a JPEG the orientation stays, else it would lie on its side. Streaming: however large the
 * picture, some 64 KiB of it are in memory. From where bytes are not laid out as the type says they are left as they are.
 */
export async function* withoutMetadata(
  type: string,
  body: AsyncIterable<Uint8Array>,
): Bytes {
  const bytes = new ByteReader(body);
  const strip = STRIPPED[type];
  if (strip) yield* strip(bytes);
  else yield* bytes.pass();
  // Read to the end: who sends is not cut off, and what counts is what was sent.
  await bytes.skip();
}

const view = (bytes: Uint8Array) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const latin = new TextDecoder("latin1");
const textAt = (bytes: Uint8Array, at: number, length: number) =>
  latin.decode(bytes.subarray(at, at + length));

/** APP1 is Exif and XMP, APP13 Photoshop's and IPTC, COM a remark. Colour profiles (APP2, APP14) stay. */
const JPEG_TOLD = new Set([0xe1, 0xed, 0xfe]);
const SCAN = 0xda;
const END = 0xd9;

async function* jpeg(bytes: ByteReader): Bytes {
  yield await bytes.take(2);
  for (;;) {
    const head = await bytes.ahead(4);
    if (head[0] !== 0xff) return yield* bytes.pass();
    const marker = head[1];
    if (marker === 0xff) {
      // Markers may be filled up in front.
      yield await bytes.take(1);
      continue;
    }
    if (marker === END) return yield await bytes.take(2);
    const length = head.length < 4 ? 0 : 2 + view(head).getUint16(2);
    const segment = await bytes.ahead(length);
    if (length < 4 || segment.length < length) return yield* bytes.pass();
    await bytes.take(length);
    if (!JPEG_TOLD.has(marker!)) yield segment;
    else if (marker === 0xe1 && textAt(segment, 4, 4) === "Exif") {
      const orientation = orientationOf(segment.subarray(10)) ?? 1;
      if (orientation !== 1) yield orientationSegment(orientation);
    }
    if (marker === SCAN) yield* scan(bytes);
  }
}

/** Pixels, up to the next marker that is not one of theirs. */
async function* scan(bytes: ByteReader): Bytes {
  for (;;) {
    yield* bytes.until(0xff);
    const [_, next] = await bytes.ahead(2);
    if (next === undefined) return yield* bytes.pass();
    const ofPixels = next === 0 || (next >= 0xd0 && next <= 0xd7);
    if (!ofPixels) return;
    yield await bytes.take(2);
  }
}

/** Tag 0x0112 of the first directory of a TIFF block. */
function orientationOf(tiff: Uint8Array): number | null {
  if (tiff.length < 14) return null;
  const data = view(tiff);
  const little = textAt(tiff, 0, 2) === "II";
  const start = data.getUint32(4, little);
  if (start + 2 > tiff.length) return null;
  const count = data.getUint16(start, little);
  for (let i = 0; i < count; i++) {
    const entry = start + 2 + i * 12;
    if (entry + 12 > tiff.length) return null;
    if (data.getUint16(entry, little) !== 0x0112) continue;
    const value = data.getUint16(entry + 8, little);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}

/** An Exif segment that says nothing but how the picture is turned. */
function orientationSegment(orientation: number): Uint8Array {
  // deno-fmt-ignore
  return Uint8Array.of(
    0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0,
    0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1,
    0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
  );
}

const PNG_TOLD = new Set(["eXIf", "tEXt", "iTXt", "zTXt", "tIME"]);

async function* png(bytes: ByteReader): Bytes {
  yield await bytes.take(8);
  for (;;) {
    const head = await bytes.ahead(8);
    if (head.length < 8) return yield* bytes.pass();
    const length = 12 + view(head).getUint32(0);
    const name = textAt(head, 4, 4);
    if (PNG_TOLD.has(name)) await bytes.skip(length);
    else yield* bytes.pass(length);
    // What somebody hung behind the end of the picture is not part of it.
    if (name === "IEND") return;
  }
}

/** Of a VP8X header's flags: Exif and XMP. */
const WEBP_FLAGS = 0x08 | 0x04;
const WEBP_TOLD = new Set(["EXIF", "XMP "]);

/**
 * The head says how long all of it is and has gone when the metadata comes, which is mostly last. So that is blanked:
 * a chunk of another name, which readers pass over, and zeros.
 */
async function* webp(bytes: ByteReader): Bytes {
  const head = (await bytes.take(12)).slice();
  yield head;
  if (head.length < 12) return;
  let left = view(head).getUint32(4, true) - 4;
  while (left > 0) {
    const chunk = (await bytes.ahead(8)).slice();
    if (chunk.length < 8) return yield* bytes.pass();
    const size = view(chunk).getUint32(4, true);
    const name = textAt(chunk, 0, 4);
    const body = size + (size & 1);
    left -= 8 + body;
    await bytes.take(8);
    if (WEBP_TOLD.has(name)) chunk.set(latinBytes("JUNK"));
    yield chunk;
    if (name === "VP8X") {
      const flags = (await bytes.take(1)).slice();
      flags[0]! &= ~WEBP_FLAGS;
      yield flags;
      yield* bytes.pass(body - 1);
    } else if (WEBP_TOLD.has(name)) {
      for await (const piece of bytes.pass(body)) {
        yield new Uint8Array(piece.length);
      }
    } else yield* bytes.pass(body);
  }
}

function latinBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
