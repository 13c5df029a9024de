import { type ReadonlySignal, signal } from "@preact/signals";

/** What a toast says. */
export interface ToastContent {
  title: string;
  body?: string;
  /** An emoji in front; without it an icon for the tone. */
  emoji?: string;
  /** `bad` interrupts a screen reader and stays twice as long. */
  tone?: "plain" | "bad";
  /** What can be done about it: go somewhere, or call something. */
  action?: { label: string; href: string } | { label: string; run: () => void };
  /** A toast with a key replaces the one that has it already. */
  key?: string;
}

export interface Toast extends ToastContent {
  id: number;
}

/** Runs `run` once after `ms`; returns what cancels it. */
export type After = (ms: number, run: () => void) => () => void;

/** Milliseconds. */
export const TOAST_LIFE = 5_000;
/** More than anybody reads; the bell has them all. */
const MOST = 20;

interface Life {
  left: number;
  since: number;
  cancel: (() => void) | null;
}

/** The toasts of a page, newest first, and how long each has still to live. Time stands still while anything holds it. */
export class ToastStack {
  readonly #toasts = signal<Toast[]>([]);
  readonly #lives = new Map<number, Life>();
  readonly #holds = new Set<string>();
  readonly #after: After;
  readonly #now: () => number;
  #lastId = 0;

  constructor(
    after: After = (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    now: () => number = Date.now,
  ) {
    this.#after = after;
    this.#now = now;
  }

  get toasts(): ReadonlySignal<Toast[]> {
    return this.#toasts;
  }

  /** Shows a toast; returns the id that `dismiss` takes. */
  show(content: ToastContent): number {
    const toast = { ...content, id: ++this.#lastId };
    const others = this.#toasts.peek().filter((other) => {
      const stays = content.key === undefined || other.key !== content.key;
      if (!stays) this.#end(other.id);
      return stays;
    });
    for (const dropped of others.slice(MOST - 1)) this.#end(dropped.id);
    this.#toasts.value = [toast, ...others.slice(0, MOST - 1)];
    const life: Life = {
      left: content.tone === "bad" ? 2 * TOAST_LIFE : TOAST_LIFE,
      since: this.#now(),
      cancel: null,
    };
    this.#lives.set(toast.id, life);
    if (this.#holds.size === 0) this.#run(toast.id, life);
    return toast.id;
  }

  dismiss(id: number): void {
    this.#end(id);
    this.#toasts.value = this.#toasts.peek().filter((toast) => toast.id !== id);
  }

  /** Takes away what has been dealt with elsewhere: the toast with this key, or all whose keys begin with it. */
  dismissKey(key: string, begins = false): void {
    for (const toast of this.#toasts.peek()) {
      if (begins ? toast.key?.startsWith(key) : toast.key === key) {
        this.dismiss(toast.id);
      }
    }
  }

  /** Stops the clock until `release` is called with the same reason ("hover", "focus", "hidden"). */
  hold(reason: string): void {
    this.#holds.add(reason);
    for (const life of this.#lives.values()) {
      if (!life.cancel) continue;
      life.cancel();
      life.cancel = null;
      life.left -= this.#now() - life.since;
    }
  }

  release(reason: string): void {
    if (!this.#holds.delete(reason) || this.#holds.size > 0) return;
    for (const [id, life] of this.#lives) this.#run(id, life);
  }

  #run(id: number, life: Life): void {
    life.since = this.#now();
    // Nothing vanishes in the instant in which somebody comes back to it.
    life.left = Math.max(life.left, 1_000);
    life.cancel = this.#after(life.left, () => this.dismiss(id));
  }

  #end(id: number): void {
    this.#lives.get(id)?.cancel?.();
    this.#lives.delete(id);
  }
}

/** The page's stack, shared by its islands. */
export const toasts = new ToastStack();
