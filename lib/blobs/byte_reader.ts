/** Reads a stream of bytes a few at a time: what has not been asked for is not in memory, but for one chunk. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #held: Uint8Array = new Uint8Array();

  constructor(body: AsyncIterable<Uint8Array>) {
    this.#chunks = body[Symbol.asyncIterator]();
  }

  /** The next `n` bytes, which stay to be read; fewer at the end. */
  async ahead(n: number): Promise<Uint8Array> {
    while (this.#held.length < n) {
      const { value, done } = await this.#chunks.next();
      if (done) break;
      const held = new Uint8Array(this.#held.length + value.length);
      held.set(this.#held);
      held.set(value, this.#held.length);
      this.#held = held;
    }
    return this.#held.subarray(0, n);
  }

  /** The next `n` bytes, or what is left of them. */
  async take(n: number): Promise<Uint8Array> {
    const taken = await this.ahead(n);
    this.#held = this.#held.subarray(taken.length);
    return taken;
  }

  /** The next `n` bytes, a piece at a time; without `n` all that is left. */
  async *pass(n = Infinity): AsyncGenerator<Uint8Array> {
    let left = n;
    while (left > 0) {
      if (this.#held.length === 0) {
        const { value, done } = await this.#chunks.next();
        if (done) return;
        this.#held = value;
      }
      const piece = this.#held.subarray(0, Math.min(left, this.#held.length));
      this.#held = this.#held.subarray(piece.length);
      left -= piece.length;
      if (piece.length > 0) yield piece;
    }
  }

  /** Everything up to the next `byte`, without it, a piece at a time. */
  async *until(byte: number): AsyncGenerator<Uint8Array> {
    for (;;) {
      if ((await this.ahead(1)).length === 0) return;
      const at = this.#held.indexOf(byte);
      const piece = at < 0 ? this.#held : this.#held.subarray(0, at);
      this.#held = this.#held.subarray(piece.length);
      if (piece.length > 0) yield piece;
      if (at >= 0) return;
    }
  }

  async skip(n = Infinity): Promise<void> {
    for await (const _ of this.pass(n));
  }
}
