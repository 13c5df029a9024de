import type { Blobs } from "./blobs.ts";
import type { BlobInfo, ByteRange } from "./types.ts";

/** What a browser may do with a content that people have sent: show it, and nothing else. */
const SANDBOXED = {
  "content-security-policy":
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
};

export interface ServeOptions {
  /** `public` for what everybody may see by its address, `private` for what the policy let this person see. */
  cache: "public" | "private";
  /** The address names this content for ever. */
  immutable?: boolean;
  /** Offer it as a file to save, instead of showing it. Anything but pictures, audio and video is always offered so. */
  download?: boolean;
}

/** Types that a browser shows by itself without running anything. */
const SHOWN = /^(image\/(png|jpeg|webp|gif|avif)|audio\/|video\/)/;

/** Answers a request for a blob: entity tag, one byte range, HEAD; always sandboxed and never sniffed. */
export function serveBlob(
  request: Request,
  blobs: Blobs,
  info: BlobInfo,
  { cache, immutable, download }: ServeOptions,
): Response {
  const etag = `"${info.sha256}"`;
  const shown = SHOWN.test(info.type) && !download;
  const headers = new Headers({
    ...SANDBOXED,
    etag,
    "content-type": shown ? info.type : "application/octet-stream",
    "content-disposition": disposition(shown, info.name),
    "cache-control": immutable
      ? `${cache}, max-age=31536000, immutable`
      : `${cache}, max-age=0, must-revalidate`,
    "accept-ranges": "bytes",
  });
  const known = request.headers.get("if-none-match")?.split(",").map((tag) =>
    tag.trim().replace(/^W\//, "")
  );
  if (known?.includes(etag)) {
    return new Response(null, { status: 304, headers });
  }
  const range = readRange(request, info, etag);
  if (range === "unsatisfiable") {
    headers.set("content-range", `bytes */${info.size}`);
    return new Response(null, { status: 416, headers });
  }
  const { from, to } = range ?? { from: 0, to: info.size - 1 };
  headers.set("content-length", String(to - from + 1));
  if (range) headers.set("content-range", `bytes ${from}-${to}/${info.size}`);
  return new Response(
    request.method === "HEAD" ? null : blobs.open(info, { from, to }),
    { status: range ? 206 : 200, headers },
  );
}

/** One range; several, or one for another content, are answered with the whole. */
function readRange(
  request: Request,
  { size }: BlobInfo,
  etag: string,
): ByteRange | null | "unsatisfiable" {
  const match = request.headers.get("range")?.match(/^bytes=(\d*)-(\d*)$/);
  if (!match || (match[1] === "" && match[2] === "")) return null;
  if ((request.headers.get("if-range") ?? etag) !== etag) return null;
  const [, first, last] = match;
  const from = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === "" || last === ""
    ? size - 1
    : Math.min(Number(last), size - 1);
  if (from >= size || (first === "" && Number(last) === 0)) {
    return "unsatisfiable";
  }
  return from > to ? null : { from, to };
}

function disposition(shown: boolean, name: string | undefined): string {
  const kind = shown ? "inline" : "attachment";
  if (name === undefined) return kind;
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  return `${kind}; filename="${plain}"; filename*=UTF-8''${
    encodeURIComponent(name).replace(
      /['()*]/g,
      (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
    )
  }`;
}
