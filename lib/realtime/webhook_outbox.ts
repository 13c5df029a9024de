import type { WebhookEvent } from "./webhook_types.ts";

/** Milliseconds for which events are gathered: a room full of typing people is a few requests a second, not hundreds. */
const GATHER = 100;
/** Bytes of the events of one request at most: a job holds 48 KiB. */
const BYTES = 40_000;

/** Events that no commit causes, on their way into the queue. */
export class WebhookOutbox {
  readonly #send: (events: WebhookEvent[]) => Promise<void>;
  #waiting: WebhookEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #sending: Promise<void> = Promise.resolve();

  /** @param send must not throw */
  constructor(send: (events: WebhookEvent[]) => Promise<void>) {
    this.#send = send;
  }

  add(event: WebhookEvent): void {
    this.#waiting.push(event);
    this.#timer ??= setTimeout(() => void this.flush(), GATHER);
  }

  /** Resolves once everything so far has been sent, in its order. */
  flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const events = this.#waiting;
    this.#waiting = [];
    if (events.length > 0) {
      this.#sending = this.#sending.then(() => this.#send(events));
    }
    return this.#sending;
  }
}

/** Events in their order, in groups that fit a job each. */
export function gather(events: WebhookEvent[]): WebhookEvent[][] {
  const groups: WebhookEvent[][] = [];
  let left = 0;
  for (const event of events) {
    // Text that is not Latin takes two bytes a character in the store.
    const size = 200 + 2 * ((event.data?.length ?? 0) + event.channel.length +
          (event.event?.length ?? 0) + (event.user_id?.length ?? 0));
    if (size > left || groups.length === 0) {
      groups.push([]);
      left = BYTES;
    }
    groups.at(-1)!.push(event);
    left -= size;
  }
  return groups;
}
