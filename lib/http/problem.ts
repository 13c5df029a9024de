import { type ErrorCode, ERRORS, NexoraError } from "../errors.ts";

/** Body of an error answer (RFC 9457, `application/problem+json`). */
export interface Problem {
  /** `urn:nexora:error:{code}`: stable, for programs. */
  type: string;
  /** What the code means, the same for every occurrence. */
  title: string;
  status: number;
  code: ErrorCode;
  /** What happened this time. */
  detail?: string;
  /** Path of a field → what is wrong with it. */
  fields?: Record<string, string>;
  /** Seconds. */
  retryAfter?: number;
  /** Given with `internal`, and logged with the cause. */
  requestId?: string;
}

export interface ProblemOptions {
  headers?: HeadersInit;
  /** Where causes of unknown errors go. */
  report?: (line: string, error: unknown) => void;
}

/**
 * Turns any thrown value into an answer. What is not a `NexoraError` (or has a status like Fresh's `HttpError`) is
 * `internal`: the answer holds a request id, the log has the cause under the same id, nothing else leaks.
 */
export function problem(
  error: unknown,
  options: ProblemOptions = {},
): Response {
  const known = asNexoraError(error);
  const code = known?.code ?? "internal";
  const body: Problem = {
    type: `urn:nexora:error:${code}`,
    title: ERRORS[code].title,
    status: ERRORS[code].status,
    code,
  };
  if (known) {
    if (known.message !== body.title) body.detail = known.message;
    if (known.fields) body.fields = known.fields;
    if (known.retryAfter !== undefined) {
      body.retryAfter = Math.max(1, Math.ceil(known.retryAfter));
    }
  }
  if (body.status >= 500) {
    body.requestId = crypto.randomUUID();
    (options.report ?? console.error)(
      `Request ${body.requestId} failed with ${code}`,
      known?.cause ?? error,
    );
  }
  const headers = new Headers(options.headers);
  headers.set("content-type", "application/problem+json; charset=utf-8");
  headers.set("cache-control", "no-store");
  if (body.retryAfter !== undefined) {
    headers.set("retry-after", String(body.retryAfter));
  }
  return new Response(JSON.stringify(body), { status: body.status, headers });
}

const BY_STATUS: Record<number, ErrorCode> = {
  400: "bad_request",
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  405: "method_not_allowed",
  413: "too_large",
  415: "unsupported_media_type",
};

/** Fresh throws `HttpError` for unknown routes and refused upgrades. */
function asNexoraError(error: unknown): NexoraError | undefined {
  if (error instanceof NexoraError) return error;
  if (
    error instanceof Error && error.name === "HttpError" && "status" in error
  ) {
    const code = BY_STATUS[Number(error.status)];
    if (code) return new NexoraError(code);
  }
}
