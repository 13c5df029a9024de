/**
 * Every error that may leave the process: a stable code, what it means over HTTP and on the socket, and whether
 * the same request may succeed later. Anything that is not a `NexoraError` is reported as `internal` with no detail.
 */

/** What a code means to the outside. */
export interface ErrorKind {
  /** HTTP status. */
  status: number;
  /** One sentence in sentence case, without a full stop. */
  title: string;
  /** The same request, unchanged, may succeed later. */
  retry: boolean;
}

export const ERRORS = {
  bad_request: {
    status: 400,
    title: "The request is not of the form this endpoint takes",
    retry: false,
  },
  unauthenticated: { status: 401, title: "Sign in first", retry: false },
  bad_credentials: {
    status: 401,
    title: "The e-mail address or password is wrong",
    retry: false,
  },
  bad_signature: {
    status: 401,
    title: "The signature does not match",
    retry: false,
  },
  forbidden: { status: 403, title: "You may not do this", retry: false },
  bad_origin: {
    status: 403,
    title: "The request comes from another origin",
    retry: false,
  },
  not_found: { status: 404, title: "There is no such thing", retry: false },
  method_not_allowed: {
    status: 405,
    title: "This endpoint does not take that method",
    retry: false,
  },
  conflict: {
    status: 409,
    title: "Somebody else changed it first",
    retry: true,
  },
  already_exists: { status: 409, title: "It exists already", retry: false },
  already_running: {
    status: 409,
    title: "It is running already",
    retry: true,
  },
  call_full: {
    status: 409,
    title: "No more people can be in this call",
    retry: true,
  },
  illegal_transition: {
    status: 409,
    title: "That is not possible in its present state",
    retry: false,
  },
  position_expired: {
    status: 410,
    title: "The position is older than what is kept",
    retry: false,
  },
  too_large: { status: 413, title: "The body is too large", retry: false },
  unsupported_media_type: {
    status: 415,
    title: "Send JSON or a form",
    retry: false,
  },
  rate_limited: { status: 429, title: "Too many requests", retry: true },
  internal: {
    status: 500,
    title: "Something went wrong on our side",
    retry: true,
  },
  job_failed: {
    status: 500,
    title: "The job failed",
    retry: true,
  },
  draining: { status: 503, title: "This server is restarting", retry: true },
  timed_out: {
    status: 504,
    title: "It took too long",
    retry: true,
  },
  store_unavailable: {
    status: 503,
    title: "The store does not answer",
    retry: true,
  },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERRORS;

/** An error with a stable code. `detail` is shown to the caller, so it must not leak anything. */
export class NexoraError extends Error {
  readonly code: ErrorCode;
  /** Seconds after which a retry makes sense. */
  readonly retryAfter?: number;
  /** Field errors: path → what is wrong with it. */
  readonly fields?: Record<string, string>;

  constructor(
    code: ErrorCode,
    detail?: string,
    options: {
      cause?: unknown;
      retryAfter?: number;
      fields?: Record<string, string>;
    } = {},
  ) {
    super(detail ?? ERRORS[code].title, { cause: options.cause });
    this.name = "NexoraError";
    this.code = code;
    this.retryAfter = options.retryAfter;
    this.fields = options.fields;
  }

  get status(): (typeof ERRORS)[ErrorCode]["status"] {
    return ERRORS[this.code].status;
  }
}
