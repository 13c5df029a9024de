/**
 * Takes out of a picture what tells of its maker: place, time, camera, remarks. Pixels are not touched. Of a JPEG the
 * orientation stays, else it would lie on its side. Bytes that are not laid out as the type says are left as they are.
 */
export function withoutMetadata(
  type: string,
  bytes: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const parts = type === "image/jpeg"
    ? jpegParts(bytes)
    : type === "image/png"
    ? pngParts(bytes)
    : type === "image/webp"
    ? webpParts(bytes)
    : [bytes];
  return join(parts ?? [bytes]);
}

/** Types of pictures that carry metadata which `withoutMetadata` takes out. */
export const CARRIES_METADATA: ReadonlySet<string> = new Set([
  "image/jpeg",
  "image/png",
  "image/webp",
]);

const view = (bytes: Uint8Array) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const latin = new TextDecoder("latin1");
const textAt = (bytes: Uint8Array, at: number, length: number) =>
  latin.decode(bytes.subarray(at, at + length));

/** APP1 is Exif and XMP, APP13 Photoshop's and IPTC, COM a remark. Colour profiles (APP2, APP14) stay. */
const JPEG_TOLD = new Set([0xe1, 0xed, 0xfe]);

function jpegParts(bytes: Uint8Array): Uint8Array[] | null {
  const data = view(bytes);
  const parts = [bytes.subarray(0, 2)];
  let orientation = 1;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1]!;
    // From the start of the scan on there are pixels.
    if (marker === 0xda) {
      if (orientation !== 1) {
        parts.splice(1, 0, orientationSegment(orientation));
      }
      return [...parts, bytes.subarray(at)];
    }
    const end = at + 2 + data.getUint16(at + 2);
    if (end > bytes.length || end < at + 4) return null;
    if (!JPEG_TOLD.has(marker)) parts.push(bytes.subarray(at, end));
    else if (marker === 0xe1 && textAt(bytes, at + 4, 4) === "Exif") {
      orientation = orientationOf(bytes.subarray(at + 10, end)) ?? orientation;
    }
    at = end;
  }
  return null;
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

function pngParts(bytes: Uint8Array): Uint8Array[] | null {
  const data = view(bytes);
  const parts = [bytes.subarray(0, 8)];
  for (let at = 8; at < bytes.length;) {
    if (at + 12 > bytes.length) return null;
    const end = at + 12 + data.getUint32(at);
    if (end > bytes.length) return null;
    const name = textAt(bytes, at + 4, 4);
    if (!PNG_TOLD.has(name)) parts.push(bytes.subarray(at, end));
    // What somebody hung behind the end of the picture is not part of it.
    if (name === "IEND") return parts;
    at = end;
  }
  return null;
}

/** Of a VP8X header's flags: Exif and XMP. */
const WEBP_FLAGS = 0x08 | 0x04;

function webpParts(bytes: Uint8Array): Uint8Array[] | null {
  const data = view(bytes);
  const parts: Uint8Array[] = [];
  for (let at = 12; at < bytes.length;) {
    if (at + 8 > bytes.length) return null;
    const size = data.getUint32(at + 4, true);
    if (at + 8 + size > bytes.length) return null;
    const end = Math.min(bytes.length, at + 8 + size + (size & 1));
    const name = textAt(bytes, at, 4);
    if (name === "VP8X") {
      const chunk = bytes.slice(at, end);
      chunk[8]! &= ~WEBP_FLAGS;
      parts.push(chunk);
    } else if (name !== "EXIF" && name !== "XMP ") {
      parts.push(bytes.subarray(at, end));
    }
    at = end;
  }
  const head = bytes.slice(0, 12);
  view(head).setUint32(4, 4 + parts.reduce((n, p) => n + p.length, 0), true);
  return [head, ...parts];
}

function join(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
