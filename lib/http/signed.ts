import type { Context } from "fresh";
import { NexoraError } from "../errors.ts";
import { checkSignature } from "../realtime/auth.ts";
import { readBytes } from "./body.ts";
import type { State } from "./define.ts";

const NONE = new Uint8Array();

/**
 * Checks the app id and the signature of a request to the Pusher-compatible HTTP API and returns its body.
 *
 * @throws {NexoraError} `not_found` for another app, `bad_signature`, `too_large`
 */
export async function readSigned(ctx: Context<State>): Promise<Uint8Array> {
  const { config, realtime, now } = ctx.state.platform;
  if (ctx.params.appId !== config.app.id) {
    throw new NexoraError("not_found", "There is no app with this id");
  }
  const body = ctx.req.method === "GET"
    ? NONE
    : await readBytes(ctx.req, realtime.limits.bodyBytes);
  const reason = checkSignature(config.app, {
    method: ctx.req.method,
    path: ctx.url.pathname,
    query: ctx.url.searchParams,
    body,
  }, now());
  if (reason) throw new NexoraError("bad_signature", reason);
  return body;
}

const decoder = new TextDecoder();

/** As `readSigned`, with the body parsed as JSON. @throws {NexoraError} `bad_request` if it is not JSON */
export async function readSignedJson(ctx: Context<State>): Promise<unknown> {
  const body = await readSigned(ctx);
  try {
    return JSON.parse(decoder.decode(body));
  } catch {
    throw new NexoraError("bad_request", "The body is not JSON");
  }
}
