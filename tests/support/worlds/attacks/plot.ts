import { DAY, HOUR, MINUTE } from "../../../../lib/clock.ts";
import type { Person, WorldBuilder } from "../builder.ts";
import { bounty, type Regime, talk } from "../life.ts";

/** Which book of attacks: the detector was tuned on the first and never on the second. */
export type Book = "tuning" | "judging";

export interface Plot {
  w: WorldBuilder;
  r: Regime;
  /** 0–1: how much ordinary life the attackers mix in, and how far they soften what they do. */
  camouflage: number;
  book: Book;
  /** Takes people nobody else uses for an attack. */
  cast(n: number): Person[];
}

export const WEEK = 7 * DAY;

/** Fewer and slower with more camouflage, at least `least`. */
export const soften = (p: Plot, n: number, least: number) =>
  Math.max(least, Math.round(n * (1 - 0.5 * p.camouflage)));

/** Ordinary work with outsiders. */
export function blend(p: Plot, people: Person[], each: number): void {
  const { w, r } = p;
  w.unmarked(() => {
    for (const x of people) {
      for (let n = Math.round(each * p.camouflage * 2); n > 0; n--) {
        const at = w.end - w.dice.between(0.5, 6.9) * DAY;
        const outsider = w.dice.pick(w.people);
        if (people.includes(outsider)) continue;
        bounty(w, r, x, at, new Map(), outsider);
        talk(w, x, at + HOUR);
      }
    }
  });
}

/** A quick bounty without work. */
export function sham(
  p: Plot,
  client: Person,
  worker: Person,
  at: number,
  options: {
    amount?: number;
    rating?: number;
    life?: boolean;
    step?: number;
    guild?: string | null;
  },
): number {
  const { w } = p;
  const dice = w.dice;
  const bountyId = w.newBounty();
  const base = { bountyId, guildId: options.guild ?? null };
  const step = options.step ?? 10 * MINUTE;
  let t = at;
  const next = () => t += dice.between(0.3, 1.7) * step;
  const c = { ...base, actorId: client.id, device: client.devices[0]! };
  const k = {
    ...base,
    actorId: worker.id,
    counterpartyId: client.id,
    device: worker.devices[0]!,
  };
  if (options.life !== false) {
    w.emit({
      ...c,
      kind: "bounty_posted",
      at: t,
      amount: options.amount ?? null,
    });
    w.emit({ ...k, kind: "bounty_accepted", at: next() });
    w.emit({ ...k, kind: "bounty_submitted", at: next() });
  }
  if (options.rating) {
    w.emit({
      ...c,
      kind: "bounty_reviewed",
      counterpartyId: worker.id,
      rating: options.rating,
      outcome: "accepted",
      at: next(),
    });
  }
  if (options.amount) {
    w.emit({
      ...c,
      kind: "bounty_paid",
      counterpartyId: worker.id,
      amount: options.amount,
      at: next(),
    });
  }
  return t;
}

/** Somebody with a past. */
export function established(p: Plot): Person {
  for (let tries = 0; tries < 60; tries++) {
    const [x] = p.cast(1);
    const before = p.w.activities.filter((a) =>
      a.actorId === x!.id && (a.at as number) < p.w.end - WEEK
    ).length;
    if (before >= 12) {
      return x!;
    }
  }
  return p.cast(1)[0]!;
}
