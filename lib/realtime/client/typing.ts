import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { SECOND } from "../../clock.ts";
import { call } from "./api.ts";
import type { ChannelEvent } from "./feed.ts";
import { isFields } from "./frames.ts";
import type { Page } from "./page.ts";

/** Somebody is told to be typing at most this often, and believed for twice as long. */
const TELL = 3 * SECOND;
const BELIEVE = 6 * SECOND;

/** Who is writing in a channel. */
export class Typing {
  readonly #names: Signal<string[]> = signal<string[]>([]);
  readonly #channel: string;
  readonly #userId: string;
  /** User id → their name and what ends our belief. */
  readonly #typing = new Map<string, { name: string; forget: () => void }>();
  #page: Page | null = null;
  #toldAt = -Infinity;

  constructor(channel: string, userId: string) {
    this.#channel = channel;
    this.#userId = userId;
  }

  /** Names of the others, in the order in which they began. */
  get names(): ReadonlySignal<string[]> {
    return this.#names;
  }

  start(page: Page): () => void {
    this.#page = page;
    const leave = page.client.subscribe(this.#channel, {
      onEvent: (event) => this.#take(event),
    });
    return () => {
      leave();
      for (const { forget } of this.#typing.values()) forget();
      this.#typing.clear();
      this.#names.value = [];
      this.#page = null;
    };
  }

  /** To be called with each keystroke. */
  notify(): void {
    const page = this.#page;
    if (!page || page.env.now() - this.#toldAt < TELL) return;
    this.#toldAt = page.env.now();
    const path = `/api/channels/${encodeURIComponent(this.#channel)}/typing`;
    // Lost is lost: the next keystroke tells again.
    call(page.env, "POST", path).catch(() => {});
  }

  /** What was typed is sent: the next keystroke is news. */
  done(): void {
    this.#toldAt = -Infinity;
  }

  #take({ event, data }: ChannelEvent): void {
    if (!isFields(data)) return;
    if (event === "message:new") return this.#end(String(data.authorId));
    if (event !== "message:typing" || data.userId === this.#userId) return;
    const userId = String(data.userId);
    const before = this.#typing.get(userId);
    before?.forget();
    this.#typing.set(userId, {
      name: String(data.name ?? data.handle ?? userId),
      forget: this.#page!.env.after(BELIEVE, () => this.#end(userId)),
    });
    if (!before) this.#show();
  }

  #end(userId: string): void {
    const typing = this.#typing.get(userId);
    if (!typing) return;
    typing.forget();
    this.#typing.delete(userId);
    this.#show();
  }

  #show(): void {
    this.#names.value = [...this.#typing.values()].map(({ name }) => name);
  }
}
