import { ulid } from "ulid";
import { HOUR, MINUTE } from "../../clock.ts";
import { type Random, seededRandom } from "../random.ts";

/** How large a world is made, from which seed. */
export interface CrowdPlan {
  users: number;
  guilds: number;
  /** Days of life before `today`. */
  days: number;
  seed: number;
  /** Start of a UTC day, milliseconds: everything is before it. */
  today: number;
}

export function randomOf(
  { seed }: CrowdPlan,
  ...labels: (string | number)[]
): Random {
  return seededRandom("crowd", seed, ...labels);
}

/** An id that was made at `at`, the same one for the same labels. */
export function idOf(
  { seed }: CrowdPlan,
  at: number,
  ...labels: (string | number)[]
): string {
  return ulid(at, seededRandom("crowd", seed, at, ...labels));
}

export function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)]!;
}

/** Some of a list, in its order. */
export function some<T>(
  random: Random,
  from: readonly T[],
  count: number,
): T[] {
  const left = [...from.keys()];
  const taken: number[] = [];
  while (taken.length < count && left.length > 0) {
    taken.push(...left.splice(Math.floor(random() * left.length), 1));
  }
  return taken.sort((a, b) => a - b).map((i) => from[i]!);
}

/** How much of a weekday's life a day has: weekends are quiet. */
export function liveliness(dayStart: number): number {
  const day = new Date(dayStart).getUTCDay();
  return day === 0 ? 0.25 : day === 6 ? 0.35 : day === 5 ? 0.85 : 1;
}

/** Local hours at which people do things: most before noon and after lunch, few at night. */
const HOURS = [
  ...[7, 8, 8, 9, 9, 9, 10, 10, 10, 11, 11, 12, 13, 13, 14, 14, 14, 15, 15],
  ...[16, 16, 17, 18, 19, 20, 20, 21, 22],
];

/** A time of a day at which somebody so many hours ahead of UTC would do something. */
export function timeOn(
  random: Random,
  dayStart: number,
  ahead: number,
): number {
  const hour = ((pick(random, HOURS) - ahead) % 24 + 24) % 24;
  return dayStart + hour * HOUR + Math.floor(random() * HOUR);
}

/** The same time, but not at night: what falls on a weekend waits for Monday more often than not. */
export function workingTime(random: Random, at: number): number {
  const DAY = 24 * HOUR;
  let time = at;
  while (
    random() > liveliness(Math.floor(time / DAY) * DAY) && time - at < 3 * DAY
  ) time += DAY;
  return Math.floor(time + random() * 30 * MINUTE);
}
