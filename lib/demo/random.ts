/** Numbers in `[0, 1)`, the same ones for the same seed. */
export type Random = () => number;

/**
 * A generator of its own for each thing that is made: adding one thing does not change the others, and the millionth
 * user needs none of the users before. FNV-1a of the labels into mulberry32.
 */
export function seededRandom(...labels: (string | number)[]): Random {
  let state = 0x811c9dc5;
  for (const character of labels.join("/")) {
    state ^= character.codePointAt(0)!;
    state = Math.imul(state, 0x01000193);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number in `[from, to]`. */
export function between(random: Random, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1));
}
