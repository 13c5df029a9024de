import { z } from "zod";
import { SECOND } from "../clock.ts";
import {
  DEFAULT_RETENTION,
  parseChannel,
  type Retention,
  type Subject,
} from "./channels.ts";

const Bounds = z.strictObject({
  /** For how long, at most a day. */
  seconds: z.number().int().min(1).max(86_400),
  /** How many at most. */
  events: z.number().int().min(1).max(100_000),
}).transform(({ seconds, events }): Retention => ({
  age: seconds * SECOND,
  count: events,
}));

/** What `RETENTION` holds: bounds for kinds of channels, and `default` for all others. */
export const RetentionByKind = z.partialRecord(
  z.enum([
    "default",
    "guild",
    "dm",
    "dispute",
    "user",
    "global",
    "server-to-user",
    "app",
  ]),
  Bounds,
);
export type RetentionByKind = Partial<
  Record<Subject["kind"] | "default", Retention>
>;

/** How far back a channel can be resumed. */
export function retentionOf(
  channel: string,
  byKind: RetentionByKind,
): Retention {
  const kind = parseChannel(channel)?.subject.kind ?? "app";
  return byKind[kind] ?? byKind.default ?? DEFAULT_RETENTION;
}

/** Milliseconds for which the log has to keep events, so that every kind has its own. */
export function longestRetention(byKind: RetentionByKind): number {
  const ages = Object.values(byKind).map((retention) => retention.age);
  return Math.max(byKind.default ? 0 : DEFAULT_RETENTION.age, ...ages);
}
