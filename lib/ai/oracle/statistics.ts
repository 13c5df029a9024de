/** Robust and exact statistics for the detectors. Everything in natural logarithms unless said. */

export function quantile(sorted: ArrayLike<number>, q: number): number {
  const n = sorted.length;
  if (n === 0) return NaN;
  const x = (n - 1) * q;
  const low = Math.floor(x);
  const high = Math.min(low + 1, n - 1);
  return sorted[low]! + (sorted[high]! - sorted[low]!) * (x - low);
}

export const ascending = (values: Iterable<number>): Float64Array =>
  Float64Array.from(values).sort();

export const median = (values: Iterable<number>): number =>
  quantile(ascending(values), 0.5);

/** Median absolute deviation, scaled to a standard deviation. */
export function spread(values: Iterable<number>): number {
  const list = [...values];
  const middle = median(list);
  return 1.4826 * median(list.map((v) => Math.abs(v - middle)));
}

export const clamp = (x: number, low: number, high: number): number =>
  x < low ? low : x > high ? high : x;

/** ln Γ(x), x > 0; Lanczos, 15 digits. */
export function lnGamma(x: number): number {
  const c = [
    76.18009172947146,
    -86.50532032941677,
    24.01409824083091,
    -1.231739572450155,
    0.1208650973866179e-2,
    -0.5395239384953e-5,
  ];
  let y = x;
  const t = x + 5.5 - (x + 0.5) * Math.log(x + 5.5);
  let sum = 1.000000000190015;
  for (const v of c) sum += v / ++y;
  return -t + Math.log((2.5066282746310005 * sum) / x);
}

export const lnChoose = (n: number, k: number): number =>
  lnGamma(n + 1) - lnGamma(k + 1) - lnGamma(n - k + 1);

/** Sums a tail whose first term is e^first and whose ratio from term k to k + 1 is ratio(k). */
function tailFrom(k: number, first: number, ratio: (k: number) => number) {
  let term = 1, sum = 1;
  for (let i = k; i < k + 2000; i++) {
    term *= ratio(i);
    sum += term;
    if (term < 1e-9 * sum) break;
  }
  return Math.min(0, first + Math.log(sum));
}

/** ln P(X ≥ k), X Poisson with this mean. */
export function lnPoissonTail(k: number, mean: number): number {
  if (k <= 0) return 0;
  if (k <= mean) return Math.log(0.6);
  const first = k * Math.log(mean) - mean - lnGamma(k + 1);
  return tailFrom(k, first, (i) => mean / (i + 1));
}

/** ln P(X ≥ k), X negative binomial: a Poisson whose rate varies from one to the next with this gamma shape. */
export function lnNegativeBinomialTail(
  k: number,
  mean: number,
  shape: number,
): number {
  if (k <= 0) return 0;
  if (k <= mean) return Math.log(0.6);
  const p = mean / (mean + shape);
  const first = lnGamma(k + shape) - lnGamma(shape) - lnGamma(k + 1) +
    shape * Math.log(1 - p) + k * Math.log(p);
  return tailFrom(k, first, (i) => p * (i + shape) / (i + 1));
}

/** ln P(X ≥ k), X binomial. */
export function lnBinomialTail(k: number, n: number, p: number): number {
  if (k <= 0) return 0;
  if (k <= n * p) return Math.log(0.6);
  const first = lnChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p);
  return tailFrom(
    k,
    first,
    (i) => i >= n ? 0 : ((n - i) / (i + 1)) * (p / (1 - p)),
  );
}

/** ln P(X ≥ x) of a population's upper tail. */
export type Tail = (x: number) => number;

/** ln P(Z ≥ z), Z standard normal, z ≥ 0 (Börjesson and Sundberg 1979, within 0.3 %). */
export function lnNormalTail(z: number): number {
  return -z * z / 2 - 0.9189385332046727 -
    Math.log(0.661 * z + 0.339 * Math.sqrt(z * z + 5.51));
}

/**
 * Extrapolates the upper tail of a population from its 90th and, with 200 values or more, its 95th or 97th percentile: a value's distance from
 * the median is taken as a power of a normal deviate. Power 1 is a normal tail, 1.5 about exponential: heavy tails
 * stay heavy, and a few odd values at the very top cannot bend it, since it looks at quantiles only.
 *
 * @param floor least believable standard deviation
 */
export function fitTail(values: Iterable<number>, floor: number): Tail {
  const sorted = ascending(values);
  const n = sorted.length;
  if (n < 8) return () => 0;
  const middle = quantile(sorted, 0.5);
  const q1 = Math.max(quantile(sorted, 0.9) - middle, floor * 1.2816);
  // What little is known of a small sample's tail is not extrapolated as thin.
  let power = 1.35;
  if (n >= 200) {
    // Further out where there are many values, nearer where a few frauds would reach it.
    const [share, z] = n < 1000 ? [0.95, 1.6449] : [0.97, 1.8808];
    const q2 = quantile(sorted, share) - middle;
    power = clamp(
      Math.log(Math.max(q2 / q1, 1)) / Math.log(z / 1.2816),
      1,
      2.2,
    ) + 2 / Math.sqrt(n);
    // One in a hundred may be of another sort: in a large sample they show, and a few frauds are fewer than that.
    if (n >= 1500) {
      const q3 = quantile(sorted, 0.993) - middle;
      power = Math.max(
        power,
        Math.min(
          Math.log(Math.max(q3 / q1, 1)) / Math.log(2.4573 / 1.2816),
          2.6,
        ),
      );
    }
  }
  return (x) => {
    const d = x - middle;
    return d <= 0 ? 0 : lnNormalTail(1.2816 * (d / q1) ** (1 / power));
  };
}
