/**
 * Every bound of the real-time server, in one place. Source of the Pusher figures: hosted Pusher Channels. Each
 * refusal is counted under the name of the limit.
 */
export interface Limits {
  /** Open connections of this isolate. */
  connections: number;
  /** Open connections of one address in this isolate. */
  connectionsPerAddress: number;
  /** Channels one connection may be subscribed to. */
  subscriptions: number;
  /** Frames a second one connection may send, and the burst it may save up (a reconnect subscribes to everything). */
  framesPerSecond: number;
  frameBurst: number;
  /** Characters a second one connection may send, and the burst it may save up. */
  bytesPerSecond: number;
  byteBurst: number;
  /** Characters of frames that wait behind one that asks the store; over it the connection is closed. */
  waitingBytes: number;
  /** Client events a second (Pusher: 10). */
  clientEventsPerSecond: number;
  /** Bytes of one frame from a client. */
  frameBytes: number;
  /** Characters waiting for a slow client: over `slowAt` volatile events are dropped, over `closeAt` it is closed. */
  slowAt: number;
  closeAt: number;
  /** Data of one event in bytes (Pusher: 10 kB). */
  eventBytes: number;
  /** Body of an HTTP API request in bytes: 100 channels, or ten events of 10 kB, with escapes. */
  bodyBytes: number;
  channelsPerPublish: number;
  eventsPerBatch: number;
  presenceMembers: number;
  userInfoBytes: number;
  userIdLength: number;
  watchlist: number;
}

export const DEFAULT_LIMITS: Limits = {
  connections: 20_000,
  connectionsPerAddress: 12_000,
  subscriptions: 1_000,
  framesPerSecond: 60,
  frameBurst: 1_200,
  bytesPerSecond: 256 * 1_024,
  byteBurst: 2 * 1_024 * 1_024,
  waitingBytes: 1_024 * 1_024,
  clientEventsPerSecond: 10,
  frameBytes: 48 * 1_024,
  slowAt: 512 * 1_024,
  closeAt: 4 * 1_024 * 1_024,
  eventBytes: 10 * 1_024,
  bodyBytes: 256 * 1_024,
  channelsPerPublish: 100,
  eventsPerBatch: 10,
  presenceMembers: 100,
  userInfoBytes: 1_024,
  userIdLength: 128,
  watchlist: 100,
};

/** A token bucket without a timer: it fills by the time that has passed. */
export class Bucket {
  #tokens: number;
  #at: number;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    now: number,
  ) {
    this.#tokens = burst;
    this.#at = now;
  }

  /** Takes `n` tokens; `false`, and none is taken, if there are fewer. `now` in milliseconds. */
  take(now: number, n = 1): boolean {
    this.#tokens = Math.min(
      this.burst,
      this.#tokens + Math.max(0, now - this.#at) * this.perSecond / 1_000,
    );
    this.#at = now;
    if (this.#tokens < n) return false;
    this.#tokens -= n;
    return true;
  }
}

const encoder = new TextEncoder();

/** Whether a text is longer than `max` bytes of UTF-8. */
export function exceeds(text: string, max: number): boolean {
  if (text.length > max) return true;
  return text.length * 3 > max && encoder.encode(text).length > max;
}
