import { type Clock, MINUTE, SECOND } from "../clock.ts";
import { keys, type Mutation, set } from "../kv/mod.ts";
import type { Channel } from "./channels.ts";
import type { Connection } from "./connection.ts";
import { systemFrame } from "./frames.ts";
import { comparePositions, type Position } from "./position.ts";

/** Source: Pusher Channels, "Cache channels". */
const TTL = 30 * MINUTE;

interface CachedEvent {
  event: string;
  data: string;
  /** Where it stands, so that a subscriber who gets it live does not get it twice. */
  position: Position;
  expiresAt: number;
}

export interface CachedEventsOptions {
  kv: Deno.Kv;
  now: Clock;
  onMiss?: (channel: string) => void;
}

/** The last event published over HTTP to each `cache-` channel. */
export class CachedEvents {
  readonly #options: CachedEventsOptions;

  constructor(options: CachedEventsOptions) {
    this.#options = options;
  }

  /** What to commit with an event of a cache channel. */
  mutation(
    channel: string,
    event: string,
    data: string,
    position: Position,
  ): Mutation {
    const row: CachedEvent = {
      event,
      data,
      position,
      expiresAt: this.#options.now() + TTL,
    };
    return set(keys.cachedEvent(channel), row, TTL);
  }

  async get(channel: string): Promise<CachedEvent | null> {
    const { value } = await this.#options.kv.get<CachedEvent>(
      keys.cachedEvent(channel),
    );
    return value && value.expiresAt > this.#options.now() ? value : null;
  }

  secondsLeft({ expiresAt }: CachedEvent): number {
    return Math.max(0, Math.ceil((expiresAt - this.#options.now()) / SECOND));
  }

  /** Sends a new subscriber the last event, or says that there is none. */
  async greet(
    connection: Connection,
    channel: Channel,
    from: Position,
  ): Promise<void> {
    const cached = await this.get(channel.name);
    if (cached) {
      if (comparePositions(cached.position, from) > 0) return;
      connection.send(systemFrame(cached.event, cached.data, channel.name));
      return;
    }
    connection.send(systemFrame("pusher:cache_miss", "", channel.name));
    this.#options.onMiss?.(channel.name);
  }
}
