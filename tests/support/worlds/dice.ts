/** Seeded randomness for worlds: the same seed throws the same. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 2654435761) >>> 0;
    for (let i = 0; i < 4; i++) this.float();
  }

  /** In [0, 1). */
  float(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** In [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.float();
  }

  /** Whole, low and high included. */
  int(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1));
  }

  chance(p: number): boolean {
    return this.float() < p;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.float() * list.length)]!;
  }

  /** n different ones, or all where there are fewer. */
  sample<T>(list: readonly T[], n: number): T[] {
    const copy = [...list];
    const take = Math.min(n, copy.length);
    for (let i = 0; i < take; i++) {
      const j = i + Math.floor(this.float() * (copy.length - i));
      [copy[i], copy[j]] = [copy[j]!, copy[i]!];
    }
    return copy.slice(0, take);
  }

  normal(mean = 0, deviation = 1): number {
    const u = Math.max(this.float(), 1e-12), v = this.float();
    return mean +
      deviation * Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
  }

  /** Median and spread of the logarithm. */
  lognormal(middle: number, sigma: number): number {
    return middle * Math.exp(this.normal(0, sigma));
  }

  pareto(least: number, alpha: number): number {
    return least / Math.max(this.float(), 1e-9) ** (1 / alpha);
  }

  exponential(mean: number): number {
    return -mean * Math.log(Math.max(this.float(), 1e-12));
  }

  poisson(mean: number): number {
    if (mean > 40) {
      return Math.max(0, Math.round(this.normal(mean, mean ** 0.5)));
    }
    const limit = Math.exp(-mean);
    let n = 0;
    for (let p = this.float(); p > limit; p *= this.float()) n++;
    return n;
  }

  /** An index, in proportion to the weights. */
  weighted(weights: readonly number[]): number {
    let x = this.float() * weights.reduce((a, b) => a + b, 0);
    for (let i = 0; i < weights.length; i++) {
      x -= weights[i]!;
      if (x < 0) return i;
    }
    return weights.length - 1;
  }
}
