import type { Check, Mutation } from "../../kv/mod.ts";
import type { Position } from "../position.ts";

/** An event on its way into the log. */
export interface NewEvent {
  channel: string;
  event: string;
  /** JSON value of at most 10 kB encoded. A string is sent as it is (Pusher's `data` is a string). */
  data: unknown;
  /** Socket id that must not get it (the publisher's own). */
  except?: string;
  /** `user_id` of a client event on a presence channel. */
  userId?: string;
  /** Not retained, no position, may be dropped for a slow client (typing, cursors). */
  volatile?: boolean;
}

/** An event as committed. */
export interface LoggedEvent {
  channel: string;
  event: string;
  /** JSON text, exactly as it goes into the frame's `data` string. */
  data: string;
  position: Position;
  /** Milliseconds; the commit's time. */
  at: number;
  except?: string;
  userId?: string;
  volatile?: boolean;
}

/** What belongs into one atomic commit: rows and the events about them. Neither is ever there alone. */
export interface Append {
  events: NewEvent[];
  /** Rows that must be as they were read. */
  checks?: Check[];
  /**
   * Rows that nothing but appends with an event on the same channel ever write. The commit's check of that channel's
   * head then covers them too, so what `mutations` is given of them is never stale: counters without a lost race.
   */
  kept?: Deno.KvKey[];
  /**
   * Rows to write; a function gets the positions of `events`, in order, and the values of `kept` (`null` for what is
   * not there). Must be pure: it may run again on a retry.
   */
  mutations?:
    | Mutation[]
    | ((positions: Position[], at: number, kept: unknown[]) => Mutation[]);
  /** The most rows that a function of mutations writes; default 10. */
  rows?: number;
}

export interface EventLog {
  /**
   * Commits rows and events in one atomic, grouped with whatever else waits for the same shard, then wakes the
   * subscribers. Returns the positions of the events, in order.
   *
   * @throws {NexoraError} `conflict` when one of `checks` no longer holds (nothing was written),
   * `store_unavailable` when the store does not answer
   */
  append(change: Append): Promise<Position[]>;
  /** The position after which everything on `channel` is still to come: read it before a snapshot. */
  head(channel: string): Promise<Position>;
  /** The head of each of these channels: one read a shard, however many channels there are. */
  heads(channels: readonly string[]): Promise<Map<string, Position>>;
}
