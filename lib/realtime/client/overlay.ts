import { type ReadonlySignal, signal } from "@preact/signals";
import type { ChatItem } from "./messages.ts";

interface Layer {
  id: string;
  apply: (item: ChatItem) => ChatItem;
}

/**
 * What the reader has done and the server has not answered, drawn over what the server told. A layer is taken off when
 * its answer is there, whatever it is: then what the server says shows, and nothing has to be undone.
 */
export class Overlay {
  readonly #layers = signal<readonly Layer[]>([]);

  get changed(): ReadonlySignal<unknown> {
    return this.#layers;
  }

  /** Shows message `id` as `apply` makes it, until `settled` is over; returns or throws what that does. */
  async during<T>(
    id: string,
    apply: (item: ChatItem) => Partial<ChatItem>,
    settled: Promise<T>,
  ): Promise<T> {
    const layer: Layer = {
      id,
      apply: (item) => ({ ...item, ...apply(item), changing: true }),
    };
    this.#layers.value = [...this.#layers.peek(), layer];
    try {
      return await settled;
    } finally {
      this.#layers.value = this.#layers.peek().filter((one) => one !== layer);
    }
  }

  over(items: ChatItem[]): ChatItem[] {
    const layers = this.#layers.value;
    if (layers.length === 0) return items;
    return items.map((item) =>
      layers.reduce(
        (shown, { id, apply }) => id === shown.id ? apply(shown) : shown,
        item,
      )
    );
  }
}
