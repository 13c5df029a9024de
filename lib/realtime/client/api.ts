import { SECOND } from "../../clock.ts";
import type { Environment } from "./environment.ts";
import { isFields } from "./frames.ts";

/** The JSON API refused, or did not answer. */
export class ApiFailure extends Error {
  override name = "ApiFailure";
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Milliseconds after which the server wants to be asked again; 0 when it did not say. */
  readonly retryAfter: number;

  constructor(message: string, status: number, retryAfter = 0) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** What was caught, if it is the API's; anything else is a mistake of ours and goes on. */
export function failureOf(error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error;
  throw error;
}

/** Whether the same request, unchanged, may succeed later. */
export function mayPass(status: number): boolean {
  return status === 0 || status === 408 || status === 429 || status >= 500;
}

const TIMEOUT = 15 * SECOND;

async function read(response: Response): Promise<Record<string, unknown>> {
  const body = await response.json().catch(() => null);
  return isFields(body) ? body : {};
}

/**
 * Calls the JSON API of this origin. `body` is sent as JSON, or as a form when it is `URLSearchParams`.
 *
 * @throws {ApiFailure} when the answer is not 2xx or does not come within 15 s
 */
export async function call(
  env: Pick<Environment, "fetch" | "after">,
  method: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const late = new AbortController();
  const cancel = env.after(TIMEOUT, () => late.abort());
  const form = body instanceof URLSearchParams;
  try {
    const response = await env.fetch(path, {
      method,
      signal: late.signal,
      // A message sent just before the page is left still arrives.
      keepalive: method !== "GET",
      headers: {
        accept: "application/json",
        ...(body !== undefined && !form &&
          { "content-type": "application/json" }),
      },
      body: body === undefined || form ? body : JSON.stringify(body),
    });
    const answer = await read(response);
    if (response.ok) return answer;
    throw new ApiFailure(
      String(answer.detail ?? answer.title ?? response.statusText),
      response.status,
      Number(response.headers.get("retry-after")) * SECOND || 0,
    );
  } catch (error) {
    if (error instanceof ApiFailure) throw error;
    throw new ApiFailure("No connection to the server", 0);
  } finally {
    cancel();
  }
}
