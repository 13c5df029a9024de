/**
 * Tables for what the oracle looks up several times a line. `Map` and `Set` take up to 0.6 µs for a text or a number beyond
 * 31 bits (measured), these a fifth of it. All keep the order of first sight.
 */

/** Anything but the same in each process: texts in a file are chosen by others, and must not be chosen to collide. */
const SEED = crypto.getRandomValues(new Int32Array(1))[0]!;

function hashOf(text: string): number {
  let hash = SEED;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash;
}

/** Texts with their place in the order of first sight. */
export class TextIndex {
  readonly texts: string[] = [];
  /** Open addressing: place + 1, or 0 for free. At most half full. */
  #slots: Int32Array;
  #hashes: Int32Array;

  /** @param size texts that it has room for before it grows, a power of two */
  constructor(size = 512) {
    this.#slots = new Int32Array(2 * size);
    this.#hashes = new Int32Array(size);
  }

  /** The text's place, or −1. */
  find(text: string): number {
    return this.#slots[this.#slotOf(text, hashOf(text))]! - 1;
  }

  /** The text's place; it gets one if it has none. */
  place(text: string): number {
    const hash = hashOf(text);
    const slot = this.#slotOf(text, hash);
    const found = this.#slots[slot]! - 1;
    if (found >= 0) return found;
    const n = this.texts.push(text) - 1;
    this.#hashes[n] = hash;
    this.#slots[slot] = n + 1;
    if (this.texts.length === this.#hashes.length) this.#grow();
    return n;
  }

  clear(): void {
    this.texts.length = 0;
    this.#slots.fill(0);
  }

  #slotOf(text: string, hash: number): number {
    const slots = this.#slots, mask = slots.length - 1;
    let slot = hash & mask;
    for (let n; (n = slots[slot]!) !== 0; slot = (slot + 1) & mask) {
      if (this.#hashes[n - 1] === hash && this.texts[n - 1] === text) break;
    }
    return slot;
  }

  #grow(): void {
    const hashes = new Int32Array(2 * this.#hashes.length);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    this.#slots = spreadOut(this.texts.length, (n) => hashes[n]!);
  }
}

/** Numbers by `pairKey`. */
export class PairMap {
  #keys = new Float64Array(512);
  #values = new Float64Array(512);
  #slots = new Int32Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(key: number): number | undefined {
    const n = this.#slots[this.#slotOf(key)]!;
    return n === 0 ? undefined : this.#values[n - 1];
  }

  has(key: number): boolean {
    return this.#slots[this.#slotOf(key)] !== 0;
  }

  set(key: number, value: number): void {
    this.#values[this.#place(key)] = value;
  }

  /** Sets what has no value yet. */
  setFirst(key: number, value: number): void {
    const before = this.#size;
    const n = this.#place(key);
    if (n === before) this.#values[n] = value;
  }

  increment(key: number): void {
    this.#values[this.#place(key)]!++;
  }

  keys(): Float64Array {
    return this.#keys.subarray(0, this.#size);
  }

  #place(key: number): number {
    const slot = this.#slotOf(key);
    const found = this.#slots[slot]! - 1;
    if (found >= 0) return found;
    const n = this.#size++;
    this.#keys[n] = key;
    this.#slots[slot] = n + 1;
    if (this.#size === this.#keys.length) this.#grow();
    return n;
  }

  #slotOf(key: number): number {
    const slots = this.#slots, mask = slots.length - 1;
    let slot = hashOfPair(key) & mask;
    for (let n; (n = slots[slot]!) !== 0; slot = (slot + 1) & mask) {
      if (this.#keys[n - 1] === key) break;
    }
    return slot;
  }

  #grow(): void {
    const keys = new Float64Array(2 * this.#size);
    const values = new Float64Array(2 * this.#size);
    keys.set(this.#keys);
    values.set(this.#values);
    this.#keys = keys;
    this.#values = values;
    this.#slots = spreadOut(this.#size, (n) => hashOfPair(keys[n]!));
  }
}

function hashOfPair(key: number): number {
  const high = Math.floor(key / 33554432);
  const low = key - high * 33554432;
  const hash = Math.imul(high ^ SEED, 0x9e3779b1) ^ Math.imul(low, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}

/** Slots for twice as many places as are taken. */
function spreadOut(
  size: number,
  hash: (n: number) => number,
): Int32Array<ArrayBuffer> {
  const slots = new Int32Array(4 * size);
  const mask = slots.length - 1;
  for (let n = 0; n < size; n++) {
    let slot = hash(n) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = n + 1;
  }
  return slots;
}
