import { fileTypeFromBuffer } from "file-type";
import { imageSize } from "image-size";

/** What a file is, by its first bytes and nothing else. */
export interface FileLook {
  /** Media type; `text/plain` for what reads as UTF-8, `application/octet-stream` for what is not known. */
  type: string;
  /** Pixels, of images whose head has them. */
  width?: number;
  height?: number;
}

/** Bytes that are looked at: a JPEG's size may stand behind a thumbnail in its EXIF. */
export const HEAD_BYTES = 128 * 1024;

/** Looks at the first bytes of a file (all of it, when it is short). */
export async function lookAt(head: Uint8Array): Promise<FileLook> {
  const known = await fileTypeFromBuffer(head);
  if (!known) {
    return { type: isText(head) ? "text/plain" : "application/octet-stream" };
  }
  const type = known.mime;
  if (!type.startsWith("image/")) return { type };
  try {
    const { width, height } = imageSize(head);
    return { type, width, height };
  } catch {
    return { type };
  }
}

function isText(head: Uint8Array): boolean {
  if (head.includes(0)) return false;
  try {
    // A character may be cut in two where the head ends.
    new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Reads the first bytes of a stream and gives them back together with a stream of everything. */
export async function peek(
  body: ReadableStream<Uint8Array>,
): Promise<{ head: Uint8Array; all: ReadableStream<Uint8Array> }> {
  const reader = body.getReader();
  const first: Uint8Array[] = [];
  let held = 0;
  let ended = false;
  while (held < HEAD_BYTES && !ended) {
    const { value, done } = await reader.read();
    ended = done;
    if (value) {
      first.push(value);
      held += value.length;
    }
  }
  const head = new Uint8Array(held);
  let at = 0;
  for (const chunk of first) {
    head.set(chunk, at);
    at += chunk.length;
  }
  const all = new ReadableStream<Uint8Array>({
    start(controller) {
      if (held > 0) controller.enqueue(head);
      if (ended) controller.close();
    },
    async pull(controller) {
      const { value, done } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { head, all };
}
