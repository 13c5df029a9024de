import { LRUCache } from "lru-cache";
import type { Freshness } from "./entry.ts";
import type { KindStats } from "./stats.ts";

/** A value in this isolate's memory. Shared with every reader: nobody may change it. */
export interface Item extends Freshness {
  value: unknown;
  tags: string[];
  kind: string;
  size: number;
  stats: KindStats;
  /** After a failed load, no other is tried until then. */
  heldUntil: number;
}

export interface MemoryOptions {
  /** Bytes of serialised values. */
  maxBytes: number;
  maxEntries: number;
}

/** What a value costs beside its own bytes: key, item, list node. */
const OVERHEAD = 256;

/** The bounded first tier. */
export class Memory {
  readonly #items: LRUCache<string, Item>;
  #tags = new Map<string, Set<string>>();

  constructor({ maxBytes, maxEntries }: MemoryOptions) {
    this.#items = new LRUCache<string, Item>({
      max: maxEntries,
      maxSize: maxBytes,
      sizeCalculation: ({ size }) => size + OVERHEAD,
      dispose: (item, text) => this.#forgetTags(item, text),
    });
  }

  get(text: string): Item | undefined {
    return this.#items.get(text);
  }

  put(text: string, item: Item): void {
    this.#items.set(text, item);
    for (const tag of item.tags) {
      let texts = this.#tags.get(tag);
      if (!texts) this.#tags.set(tag, texts = new Set());
      texts.add(text);
    }
  }

  delete(text: string): void {
    this.#items.delete(text);
  }

  deleteTag(tag: string): void {
    for (const text of [...this.#tags.get(tag) ?? []]) this.delete(text);
  }

  deleteKind(kind: string): void {
    for (const [text, item] of [...this.#items.entries()]) {
      if (item.kind === kind) this.delete(text);
    }
  }

  clear(): void {
    this.#items.clear();
    this.#tags.clear();
  }

  get entries(): number {
    return this.#items.size;
  }

  get bytes(): number {
    return this.#items.calculatedSize ?? 0;
  }

  /** Bytes by kind. Walks everything: for the admin page, not for the hot path. */
  bytesByKind(): Map<string, number> {
    const bytes = new Map<string, number>();
    for (const item of this.#items.values()) {
      bytes.set(item.kind, (bytes.get(item.kind) ?? 0) + item.size);
    }
    return bytes;
  }

  #forgetTags(item: Item, text: string) {
    for (const tag of item.tags) {
      const texts = this.#tags.get(tag);
      texts?.delete(text);
      if (texts?.size === 0) this.#tags.delete(tag);
    }
  }
}
