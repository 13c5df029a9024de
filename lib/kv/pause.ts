/** Waits that can be cut short, so that what ends leaves no timer behind. */
export class Pause {
  #cut: (() => void) | null = null;
  #ended = false;

  /** Resolves after `ms` milliseconds, or at once when `end` is or has been called. One wait at a time. */
  wait(ms: number): Promise<void> {
    if (this.#ended) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#cut = null;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#cut = done;
    });
  }

  /** Ends the present wait and all later ones. */
  end(): void {
    this.#ended = true;
    this.#cut?.();
  }
}
