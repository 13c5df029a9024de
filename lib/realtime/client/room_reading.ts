import { type ReadonlySignal, signal } from "@preact/signals";
import type { ReadState, Receipt } from "../../messages/reading/types.ts";
import { comparePositions, parsePosition } from "../position.ts";
import { call } from "./api.ts";
import { isFields } from "./frames.ts";
import type { Page } from "./page.ts";

/** What the server rendered of it; answer of `GET /api/channels/{channel}/read`. */
export interface ReadingSnapshot {
  read: ReadState;
  firstUnread: { id: string; position: string } | null;
  receipts: Receipt[];
}

/** Milliseconds in which several steps of reading are told as one. */
const TELL_AFTER = 400;

/** Where somebody has read to in a room, on all their devices; in a direct conversation also where the other has. */
export class RoomReading {
  readonly #channel: string;
  readonly #userId: string;
  readonly #state = signal<ReadState | null>(null);
  readonly #receipts = signal<ReadonlyMap<string, Receipt>>(new Map());
  /** The first message that was unread when the room was opened, or was marked so. */
  readonly firstUnread = signal<{ id: string; position: string } | null>(null);
  #page: Page | null = null;
  #wanted: { id: string; position: string } | null = null;
  #telling = false;
  #loaded = false;
  #cancel = () => {};
  /** Marked unread by hand: what is in view does not count as read until the reader says so. */
  #held = false;

  constructor(channel: string, userId: string, initial?: ReadingSnapshot) {
    this.#channel = channel;
    this.#userId = userId;
    if (initial) this.#take(initial);
  }

  get state(): ReadonlySignal<ReadState | null> {
    return this.#state;
  }

  /** User id → how far they have read. */
  get receipts(): ReadonlySignal<ReadonlyMap<string, Receipt>> {
    return this.#receipts;
  }

  start(page: Page): () => void {
    this.#page = page;
    if (!this.#loaded) void this.#load(page);
    const ends = [
      page.client.subscribe(`private-user-${this.#userId}`, {
        onEvent: ({ event, data }) => {
          if (event === "room:read") this.#learn(data);
        },
        onExpired: () => void this.#load(page),
      }),
      page.client.subscribe(this.#channel, {
        onEvent: ({ event, data }) => {
          if (event === "message:read") this.#receive(data);
        },
      }),
    ];
    // What was seen last is told before the page is left.
    ends.push(page.env.watch((nudge) => {
      if (nudge === "hidden-for-good") void this.#tell();
    }));
    return () => {
      void this.#tell();
      for (const end of ends) end();
      this.#cancel();
      this.#page = null;
    };
  }

  /** The reader has seen this message, and so all before it. */
  seen(id: string, position: string | undefined): void {
    if (this.#held || position === undefined || !this.#after(position)) return;
    this.#wanted = { id, position };
    this.#tellSoon();
  }

  #tellSoon(): void {
    // Told before it is known where the reading began, that would be lost.
    if (!this.#loaded || this.#telling || !this.#wanted || !this.#page) return;
    this.#telling = true;
    this.#cancel = this.#page.env.after(TELL_AFTER, () => void this.#tell());
  }

  /** Marks everything from this message on unread. @throws {ApiFailure} */
  async markUnread(id: string, position: string | undefined): Promise<void> {
    this.#hold();
    if (position) this.firstUnread.value = { id, position };
    await this.#post({ unreadFrom: id });
  }

  #hold(): void {
    this.#held = true;
    this.#cancel();
    this.#telling = false;
    this.#wanted = null;
  }

  /** Marks all of it read. @throws {ApiFailure} */
  async markRead(): Promise<void> {
    this.#held = false;
    this.firstUnread.value = null;
    await this.#post({});
  }

  /** The reader answers, so is here. */
  release(): void {
    this.#held = false;
  }

  #after(position: string): boolean {
    const read = this.#wanted?.position ?? this.#state.peek()?.position ?? null;
    const at = parsePosition(position);
    const mark = read === null ? null : parsePosition(read);
    return at !== null && (mark === null || comparePositions(at, mark) > 0);
  }

  async #tell(): Promise<void> {
    for (let wanted = this.#wanted; wanted !== null; wanted = this.#wanted) {
      try {
        const revision = this.#state.peek()?.revision;
        await this.#post({ messageId: wanted.id, revision });
      } catch {
        // Lost is lost: the next message that is seen tells of this one too.
      }
      if (this.#wanted === wanted) this.#wanted = null;
    }
    this.#telling = false;
  }

  get #path(): string {
    return `/api/channels/${encodeURIComponent(this.#channel)}/read`;
  }

  async #post(
    body: Record<string, string | number | undefined>,
  ): Promise<void> {
    if (!this.#page) return;
    const answer = await call(this.#page.env, "POST", this.#path, body);
    this.#learn(answer.read);
  }

  async #load({ env }: Page): Promise<void> {
    try {
      this.#take(await call(env, "GET", this.#path));
    } catch {
      // Without it the room can still be read.
    }
    this.#tellSoon();
  }

  #take(answer: Partial<Record<keyof ReadingSnapshot, unknown>>): void {
    this.#loaded = true;
    this.#learn(answer.read);
    const first = answer.firstUnread;
    if (
      isFields(first) && typeof first.id === "string" &&
      typeof first.position === "string" && this.firstUnread.peek() === null
    ) this.firstUnread.value = { id: first.id, position: first.position };
    if (!Array.isArray(answer.receipts)) return;
    for (const receipt of answer.receipts) this.#receive(receipt);
  }

  #learn(data: unknown): void {
    if (!isFields(data) || data.channel !== this.#channel) return;
    const state = data as unknown as ReadState;
    const known = this.#state.peek();
    if (state.revision < (known?.revision ?? 0)) return;
    // Read on, on another device: what is in view here counts again.
    if (known && this.#held && isBefore(known.position, state.position)) {
      this.#held = false;
      if (state.unread === 0) this.firstUnread.value = null;
    }
    this.#state.value = state;
    if (known && !this.#held && isBefore(state.position, known.position)) {
      // Marked unread on another device: what happens to be in view here must not undo that.
      this.#hold();
      this.firstUnread.value = null;
      if (this.#page) void this.#load(this.#page);
    }
  }

  #receive(data: unknown): void {
    if (!isFields(data) || typeof data.userId !== "string") return;
    if (data.userId === this.#userId) return;
    const receipt = data as unknown as Receipt;
    const known = this.#receipts.peek();
    const before = known.get(receipt.userId);
    const at = parsePosition(receipt.position);
    const was = before && parsePosition(before.position);
    if (!at || was && comparePositions(at, was) <= 0) return;
    this.#receipts.value = new Map(known).set(receipt.userId, receipt);
  }
}

/** Whether one mark lies before another; `null` lies before all. */
function isBefore(one: string | null, other: string | null): boolean {
  const [a, b] = [one, other].map((mark) =>
    mark === null ? null : parsePosition(mark)
  );
  return b != null && (a == null || comparePositions(a, b) < 0);
}
