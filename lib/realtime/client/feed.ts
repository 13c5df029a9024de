import {
  comparePositions,
  formatPosition,
  type Position,
} from "../position.ts";
import { mayPass } from "./api.ts";
import { type Frame, isFields, readPosition } from "./frames.ts";
import {
  type Members,
  readMembers,
  withMember,
  withoutMember,
} from "./members.ts";

/** What a listener gets. */
export interface ChannelEvent {
  event: string;
  channel: string;
  data: unknown;
  /** Who sent it: client events on presence channels. */
  userId?: string;
  /** Absent on volatile events (typing, client events), which are never replayed. */
  position?: string;
}

export type ChannelState = "subscribing" | "subscribed" | "refused";

/** Why the server does not let this page in. */
export interface Refusal {
  /** HTTP status. */
  status: number;
  error: string;
}

export interface ChannelHandlers {
  /** Where the snapshot that this listener shows was read; events after it are delivered, each once, in order. */
  since?: string;
  onEvent?(event: ChannelEvent): void;
  /** Events may be missing that cannot be had any more: load the snapshot again. Later events follow as ever. */
  onExpired?(): void;
  onState?(state: ChannelState, refusal: Refusal | null): void;
  /** Presence channels: who is there, after each change. */
  onMembers?(members: Members): void;
}

/** How a feed talks. `subscribe` is answered by frames to `receive`, or by `refused`. */
export interface FeedPort {
  subscribe(channel: string, since: string | null): void;
  unsubscribe(channel: string): void;
  /** The refusal may pass: call `subscribe` again after a while, longer with each of `attempts`. */
  retry(channel: string, attempts: number): void;
}

interface Listener {
  handlers: ChannelHandlers;
  /** The last event that it has; `null` until the stream has begun. */
  last: Position | null;
}

function expiredPosition({ position, data }: Frame): Position | null {
  return position ?? (isFields(data) ? readPosition(data.position) : null);
}

/** Gaps healed from one position before the snapshot is declared stale: then the server contradicts itself. */
const HEALS = 8;

const isAfter = (a: Position | null, b: Position | null) =>
  a !== null && b !== null && comparePositions(a, b) > 0;

/**
 * Whether who has read up to `last` has missed events, when the server can no longer go on from `asked` and begins at
 * `begun`. Who was further on than `asked` is not: what came after their position may still be had.
 */
function isLost(
  last: Position,
  asked: Position,
  begun: Position | null,
): boolean {
  return !begun || last.epoch !== begun.epoch || isAfter(last, begun) ||
    !isAfter(last, asked);
}

/**
 * One channel of the connection, shared by its listeners. Each listener has a position of its own, since each began
 * with a snapshot of its own; the feed subscribes from the earliest, and what a listener has already is not
 * delivered to it again. At most one subscribe is under way: answers carry no number that would tell them apart.
 */
export class Feed {
  readonly channel: string;
  #state: ChannelState | "down" = "down";
  #refusal: Refusal | null = null;
  #members: Members | null = null;
  readonly #port: FeedPort;
  readonly #listeners = new Set<Listener>();
  /** From where the subscribe under way asked. */
  #asked: Position | null = null;
  /** How far the stream has come. */
  #at: Position | null = null;
  /** The answer to the subscribe has said already that its position is expired. */
  #toldExpired = false;
  #healedFrom: Position | null = null;
  #heals = 0;
  #refusals = 0;

  constructor(channel: string, port: FeedPort) {
    this.channel = channel;
    this.#port = port;
  }

  get idle(): boolean {
    return this.#listeners.size === 0 && this.#state !== "subscribing";
  }

  get subscribing(): boolean {
    return this.#state === "subscribing";
  }

  /** @param since parsed `handlers.since` */
  add(handlers: ChannelHandlers, since: Position | null): () => void {
    const listener: Listener = { handlers, last: since };
    this.#listeners.add(listener);
    handlers.onState?.(this.#public, this.#refusal);
    if (this.#state === "subscribed") {
      listener.last ??= this.#at;
      if (this.#members) handlers.onMembers?.(this.#members);
      if (isAfter(this.#at, listener.last)) this.#again();
    }
    return () => this.#listeners.delete(listener);
  }

  /** The connection is up, or another attempt is due after a refusal. */
  subscribe(): void {
    if (this.#state === "subscribing" || this.#state === "subscribed") return;
    this.#enter("subscribing");
    this.#asked = this.#earliest();
    this.#port.subscribe(
      this.channel,
      this.#asked && formatPosition(this.#asked),
    );
  }

  down(): void {
    this.#enter("down");
  }

  refused(refusal: Refusal): void {
    if (mayPass(refusal.status)) {
      this.#enter("down");
      this.#port.retry(this.channel, this.#refusals++);
    } else this.#enter("refused", refusal);
  }

  receive(frame: Frame): void {
    switch (frame.event) {
      case "pusher_internal:subscription_succeeded":
        return this.#begin(frame);
      case "pusher:subscription_error": {
        const data = isFields(frame.data) ? frame.data : {};
        return this.refused({
          status: Number(data.status) || 403,
          error: String(data.error ?? data.type ?? ""),
        });
      }
      case "nexora:position_expired":
        if (!this.#toldExpired) {
          this.#expire(this.#listeners, expiredPosition(frame));
        }
        this.#toldExpired = false;
        return;
      case "pusher_internal:member_added":
        return this.#setMembers(withMember(this.#members, frame.data));
      case "pusher_internal:member_removed":
        return this.#setMembers(withoutMember(this.#members, frame.data));
    }
    // What the last subscription still had on the way comes again in the replay of this one.
    if (frame.position && this.#state === "subscribed") this.#advance(frame);
    else if (!frame.position) {
      for (const { handlers } of this.#listeners) this.#tell(handlers, frame);
    }
  }

  #begin(frame: Frame): void {
    if (this.#state !== "subscribing") return;
    const asked = this.#asked;
    const { position } = frame;
    const resumed = frame.recovered ||
      (asked && position && comparePositions(asked, position) === 0);
    this.#at = position;
    this.#refusals = 0;
    this.#toldExpired = asked !== null && !resumed;
    this.#enter("subscribed");
    this.#setMembers(readMembers(frame.data));
    if (this.#toldExpired) {
      this.#expire(
        [...this.#listeners].filter(({ last }) =>
          last && isLost(last, asked!, position)
        ),
        position,
      );
    }
    for (const listener of this.#listeners) listener.last ??= position;
    // Somebody joined with an older snapshot while this subscribe was under way, or only the earliest are lost.
    if (isAfter(position, this.#earliest())) this.#again();
  }

  #advance(frame: Frame): void {
    const { position, prev } = frame;
    let gap = false;
    this.#toldExpired = false;
    for (const listener of this.#listeners) {
      const { last } = listener;
      if (last && !isAfter(position, last)) continue;
      if (isAfter(prev, last)) {
        gap = true;
        continue;
      }
      listener.last = position;
      // This page's own event, of which only the place is told.
      if (frame.event === "nexora:position") continue;
      this.#tell(listener.handlers, frame);
    }
    if (isAfter(position, this.#at)) this.#at = position;
    if (gap) this.#heal(frame);
  }

  /** Subscribes again from the last event before the gap. */
  #heal(frame: Frame): void {
    const from = this.#earliest()!;
    if (
      !this.#healedFrom || comparePositions(from, this.#healedFrom) !== 0
    ) {
      this.#heals = 0;
    }
    this.#healedFrom = from;
    if (++this.#heals <= HEALS) return this.#again();
    this.#heals = 0;
    const behind = [...this.#listeners].filter(({ last }) =>
      isAfter(frame.prev, last)
    );
    this.#expire(behind, frame.prev);
    this.#advance(frame);
  }

  /** With `since` the server lets a subscription begin anew in place: nobody sees this user leave and join. */
  #again(): void {
    if (this.#state !== "subscribed") return;
    this.#state = "down";
    this.subscribe();
  }

  #expire(listeners: Iterable<Listener>, position: Position | null): void {
    for (const listener of listeners) {
      if (!this.#listeners.has(listener)) continue;
      listener.last = position ?? listener.last;
      listener.handlers.onExpired?.();
    }
  }

  #earliest(): Position | null {
    let earliest: Position | null = null;
    for (const { last } of this.#listeners) {
      if (last && (!earliest || isAfter(earliest, last))) earliest = last;
    }
    return earliest;
  }

  #tell(handlers: ChannelHandlers, frame: Frame): void {
    handlers.onEvent?.({
      event: frame.event,
      channel: this.channel,
      data: frame.data,
      ...(frame.userId !== undefined && { userId: frame.userId }),
      ...(frame.position && { position: formatPosition(frame.position) }),
    });
  }

  get #public(): ChannelState {
    return this.#state === "down" ? "subscribing" : this.#state;
  }

  #enter(state: ChannelState | "down", refusal: Refusal | null = null): void {
    const before = this.#public;
    this.#state = state;
    this.#refusal = refusal;
    if (this.#public === before) return;
    for (const { handlers } of this.#listeners) {
      handlers.onState?.(this.#public, refusal);
    }
  }

  #setMembers(members: Members | null): void {
    if (!members || members === this.#members) return;
    this.#members = members;
    for (const { handlers } of this.#listeners) {
      handlers.onMembers?.(members);
    }
  }
}
