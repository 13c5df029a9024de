import { DAY, HOUR, MINUTE, SECOND } from "../clock.ts";
import { between, type Random } from "./random.ts";
import type { Thread } from "./threads/types.ts";

/** A line with the time at which it was said. */
export interface Said {
  at: number;
  speaker: string;
  text: string;
}

/** Hours (UTC) at which conversations begin: most before noon and after lunch, a few in the evening. */
const HOURS = [
  7,
  8,
  8,
  9,
  9,
  9,
  10,
  10,
  11,
  13,
  13,
  14,
  14,
  15,
  15,
  16,
  17,
  19,
  20,
] as const;

function isWeekend(dayStart: number): boolean {
  const day = new Date(dayStart).getUTCDay();
  return day === 0 || day === 6;
}

/** The working days in `[from, to)`, as starts of days in milliseconds. */
export function workingDays(from: number, to: number): number[] {
  const days: number[] = [];
  for (let day = from; day < to; day += DAY) {
    if (!isWeekend(day)) days.push(day);
  }
  return days;
}

/** Spreads conversations over working days in their order, at most a few a day. */
export function scheduleThreads(
  random: Random,
  threads: readonly Thread[],
  days: readonly number[],
): Said[] {
  const starts = threads.map((_, i) => {
    const day = days[
      Math.min(
        days.length - 1,
        Math.floor((i + random()) * days.length / threads.length),
      )
    ]!;
    return day + HOURS[between(random, 0, HOURS.length - 1)]! * HOUR +
      between(random, 0, 59) * MINUTE;
  }).sort((a, b) => a - b);
  let free = 0;
  return threads.flatMap((thread, i) => {
    const said = speak(random, thread, Math.max(starts[i]!, free));
    free = said.at(-1)!.at + 10 * MINUTE;
    return said;
  });
}

/** Says the lines from `start` on: as fast as people type, with a pause now and then. */
export function speak(random: Random, thread: Thread, start: number): Said[] {
  let at = start;
  return thread.map(([speaker, text]) => {
    const pause = random() < 0.12
      ? between(random, 6, 18) * MINUTE
      : between(random, 6, 110) * SECOND;
    at += pause + Math.min(text.length * 120, 30 * SECOND) +
      between(random, 0, 999);
    return { at, speaker, text };
  });
}
