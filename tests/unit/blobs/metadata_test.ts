import { assert, assertEquals } from "@std/assert";
import { withoutMetadata as stripped } from "../../../lib/blobs/mod.ts";
import { chunk as pngChunk } from "../../support/images.ts";

const text = (value: string) => new TextEncoder().encode(value);
const bytesOf = (...parts: (Uint8Array | number[])[]) =>
  new Uint8Array(parts.flatMap((part) => [...part]));
const says = (bytes: Uint8Array, what: string) =>
  new TextDecoder("latin1").decode(bytes).includes(what);
const big = (
  n: number,
) => [n >>> 24 & 255, n >>> 16 & 255, n >>> 8 & 255, n & 255];

/** Sent in pieces of a size that fits to nothing, as a network does. */
async function withoutMetadata(type: string, bytes: Uint8Array, piece = 7) {
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += piece) {
      yield await Promise.resolve(bytes.slice(at, at + piece));
    }
  }
  return bytesOf(...await Array.fromAsync(stripped(type, pieces())));
}

const segment = (marker: number, body: Uint8Array) =>
  bytesOf([0xff, marker, body.length + 2 >> 8, body.length + 2 & 255], body);
/** Exif, little-endian, with an orientation and a place. */
const exif = (turned: number) =>
  bytesOf(
    text("Exif\0\0"),
    text("II"),
    [42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, turned, 0, 0, 0],
    [0, 0, 0, 0],
    text("GPS 52.5N"),
  );
const jpeg = (turned: number) =>
  bytesOf(
    [0xff, 0xd8],
    segment(0xe0, text("JFIF\0")),
    segment(0xe1, exif(turned)),
    segment(0xed, text("Photoshop secret")),
    segment(0xfe, text("remark")),
    segment(0xe2, text("ICC_PROFILE")),
    [0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9],
  );

Deno.test("a JPEG loses place and remarks, and keeps profile, pixels and how it is turned", async () => {
  const after = await withoutMetadata("image/jpeg", jpeg(6));
  for (const gone of ["GPS", "secret", "remark"]) assert(!says(after, gone));
  assert(says(after, "JFIF") && says(after, "ICC_PROFILE"));
  assertEquals([...after.slice(-5)], [1, 2, 3, 0xff, 0xd9]);
  assert(says(after, "Exif"));
  // Doing it again changes nothing: the orientation was understood.
  assertEquals(await withoutMetadata("image/jpeg", after), after);
  assert(!says(await withoutMetadata("image/jpeg", jpeg(1)), "Exif"));
});

Deno.test("a PNG loses its texts and Exif", async () => {
  const chunk = (name: string, body: Uint8Array) =>
    bytesOf(big(body.length), text(name), body, big(0));
  const head = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10];
  const [ihdr, idat, iend] = [
    chunk("IHDR", text("size")),
    chunk("IDAT", text("pixels")),
    chunk("IEND", text("")),
  ];
  const before = bytesOf(
    head,
    ihdr,
    chunk("eXIf", text("GPS")),
    chunk("tEXt", text("Author")),
    idat,
    chunk("iTXt", text("XMP")),
    iend,
    text("hidden"),
  );
  assertEquals(
    await withoutMetadata("image/png", before),
    bytesOf(head, ihdr, idat, iend),
  );
});

Deno.test("a WebP loses Exif and XMP, and its header says so", async () => {
  const chunk = (name: string, body: number[]) =>
    bytesOf(
      text(name),
      big(body.length).reverse(),
      body,
      body.length % 2 ? [0] : [],
    );
  const file = (...chunks: Uint8Array[]) => {
    const body = bytesOf(text("WEBP"), ...chunks);
    return bytesOf(text("RIFF"), big(body.length).reverse(), body);
  };
  const header = (flags: number) =>
    chunk("VP8X", [flags, 0, 0, 0, 1, 0, 0, 1, 0, 0]);
  const pixels = chunk("VP8 ", [1, 2, 3]);
  assertEquals(
    await withoutMetadata(
      "image/webp",
      file(header(0x1c), pixels, chunk("EXIF", [7, 7]), chunk("XMP ", [8])),
    ),
    // As long as before: its length stands in a head that has gone already.
    file(header(0x10), pixels, chunk("JUNK", [0, 0]), chunk("JUNK", [0])),
  );
});

Deno.test("what is not laid out as its type says is left alone", async () => {
  for (const type of ["image/jpeg", "image/png", "image/webp", "image/gif"]) {
    const cut = jpeg(6).slice(0, 20);
    assertEquals(await withoutMetadata(type, cut), cut);
  }
});

Deno.test("behind a JPEG's end there may be another one with a place in it; it goes, and pixels stay", async () => {
  const end = [0xff, 0xd9];
  // A restart, a stuffed byte, tables between two scans that look like an end, a filled marker.
  const picture = bytesOf(
    [0xff, 0xd8],
    segment(0xe0, text("JFIF\0")),
    [0xff, 0xda, 0, 2, 9, 0xff, 0, 8, 0xff, 0xd3, 7],
    segment(0xc4, bytesOf(end, [1])),
    [0xff, 0xff, 0xda, 0, 2, 5, 5],
    end,
  );
  for (const piece of [1, 3, 1_000]) {
    assertEquals(
      await withoutMetadata("image/jpeg", bytesOf(picture, jpeg(6)), piece),
      picture,
    );
  }
});

Deno.test("a picture of 25 MB is never in memory: what has come in and not gone out stays below 300 KB", async () => {
  const size = 25_000_000;
  const PIECE = 64 * 1024;
  const whole = bytesOf([0xff, 0xd8], segment(0xe1, exif(6)));
  const heads: Record<string, Uint8Array> = {
    "image/jpeg": bytesOf(whole, [0xff, 0xda, 0, 2]),
    "image/png": pngChunk("IHDR", new Uint8Array(13)),
    "image/webp": bytesOf(
      text("RIFF"),
      big(size).reverse(),
      text("WEBP"),
      text("EXIF"),
      big(size).reverse(),
    ),
  };
  heads["image/png"] = bytesOf(
    [137, 80, 78, 71, 13, 10, 26, 10],
    heads["image/png"]!,
    big(size),
    text("IDAT"),
  );
  for (const [type, head] of Object.entries(heads)) {
    let came = 0;
    let went = 0;
    let most = 0;
    const body = async function* () {
      yield head;
      while (came < size) {
        came += PIECE;
        most = Math.max(most, came - went);
        yield await Promise.resolve(new Uint8Array(PIECE).fill(7));
      }
    };
    for await (const piece of stripped(type, body())) went += piece.length;
    assert(went > size - 100, type);
    assert(most < 300_000, `${type}: ${most}`);
  }
});
