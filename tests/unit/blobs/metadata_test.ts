import { assert, assertEquals } from "@std/assert";
import { withoutMetadata } from "../../../lib/blobs/mod.ts";

const text = (value: string) => new TextEncoder().encode(value);
const bytesOf = (...parts: (Uint8Array | number[])[]) =>
  new Uint8Array(parts.flatMap((part) => [...part]));
const says = (bytes: Uint8Array, what: string) =>
  new TextDecoder("latin1").decode(bytes).includes(what);
const big = (
  n: number,
) => [n >>> 24 & 255, n >>> 16 & 255, n >>> 8 & 255, n & 255];

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

Deno.test("a JPEG loses place and remarks, and keeps profile, pixels and how it is turned", () => {
  const after = withoutMetadata("image/jpeg", jpeg(6));
  for (const gone of ["GPS", "secret", "remark"]) assert(!says(after, gone));
  assert(says(after, "JFIF") && says(after, "ICC_PROFILE"));
  assertEquals([...after.slice(-5)], [1, 2, 3, 0xff, 0xd9]);
  assert(says(after, "Exif"));
  // Doing it again changes nothing: the orientation was understood.
  assertEquals(withoutMetadata("image/jpeg", after), after);
  assert(!says(withoutMetadata("image/jpeg", jpeg(1)), "Exif"));
});

Deno.test("a PNG loses its texts and Exif", () => {
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
    withoutMetadata("image/png", before),
    bytesOf(head, ihdr, idat, iend),
  );
});

Deno.test("a WebP loses Exif and XMP, and its header says so", () => {
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
    withoutMetadata(
      "image/webp",
      file(header(0x1c), pixels, chunk("EXIF", [7, 7]), chunk("XMP ", [8])),
    ),
    file(header(0x10), pixels),
  );
});

Deno.test("what is not laid out as its type says is left alone", () => {
  for (const type of ["image/jpeg", "image/png", "image/webp", "image/gif"]) {
    const cut = jpeg(6).slice(0, 20);
    assertEquals(withoutMetadata(type, cut), cut);
  }
});
