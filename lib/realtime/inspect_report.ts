import type { Connection } from "./connection.ts";
import type { Metrics } from "./metrics.ts";
import type { ConnectedUser, Sample } from "./inspect_types.ts";

/** The last second of one isolate, as it tells the others. */
export interface Report {
  at: number;
  /** A row may be readable for longer than it is true. */
  expiresAt: number;
  connections: number;
  subscriptions: number;
  /** Of the time since the report before: `ms` milliseconds. */
  ms: number;
  publishes: number;
  deliveries: number;
  commits: number;
  batched: number;
  /** Deliveries by lag, see `Metrics.lagSeconds`. */
  lag: number[];
  anonymous: number;
  users: ConnectedUser[];
  usersTotal: number;
  drops: [reason: string, count: number][];
  closes: [code: number, count: number][];
  races: number;
  behind: number;
}

/** Users in a report: a KV value holds 64 KiB. */
export const USERS_SHOWN = 150;

/** The counters that only grow; a report has their growth. */
interface Marks {
  at: number;
  publishes: number;
  deliveries: number;
  commits: number;
  batched: number;
  lag: number[];
}

/** A rate of a shorter time is chance: one event in a millisecond is not a thousand a second. In milliseconds. */
const SHORTEST = 250;

/** Turns counters into what happened between two looks. */
export class Meter {
  #last: Marks;

  constructor(private readonly metrics: Metrics, now: number) {
    this.#last = this.#marks(now);
  }

  look(now: number): Pick<
    Report,
    "ms" | "publishes" | "deliveries" | "commits" | "batched" | "lag"
  > {
    const last = this.#last;
    const marks = this.#last = this.#marks(now);
    return {
      ms: Math.max(SHORTEST, now - last.at),
      publishes: marks.publishes - last.publishes,
      deliveries: marks.deliveries - last.deliveries,
      commits: marks.commits - last.commits,
      batched: marks.batched - last.batched,
      lag: marks.lag.map((count, i) => count - last.lag[i]!),
    };
  }

  #marks(at: number): Marks {
    const { publishes, deliveries, batchSize, lagSeconds } = this.metrics;
    return {
      at,
      publishes,
      deliveries,
      commits: batchSize.count,
      batched: batchSize.sum,
      lag: [...lagSeconds.counts],
    };
  }
}

/** Who is connected, the one with the most connections first. */
export function connectedUsers(
  connections: Iterable<Connection>,
): Pick<Report, "anonymous" | "users" | "usersTotal"> {
  const users = new Map<string, ConnectedUser>();
  let anonymous = 0;
  for (const { info, signedIn, subscriptions, openedAt } of connections) {
    const id = info.actor?.id ?? signedIn?.id;
    if (id === undefined) {
      anonymous++;
      continue;
    }
    addUser(users, {
      id,
      handle: info.profile?.handle ?? null,
      name: info.profile?.name ?? null,
      connections: 1,
      channels: subscriptions.size,
      since: openedAt,
    });
  }
  return {
    anonymous,
    users: ranked(users).slice(0, USERS_SHOWN),
    usersTotal: users.size,
  };
}

/** The users of several isolates, each once. `total` counts those that reports had no room for. */
export function mergeUsers(
  reports: Pick<Report, "users" | "usersTotal">[],
): { users: ConnectedUser[]; total: number } {
  const users = new Map<string, ConnectedUser>();
  let unnamed = 0;
  for (const report of reports) {
    for (const user of report.users) addUser(users, user);
    unnamed += report.usersTotal - report.users.length;
  }
  return {
    users: ranked(users).slice(0, USERS_SHOWN),
    total: users.size + unnamed,
  };
}

function addUser(users: Map<string, ConnectedUser>, user: ConnectedUser) {
  const known = users.get(user.id);
  if (!known) {
    users.set(user.id, { ...user });
    return;
  }
  known.handle ??= user.handle;
  known.name ??= user.name;
  known.connections += user.connections;
  known.channels += user.channels;
  known.since = Math.min(known.since, user.since);
}

function ranked(users: Map<string, ConnectedUser>): ConnectedUser[] {
  return [...users.values()].sort((a, b) =>
    b.connections - a.connections || a.since - b.since
  );
}

/** Adds reports up to one second of the whole server. `bounds` are those of the lag histogram, in seconds. */
export function sampleOf(
  reports: Report[],
  bounds: readonly number[],
  at: number,
): Sample {
  const sum = (of: (report: Report) => number) =>
    reports.reduce((total, report) => total + of(report), 0);
  const commits = sum((r) => r.commits);
  const lag = new Array<number>(bounds.length + 1).fill(0);
  for (const report of reports) {
    report.lag.forEach((count, i) => lag[i] = (lag[i] ?? 0) + count);
  }
  return {
    at,
    connections: sum((r) => r.connections),
    subscriptions: sum((r) => r.subscriptions),
    publishes: sum((r) => r.publishes * 1_000 / r.ms),
    deliveries: sum((r) => r.deliveries * 1_000 / r.ms),
    batch: commits === 0 ? null : sum((r) => r.batched) / commits,
    lagP50: milliseconds(quantile(bounds, lag, 0.5)),
    lagP99: milliseconds(quantile(bounds, lag, 0.99)),
  };
}

const milliseconds = (seconds: number | null) =>
  seconds === null ? null : seconds * 1_000;

/**
 * The value below which a share `q` of the observations lies, taking them as evenly spread within their bucket (as
 * Prometheus' `histogram_quantile`). `null` without observations; the last bound where they are beyond it.
 */
export function quantile(
  bounds: readonly number[],
  counts: readonly number[],
  q: number,
): number | null {
  const total = counts.reduce((sum, n) => sum + n, 0);
  if (total === 0) return null;
  let left = q * total;
  for (const [i, bound] of bounds.entries()) {
    const count = counts[i]!;
    if (count > 0 && left <= count) {
      const from = i === 0 ? 0 : bounds[i - 1]!;
      return from + (bound - from) * left / count;
    }
    left -= count;
  }
  return bounds.at(-1)!;
}
