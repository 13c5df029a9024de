import { type Signal, signal } from "@preact/signals";
import { failureOf } from "./api.ts";
import { type Window, withNewer, withOlder } from "./chat_window.ts";
import type { Environment } from "./environment.ts";
import type { History, HistoryPage } from "./history.ts";
import { readAgain } from "./read_again.ts";

/** What a page that takes the place of what was held tells. */
type Shown = (page: Pick<HistoryPage, "items" | "parent">) => void;

/** The part of a room's messages that is held, and the ways to all the others. */
export class Paging {
  readonly window: Signal<Window>;
  readonly loadingOlder: Signal<boolean> = signal(false);
  readonly loadingNewer: Signal<boolean> = signal(false);
  /** Why history could not be loaded. */
  readonly error: Signal<string | null> = signal(null);
  /** The page's, while the room is open. */
  env: Environment | null = null;
  readonly #history: History;
  readonly #shown: Shown;
  /** Id of the last message before those that may be missing, until what is held has been read again. */
  #edge: string | null = null;

  constructor(history: History, window: Window, shown: Shown) {
    this.#history = history;
    this.window = signal(window);
    this.#shown = shown;
  }

  /** What comes after the messages held may be missing from now on. */
  missed(): void {
    this.#edge ??= this.window.peek().items.at(-1)?.id ?? null;
  }

  /** Puts the page before what is held in front of it. */
  readonly loadOlder = async (): Promise<void> => {
    const { before } = this.window.peek();
    if (before === null || this.loadingOlder.peek()) return;
    await this.#load(
      this.loadingOlder,
      (env) =>
        this.#history.read(env, before, 1, (page) => {
          const held = this.window.peek();
          // A reload came in between and moved the beginning.
          if (held.before !== before) return;
          this.window.value = withOlder(held, page.items, page.before);
        }),
    );
  };

  /** Puts the page after what is held behind it. */
  readonly loadNewer = async (): Promise<void> => {
    const { after } = this.window.peek();
    if (after === null || this.loadingNewer.peek()) return;
    await this.#load(
      this.loadingNewer,
      (env) =>
        this.#history.readAfter(env, after, (page) => {
          const held = this.window.peek();
          if (held.after !== after) return;
          this.window.value = withNewer(held, page.items, page.after);
          this.#shown({ items: page.items, parent: null });
        }),
    );
  };

  /** Makes sure that the message is among those held; `false` when it is not in this room. */
  readonly show = async (id: string): Promise<boolean> => {
    const held = () => this.window.peek().items.some((one) => one.id === id);
    if (!held()) {
      await this.#load(
        this.loadingNewer,
        (env) => this.#history.readAround(env, id, this.#replace),
      );
    }
    return held();
  };

  /** Back to the newest messages. */
  readonly latest = async (): Promise<void> => {
    if (this.window.peek().after === null) return;
    await this.#load(
      this.loadingNewer,
      (env) => this.#history.read(env, null, 1, this.#replace),
    );
  };

  /** Reads again what is held. @throws {ApiFailure} */
  async readAgain(env: Environment): Promise<void> {
    const edge = this.#edge;
    this.#edge = null;
    try {
      await readAgain(env, {
        history: this.#history,
        window: this.window,
        show: this.#replace,
        edge,
      });
    } catch (error) {
      this.#edge = edge ?? this.#edge;
      throw error;
    }
  }

  async #load(
    loading: Signal<boolean>,
    read: (env: Environment) => Promise<void>,
  ): Promise<void> {
    if (!this.env) return;
    loading.value = true;
    this.error.value = null;
    try {
      await read(this.env);
    } catch (error) {
      const { status, message } = failureOf(error);
      if (status !== 404) this.error.value = message;
    } finally {
      loading.value = false;
    }
  }

  readonly #replace = (page: HistoryPage): void => {
    const { items, before, after } = page;
    this.window.value = { items, before, after };
    this.error.value = null;
    this.#shown(page);
  };
}
