import type { Attributes, Span } from "@opentelemetry/api";
import type { Job } from "../queue/types.ts";

/** What a committed batch was, as the log tells it. */
export interface CommitStats {
  appends: number;
  events: number;
  /** Milliseconds from its first attempt to the commit. */
  ms: number;
  /** Attempts that were lost before it. */
  races: number;
}

/** Spans of the server. There is none where nobody collects them: callers test for `undefined` and do nothing. */
export interface Tracing {
  /** `nexora.commit`, made after the fact: a group commit belongs to no single request. */
  commit(stats: CommitStats): void;
  /** `nexora.publish`, a child of the request's span. */
  publish<T>(attributes: Attributes, run: () => Promise<T>): Promise<T>;
  /** `nexora.job`: one attempt. */
  job(job: Job, run: () => Promise<void>): Promise<void>;
}

/**
 * Spans through Deno's built-in OpenTelemetry, which `OTEL_DENO=true` turns on. Off, the package is not even loaded.
 * Source: docs.deno.com, "OpenTelemetry".
 */
export async function openTracing(on: boolean): Promise<Tracing | undefined> {
  if (!on) return undefined;
  const { SpanKind, SpanStatusCode, trace } = await import(
    "@opentelemetry/api"
  );
  const tracer = trace.getTracer("nexora");

  async function around<T>(span: Span, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      span.recordException(error instanceof Error ? error : String(error));
      span.setStatus({
        code: SpanStatusCode.ERROR,
        message: error instanceof Error ? error.message : String(error),
      });
      throw error;
    } finally {
      span.end();
    }
  }

  return {
    commit({ appends, events, ms, races }) {
      const end = Date.now();
      tracer.startSpan("nexora.commit", {
        root: true,
        startTime: end - ms,
        kind: SpanKind.CLIENT,
        attributes: {
          "nexora.appends": appends,
          "nexora.events": events,
          "nexora.races": races,
        },
      }).end(end);
    },
    publish: (attributes, run) =>
      tracer.startActiveSpan(
        "nexora.publish",
        { kind: SpanKind.PRODUCER, attributes },
        (span) => around(span, run),
      ),
    job: (job, run) =>
      tracer.startActiveSpan("nexora.job", {
        kind: SpanKind.CONSUMER,
        attributes: {
          "nexora.job.kind": job.kind,
          "nexora.job.id": job.id,
          "nexora.job.attempt": job.attempt,
        },
      }, (span) => around(span, run)),
  };
}
