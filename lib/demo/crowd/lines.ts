import { MINUTE, SECOND } from "../../clock.ts";
import { between, type Random } from "../random.ts";
import { PLACES } from "./names.ts";
import type { Person } from "./people.ts";
import { pick, timeOn } from "./plan.ts";

/** Something that is said, before it has its place. */
export interface Line {
  /** Of its day. */
  id: number;
  at: number;
  by: Person;
  text: string;
  /** Who is named in it. */
  mentioned?: Person;
  /** Of the line that it answers in a thread. */
  to?: number;
}

/** Lets people say the lines of a conversation: as fast as people type, with a pause now and then. */
export function speak(
  random: Random,
  thread: readonly [number, string][],
  cast: readonly Person[],
  day: number,
  offset: number,
): Line[] {
  const opener = cast[0]!;
  let at = timeOn(random, day, opener.ahead);
  const inThread = thread.length > 3 && random() < 0.3;
  const work = aWork(random);
  return thread.map(([who, text], i) => {
    at += between(random, 8, 120) * SECOND +
      (random() < 0.15 ? between(random, 5, 40) * MINUTE : 0);
    const by = cast[who % cast.length]!;
    return {
      id: offset + i,
      at,
      by,
      text: fill(random, text, cast[(who + 1) % cast.length]!, work),
      ...(inThread && i > 0 && { to: offset }),
      ...(text.includes("{mention}") &&
        { mentioned: cast[(who + 1) % cast.length] }),
    };
  });
}

function aWork(random: Random): string {
  const place = pick(random, PLACES);
  return `the work for ${place}`;
}

/** Puts a name and a piece of work into a text. */
export function fill(
  random: Random,
  text: string,
  named: Person,
  work = aWork(random),
): string {
  const filled = text.replaceAll("{work}", work)
    .replaceAll("{mention}", `@${named.user.handle}`)
    .replaceAll("{name}", named.user.name.split(" ")[0]!);
  return filled[0]!.toUpperCase() + filled.slice(1);
}
