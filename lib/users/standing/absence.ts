import type { TrustRecord } from "./types.ts";

/**
 * What somebody's absence has cost them. It is kept in their user's row, which a loss has to write anyway: the weekly
 * decay concerns everybody who is away, and one row a person instead of three is what makes it quick.
 */
export interface Absence {
  /** Whole days up to this time, in milliseconds, have been taken account of. */
  through: number;
  /** The newest `LOSSES_KEPT`, oldest first, each as `encode` writes it. */
  losses: string;
}

/** One loss: when, in milliseconds, and trust before and after. */
export type Loss = Pick<TrustRecord, "at" | "from" | "to">;

/** Half a year of weekly runs. */
const LOSSES_KEPT = 26;
/** Characters of a loss: its parts in base 36, enough for times until the year 5188, and for trust up to 1000. */
const LENGTH = 13;

/**
 * Fixed width, in one string: the row is read and written on many more occasions than the losses are looked at, and as
 * objects, or even tuples, half a year of them made a run four times as long (measured).
 */
function encode({ at, from, to }: Loss): string {
  // In halves: a whole number of up to 31 bits becomes text several times as fast as a larger one.
  return digits(Math.floor(at / HALF), 4) + digits(at % HALF, 5) +
    digits(from, 2) + digits(to, 2);
}

const HALF = 36 ** 5;

function digits(n: number, width: number): string {
  return n.toString(36).padStart(width, "0");
}

function decode(text: string): Loss {
  const [at, from, to] = [
    text.slice(0, 9),
    text.slice(9, 11),
    text.slice(11),
  ].map((part) => parseInt(part, 36));
  return { at: at!, from: from!, to: to! };
}

/** The absence after another loss. */
export function withLoss(
  before: Absence | undefined,
  through: number,
  loss: Loss,
): Absence {
  const earlier = before?.losses.slice(-LENGTH * (LOSSES_KEPT - 1)) ?? "";
  return { through, losses: earlier + encode(loss) };
}

/** The losses that are known, oldest first. */
export function lossesOf(absence: Absence | undefined): Loss[] {
  const text = absence?.losses ?? "";
  return Array.from(
    { length: text.length / LENGTH },
    (_, i) => decode(text.slice(i * LENGTH, (i + 1) * LENGTH)),
  );
}

/** The losses as the history of trust shows them, oldest first. */
export function lossRecords(absence: Absence | undefined): TrustRecord[] {
  return lossesOf(absence).map((loss) => ({
    id: `absence-${loss.at}`,
    ...loss,
    reason: "inactivity",
    link: null,
  }));
}
