import type { Context } from "fresh";
import { NexoraError } from "../errors.ts";
import { define, type State } from "./define.ts";
import { problem } from "./problem.ts";

type Handler = (ctx: Context<State>) => Response | Promise<Response>;

export type Methods = Partial<
  Record<"GET" | "POST" | "PUT" | "PATCH" | "DELETE", Handler>
>;

/**
 * The handler of an API route. Thrown errors become problem documents; a method that is not there gets 405 with
 * `Allow` (Fresh itself answers 404); HEAD and OPTIONS come for free.
 */
export function endpoint(methods: Methods) {
  const allow = [
    ...Object.keys(methods),
    ...(methods.GET ? ["HEAD"] : []),
    "OPTIONS",
  ].join(", ");
  return define.handlers(async (ctx): Promise<Response> => {
    const method = ctx.req.method;
    if (method === "OPTIONS") {
      return new Response(null, { status: 204, headers: { allow } });
    }
    const handler =
      methods[(method === "HEAD" ? "GET" : method) as keyof Methods];
    if (!handler) {
      return problem(new NexoraError("method_not_allowed"), {
        headers: { allow },
      });
    }
    try {
      const response = await handler(ctx);
      return method === "HEAD" ? withoutBody(response) : response;
    } catch (error) {
      return problem(error);
    }
  });
}

async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, response);
}

/** A JSON answer that no cache keeps. */
export function json(
  value: unknown,
  init: { status?: number; headers?: HeadersInit } = {},
): Response {
  const headers = new Headers(init.headers);
  headers.set("content-type", "application/json; charset=utf-8");
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  return new Response(JSON.stringify(value), {
    status: init.status ?? 200,
    headers,
  });
}

export function noContent(): Response {
  return new Response(null, {
    status: 204,
    headers: { "cache-control": "no-store" },
  });
}
