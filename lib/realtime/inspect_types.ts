/** What an admin sees of the running server. Plain JSON; the admin island takes its types from here. */

/** One second of all isolates together. */
export interface Sample {
  /** Milliseconds since the epoch. */
  at: number;
  connections: number;
  subscriptions: number;
  /** Events committed a second. */
  publishes: number;
  /** Events sent to subscribers a second. */
  deliveries: number;
  /** Mean events in a commit; `null` when nothing was committed. */
  batch: number | null;
  /** Milliseconds from commit to delivery, estimated from histogram buckets; `null` when nothing was delivered. */
  lagP50: number | null;
  lagP99: number | null;
}

/** Somebody with open connections. */
export interface ConnectedUser {
  id: string;
  /** `null` for users that another application signed in. */
  handle: string | null;
  name: string | null;
  connections: number;
  /** Different channels at most; a channel open in two isolates counts twice. */
  channels: number;
  /** When the oldest open connection began. */
  since: number;
}

/** How often something was refused or dropped since the isolates started. */
export interface Drop {
  reason: string;
  count: number;
}

export interface Snapshot {
  at: number;
  /** Isolates whose figures are in here, of those that are alive. */
  isolates: { seen: number; alive: number };
  /** Connections of nobody in particular. */
  anonymous: number;
  users: ConnectedUser[];
  /** At least so many; `users` may be cut. */
  usersTotal: number;
  /** The fullest first. */
  channels: { name: string; subscribers: number }[];
  channelsTotal: number;
  drops: Drop[];
  closes: { code: number; count: number }[];
  /** Commits that were lost to another isolate and tried again. */
  races: number;
  /** Commits not yet delivered. */
  behind: number;
  /** Resident memory of this process in bytes. */
  memory: number;
  sample: Sample;
}

/** An event as the live stream shows it. */
export interface SeenEvent {
  /** Counts up in the isolate that shows it. */
  n: number;
  at: number;
  channel: string;
  event: string;
  /** JSON text, cut; `null` where an admin may not read it (direct messages, people's own channels). */
  data: string | null;
  /** Characters of the whole data. */
  size: number;
  position: string;
  volatile: boolean;
}

/** What the stream sends a few times a second. */
export interface SeenEvents {
  events: SeenEvent[];
  /** Events that were too many to be shown. */
  skipped: number;
}
