import type { Signals } from "../../../lib/ai/matching/fit.ts";

/** A need and how everything that was offered stands to it. */
export interface Example {
  /** Id → grade, 0–3. */
  fits: Readonly<Record<string, number>>;
  asksSkills: boolean;
  offers: readonly (Signals & { id: string })[];
}

/** How likely an offer of a grade suits. */
const TARGET = [0, 0.3, 0.7, 1];
/** What suits is rare and counts more. */
const RARE = 4;
const ROUNDS = 4_000;
const RATE = 4;
const RIDGE = 0.0005;

/** Logistic regression by gradient descent: the weights of the matchmaker. Deterministic. */
export function fitWeights(examples: readonly Example[]) {
  const points = examples.flatMap(({ fits, asksSkills, offers }) =>
    offers.map(({ id, whole, parts, skills, words }) => ({
      x: [1, asksSkills ? 0 : 1, whole, parts, skills, words],
      y: TARGET[fits[id] ?? 0]!,
    }))
  );
  const w = new Array<number>(6).fill(0);
  for (let round = 0; round < ROUNDS; round++) {
    const slope = new Array<number>(6).fill(0);
    let total = 0;
    for (const { x, y } of points) {
      const weight = y > 0 ? RARE : 1;
      const z = x.reduce((sum, value, i) => sum + value * w[i]!, 0);
      const error = (1 / (1 + Math.exp(-z)) - y) * weight;
      total += weight;
      for (let i = 0; i < 6; i++) slope[i]! += error * x[i]!;
    }
    for (let i = 0; i < 6; i++) {
      w[i]! -= RATE * (slope[i]! / total + (i > 1 ? RIDGE * w[i]! : 0));
    }
  }
  const [bias, noSkills, whole, parts, skills, words] = w.map((value) =>
    Math.round(value * 100) / 100
  );
  return { bias, noSkills, whole, parts, skills, words };
}
