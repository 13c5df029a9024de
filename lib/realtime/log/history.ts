import { NexoraError } from "../../errors.ts";
import { keys } from "../../kv/mod.ts";
import {
  comparePositions,
  formatPosition,
  type Position,
} from "../position.ts";
import { loggedEvents, type LogRow, readBatches } from "./rows.ts";
import { shardOf } from "./shards.ts";
import type { LoggedEvent } from "./types.ts";

/** The log in the store. */
export interface StoredLog {
  kv: Deno.Kv;
  /** Milliseconds: events before it count as gone, `expireIn` may leave rows readable for longer than is promised. */
  oldest: number;
}

/**
 * What came after `since` and up to `upTo`, from the store.
 *
 * @throws {NexoraError} `position_expired` when the log no longer reaches back to `since`
 */
export async function readEvents(
  { kv, oldest }: StoredLog,
  channel: string,
  since: Position,
  upTo: Position,
  limit: number,
): Promise<LoggedEvent[]> {
  const found: LoggedEvent[] = [];
  if (since.epoch !== upTo.epoch || since.seq > upTo.seq) {
    throw new NexoraError(
      "position_expired",
      `Nothing is known of ${formatPosition(since)}`,
    );
  }
  // The batch of `since` itself may hold later events; it may also have expired, which only matters if it does.
  // Nothing is committed at seq 0, where a shard begins.
  let reached = Math.max(0, since.seq - 1);
  for await (
    const batch of readBatches(
      kv,
      shardOf(channel),
      since.epoch,
      reached,
      upTo.seq,
    )
  ) {
    reached = batch.seq;
    for (const event of batch.events) {
      if (event.channel !== channel || event.volatile) continue;
      if (batch.seq === since.seq && event.position.index <= since.index) {
        continue;
      }
      // `expireIn` may leave rows readable for longer than is promised.
      if (event.at < oldest) throw new NexoraError("position_expired");
      found.push(event);
      if (found.length >= limit) return found;
    }
  }
  if (
    reached < upTo.seq &&
    !(since.seq === upTo.seq && since.index >= upTo.index)
  ) {
    throw new NexoraError("position_expired");
  }
  return found;
}

/** The last `limit` retained events of a channel, those after `upTo` left out, oldest first. */
export async function latestEvents(
  { kv, oldest }: StoredLog,
  channel: string,
  limit: number,
  upTo?: Position,
): Promise<LoggedEvent[]> {
  const found: LoggedEvent[] = [];
  const rows = kv.list<LogRow>({ prefix: keys.logPrefix(shardOf(channel)) }, {
    reverse: true,
    batchSize: 200,
  });
  for await (const { key, value } of rows) {
    if (value.at < oldest) break;
    const events = loggedEvents(key[3] as number, key[4] as number, value);
    for (const event of events.reverse()) {
      if (event.channel !== channel || event.volatile) continue;
      if (upTo && comparePositions(event.position, upTo) > 0) continue;
      found.push(event);
      if (found.length >= limit) return found.reverse();
    }
  }
  return found.reverse();
}
