/** What waits for its time: a binary heap, so that days are told in order though lives overlap. */
export class Later<T extends { at: number }> {
  readonly #heap: { what: T; nth: number }[] = [];
  #count = 0;

  get size(): number {
    return this.#heap.length;
  }

  add(what: T): void {
    const heap = this.#heap;
    let i = heap.push({ what, nth: this.#count++ }) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.#before(i, parent)) break;
      [heap[i], heap[parent]] = [heap[parent]!, heap[i]!];
      i = parent;
    }
  }

  /** Takes out what comes before `time`, in order. */
  *until(time: number): Generator<T> {
    while (this.#heap.length > 0 && this.#heap[0]!.what.at < time) {
      yield this.#take();
    }
  }

  #take(): T {
    const heap = this.#heap;
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length > 0) {
      heap[0] = last;
      let i = 0;
      for (;;) {
        let least = i;
        for (const child of [2 * i + 1, 2 * i + 2]) {
          if (child < heap.length && this.#before(child, least)) least = child;
        }
        if (least === i) break;
        [heap[i], heap[least]] = [heap[least]!, heap[i]!];
        i = least;
      }
    }
    return first.what;
  }

  /** What is due at once keeps the order in which it came. */
  #before(a: number, b: number): boolean {
    const [x, y] = [this.#heap[a]!, this.#heap[b]!];
    return x.what.at < y.what.at ||
      x.what.at === y.what.at && x.nth < y.nth;
  }
}
