import type { z } from "zod";
import { NexoraError } from "../errors.ts";

/** Bytes a JSON or form body may have unless the endpoint says otherwise. */
export const BODY_LIMIT = 64 * 1024;

/**
 * Reads a JSON object or a form and parses it.
 *
 * @throws {NexoraError} `too_large` over `limit` bytes, `unsupported_media_type`, `bad_request` with `fields`
 */
export async function readBody<T>(
  request: Request,
  schema: z.ZodType<T>,
  limit = BODY_LIMIT,
): Promise<T> {
  return parseFields(schema, await readFields(request, limit));
}

/** Parses values from outside. @throws {NexoraError} `bad_request` with `fields` */
export function parseFields<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    // An unknown key is named by the issue, not by its path.
    const path = issue.path.join(".") || "body";
    fields[path] ??= issue.message;
  }
  throw new NexoraError("bad_request", undefined, { fields });
}

/** Parses the query; a parameter given twice counts once, the last one. */
export function readQuery<T>(url: URL, schema: z.ZodType<T>): T {
  return parseFields(schema, Object.fromEntries(url.searchParams));
}

async function readFields(request: Request, limit: number): Promise<unknown> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]!.trim()
    .toLowerCase();
  const bytes = await readBytes(request, limit);
  if (type === "application/x-www-form-urlencoded") {
    return Object.fromEntries(new URLSearchParams(decode(bytes)));
  }
  if (type === "multipart/form-data") {
    const form = await new Response(bytes, {
      headers: { "content-type": request.headers.get("content-type")! },
    }).formData().catch((cause) => {
      throw new NexoraError("bad_request", "The form is not well formed", {
        cause,
      });
    });
    return Object.fromEntries(form);
  }
  if (
    type !== "application/json" && !type.endsWith("+json") &&
    !(type === "" && bytes.length === 0)
  ) {
    throw new NexoraError("unsupported_media_type");
  }
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(decode(bytes));
  } catch (cause) {
    throw new NexoraError("bad_request", "The body is not JSON", { cause });
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new NexoraError("bad_request", "The body is not UTF-8", { cause });
  }
}

/** Reads at most `limit` bytes: an announced length is refused unread, an unannounced one while it arrives. */
export async function readBytes(
  request: Request,
  limit = BODY_LIMIT,
): Promise<Uint8Array<ArrayBuffer>> {
  const announced = request.headers.get("content-length");
  if (Number(announced ?? 0) > limit) {
    await request.body?.cancel();
    throw new NexoraError("too_large");
  }
  if (announced !== null && announced !== "0") {
    // HTTP holds a body to its announced length, and reading it as one costs a quarter of reading its stream.
    const bytes = await request.bytes();
    if (bytes.length > limit) throw new NexoraError("too_large");
    return bytes;
  }
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.length;
    // Leaving the loop cancels the stream.
    if (size > limit) throw new NexoraError("too_large");
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
