import type { Actor, Policy } from "../auth/policy.ts";
import { parseChannel } from "./channels.ts";
import type { Hub } from "./hub.ts";
import type { SeenEvent, SeenEvents } from "./inspect_types.ts";
import type { KvEventLog } from "./log/log.ts";
import { shardOf, SHARDS } from "./log/shards.ts";
import type { LoggedEvent } from "./log/types.ts";
import { formatPosition } from "./position.ts";

/** Characters of data that are shown. */
const SHOWN = 600;
/** Events shown at once; what is beyond is counted. A person reads far fewer. */
const AT_ONCE = 60;
/** Events kept for a page that is opened. */
const KEPT = 100;
/** Milliseconds for which events are gathered before they are told. */
const EVERY = 200;

/** A channel's name for each shard: following it follows the shard. */
const ONE_A_SHARD: string[] = (() => {
  const names: string[] = [];
  for (let i = 0; names.filter(Boolean).length < SHARDS; i++) {
    names[shardOf(`s${i}`)] ??= `s${i}`;
  }
  return names;
})();

export interface EventTapOptions {
  hub: Hub;
  log: KvEventLog;
  policy: Policy;
}

/**
 * The events of all shards as they are delivered in this isolate, for people. Follows the shards that it does not
 * follow anyway; what others commit therefore shows here too. Costs nothing while it is closed.
 */
export class EventTap {
  readonly #options: EventTapOptions;
  readonly #listeners = new Set<(seen: SeenEvents) => void>();
  #kept: SeenEvent[] = [];
  #waiting: SeenEvent[] = [];
  #skipped = 0;
  #n = 0;
  #open = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(options: EventTapOptions) {
    this.#options = options;
  }

  /** The last events, oldest first. */
  get recent(): readonly SeenEvent[] {
    return this.#kept;
  }

  /** @throws {NexoraError} `store_unavailable` */
  async open(): Promise<void> {
    if (this.#open) return;
    this.#open = true;
    const { hub, log } = this.#options;
    hub.observers.add(this.#observe);
    try {
      await Promise.all(
        ONE_A_SHARD.filter((name) => !log.isFollowing(name))
          .map((name) => log.follow(name)),
      );
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Shards stay followed: the log cannot let go of one, and an idle one costs nothing. */
  close(): void {
    this.#open = false;
    this.#options.hub.observers.delete(this.#observe);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#kept = [];
    this.#waiting = [];
    this.#skipped = 0;
  }

  /** Is told what has happened, a few times a second. Returns how to stop. */
  listen(listener: (seen: SeenEvents) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  readonly #observe = (event: LoggedEvent): void => {
    // What isolates tell each other is none of the application's events.
    if (event.channel.startsWith("#") && !event.channel.startsWith("#server")) {
      return;
    }
    this.#timer ??= setTimeout(() => this.#flush(), EVERY);
    if (this.#waiting.length >= AT_ONCE) {
      this.#skipped++;
      return;
    }
    this.#waiting.push({
      n: ++this.#n,
      at: event.at,
      channel: event.channel,
      event: event.event,
      data: event.data.length > SHOWN
        ? event.data.slice(0, SHOWN) + "…"
        : event.data,
      size: event.data.length,
      position: event.volatile ? "" : formatPosition(event.position),
      volatile: event.volatile ?? false,
    });
  };

  async #flush(): Promise<void> {
    this.#timer = null;
    const events = this.#waiting;
    const skipped = this.#skipped;
    this.#waiting = [];
    this.#skipped = 0;
    const readable = new Map<string, boolean>();
    for (const { channel } of events) {
      if (!readable.has(channel)) {
        readable.set(
          channel,
          await mayRead(this.#options.policy, ADMIN, channel),
        );
      }
    }
    if (!this.#open) return;
    const shown = events.map((event) =>
      readable.get(event.channel) ? event : { ...event, data: null }
    );
    this.#kept = [...this.#kept, ...shown].slice(-KEPT);
    for (const listen of this.#listeners) listen({ events: shown, skipped });
  }
}

/** Whoever looks is an admin: what matters is that role, and nobody's id. */
const ADMIN: Actor = { id: "", role: "admin" };

/**
 * Whether an admin may read what is sent on a channel: what the policy says of Nexora's own, and what applications send
 * on theirs. Direct messages and people's own channels are not theirs to read.
 */
export async function mayRead(
  policy: Policy,
  admin: Actor,
  name: string,
): Promise<boolean> {
  const channel = parseChannel(name);
  if (!channel) return false;
  if (channel.subject.kind === "app") return true;
  try {
    return await policy.may(admin, "see", channel);
  } catch {
    return false;
  }
}
