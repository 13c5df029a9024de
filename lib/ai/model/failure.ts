import type { Fallback } from "../told.ts";

/** An answer that cannot be used. */
export class UnfitAnswer extends Error {
  override name = "UnfitAnswer";

  constructor(
    readonly reason: "invalid_answer" | "unsafe_answer",
    message: string,
  ) {
    super(message);
  }
}

/** There is nothing left of the day's budget. */
export class OverBudget extends Error {
  override name = "OverBudget";
}

/** The endpoint failed a moment ago and is left alone for a while. */
export class Resting extends Error {
  override name = "Resting";

  constructor(readonly reason: Fallback) {
    super(`The model rests: ${reason}`);
  }
}
