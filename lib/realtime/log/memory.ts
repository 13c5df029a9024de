import type { Clock } from "../../clock.ts";
import { eventFrame, skipFrame } from "../frames.ts";
import {
  comparePositions,
  formatPosition,
  type Position,
} from "../position.ts";
import type { LoggedEvent } from "./types.ts";

/** An event ready to send. */
export interface Remembered {
  position: Position;
  at: number;
  frame: string;
  /** Socket id that gets `skip` instead. */
  except?: string;
  skip?: string;
}

interface Ring {
  events: Remembered[];
  last: Position;
}

/** @param before position of the channel's event before this one */
export function remember(event: LoggedEvent, before: Position): Remembered {
  const position = formatPosition(event.position);
  const prev = formatPosition(before);
  const entry = {
    position: event.position,
    at: event.at,
    frame: eventFrame(event, position, prev),
  };
  return event.except === undefined ? entry : {
    ...entry,
    except: event.except,
    skip: skipFrame(event.channel, position, prev),
  };
}

/** Frame text kept per shard; 8 shards stay far below an isolate's 768 MB. */
const MAX_CHARACTERS = 8_000_000;
/** Channels of which the last position is remembered when all their events have been dropped. */
const MAX_CHANNELS = 10_000;

/**
 * What a shard sent lately, so that a thousand clients that come back at once are served without reading the store.
 * Knows exactly from where on it is complete.
 */
export class ShardMemory {
  readonly #channels = new Map<string, Ring>();
  /** Oldest first, over all channels. */
  #order: { channel: string; entry: Remembered }[] = [];
  #forgotten = 0;
  #characters = 0;
  /** Everything after this is remembered. */
  #floor: Position;

  constructor(
    floor: Position,
    private readonly now: Clock,
    private readonly maxAge: number,
  ) {
    this.#floor = floor;
  }

  /** Encodes and remembers a retained event. */
  add(event: LoggedEvent): Remembered {
    let ring = this.#channels.get(event.channel);
    // The first event that is seen of a channel follows on whatever its subscribers have, since they attached after
    // what came before it. The floor would not do: it may have risen past what they have.
    const start = { epoch: event.position.epoch, seq: 0, index: 0 };
    const entry = remember(event, ring?.last ?? start);
    if (ring === undefined) {
      ring = { events: [], last: event.position };
      this.#channels.set(event.channel, ring);
    }
    ring.events.push(entry);
    ring.last = event.position;
    this.#order.push({ channel: event.channel, entry });
    this.#characters += entry.frame.length;
    this.#forget();
    return entry;
  }

  /** What came after `since`, or `null` if that is further back than is remembered. */
  since(channel: string, since: Position): Remembered[] | null {
    const ring = this.#channels.get(channel);
    // A quiet channel stays resumable however long its shard's neighbours have talked.
    if (ring !== undefined && comparePositions(ring.last, since) <= 0) {
      return [];
    }
    if (comparePositions(since, this.#floor) < 0) return null;
    const events = ring?.events ?? [];
    // Binary search for the first event after `since`.
    let low = 0;
    let high = events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (comparePositions(events[middle]!.position, since) <= 0) {
        low = middle + 1;
      } else high = middle;
    }
    return events.slice(low);
  }

  /** Drops what is too old or too much; the floor rises with it. */
  #forget(): void {
    const oldest = this.now() - this.maxAge;
    while (this.#forgotten < this.#order.length) {
      const { channel, entry } = this.#order[this.#forgotten]!;
      if (entry.at >= oldest && this.#characters <= MAX_CHARACTERS) break;
      this.#forgotten++;
      this.#characters -= entry.frame.length;
      // The events of one batch are remembered channel by channel, so the last one is not always the furthest.
      if (comparePositions(entry.position, this.#floor) > 0) {
        this.#floor = entry.position;
      }
      const ring = this.#channels.get(channel)!;
      ring.events.shift();
      if (ring.events.length === 0 && this.#channels.size > MAX_CHANNELS) {
        this.#channels.delete(channel);
      }
    }
    // Compact seldom, so that dropping stays O(1) an event.
    if (this.#forgotten > 1_000 && this.#forgotten * 2 > this.#order.length) {
      this.#order = this.#order.slice(this.#forgotten);
      this.#forgotten = 0;
    }
  }
}
