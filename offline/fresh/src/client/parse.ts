import { computed, signal } from "@preact/signals";

/**
 * Reads what `server/serialize.ts` writes.
 *
 * @param json The text
 * @param slot Finds JSX by the number that stands for it
 */
export function parse(json: string, slot: (id: number) => unknown): unknown {
  const entries = JSON.parse(json);
  if (typeof entries === "number") return CONSTANTS.get(entries);
  return new Reader(entries, slot).read(0);
}

const CONSTANTS = new Map<number, unknown>([
  [-1, undefined],
  [-2, null],
  [-3, NaN],
  [-4, Infinity],
  [-5, -Infinity],
  [-6, -0],
]);
const HOLE = -7;

class Reader {
  #done: unknown[] = [];
  #entries: unknown[];
  #slot: (id: number) => unknown;

  constructor(entries: unknown[], slot: (id: number) => unknown) {
    this.#entries = entries;
    this.#slot = slot;
  }

  read(index: number): unknown {
    if (index < 0) return CONSTANTS.get(index);
    if (index in this.#done) return this.#done[index];
    const entry = this.#entries[index];
    if (typeof entry !== "object" || entry === null) {
      return this.#done[index] = entry;
    }
    if (!Array.isArray(entry)) {
      return this.#object(index, entry as Record<string, number>);
    }
    return typeof entry[0] === "string"
      ? this.#typed(index, entry[0], entry.slice(1))
      : this.#array(index, entry);
  }

  // Containers are remembered before they are filled: they may hold themselves.

  #object(index: number, entry: Record<string, number>): unknown {
    const object: Record<string, unknown> = this.#done[index] = {};
    for (const [key, at] of Object.entries(entry)) {
      // `__proto__` as a plain assignment would set the prototype.
      Object.defineProperty(object, key, {
        value: this.read(at),
        configurable: true,
        enumerable: true,
        writable: true,
      });
    }
    return object;
  }

  #array(index: number, entry: number[]): unknown {
    const array: unknown[] = this.#done[index] = new Array(entry.length);
    entry.forEach((at, i) => {
      if (at !== HOLE) array[i] = this.read(at);
    });
    return array;
  }

  // deno-lint-ignore no-explicit-any -- as many types as values
  #typed(index: number, type: string, [first, second]: any[]): unknown {
    const done = this.#done;
    switch (type) {
      case "Signal": {
        const made = done[index] = signal<unknown>(undefined);
        made.value = this.read(first);
        return made;
      }
      case "Computed": {
        const value = this.read(first);
        return done[index] = computed(() => value);
      }
      case "Set": {
        const set = done[index] = new Set();
        for (const at of first) set.add(this.read(at));
        return set;
      }
      case "Map": {
        const map = done[index] = new Map();
        for (let i = 0; i < first.length; i += 2) {
          map.set(this.read(first[i]), this.read(first[i + 1]));
        }
        return map;
      }
    }
    return done[index] = type === "Slot"
      ? this.#slot(first)
      : scalar(type, first, second);
  }
}

function scalar(type: string, text: string, flags: string): unknown {
  switch (type) {
    case "BigInt":
      return BigInt(text);
    case "Date":
      return new Date(text);
    case "URL":
      return new URL(text);
    case "RegExp":
      return new RegExp(text, flags);
    case "Uint8Array":
      return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  }
  if (type.startsWith("Temporal.")) {
    // deno-lint-ignore no-explicit-any -- not in every TypeScript library
    return (globalThis as any).Temporal[type.slice("Temporal.".length)].from(
      text,
    );
  }
  throw new Error(`Unknown type in island props: ${type}`);
}
