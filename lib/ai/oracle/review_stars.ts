import { pairKey } from "./baseline.ts";
import { K } from "./columns.ts";
import { wholeBounties } from "./dealings.ts";
import { type Finding, unique } from "./finding.ts";
import type { Ledger } from "./ledger.ts";
import { clamp, lnBinomialTail } from "./statistics.ts";
import { stretch, unpaid, type World } from "./review_world.ts";

/** One worker's reviews from several people in the window, of one sort. */
function star(
  ledger: Ledger,
  wanted: (rating: number) => boolean,
): Map<number, number[]> {
  const w = ledger.window;
  const byWorker = new Map<number, number[]>();
  for (const i of ledger.byKind[K.bounty_reviewed]!) {
    if (
      w.rating[i] === 0 || !wanted(w.rating[i]!) || w.other[i]! < 0 ||
      w.other[i] === w.actor[i]
    ) continue;
    const list = byWorker.get(w.other[i]!);
    if (list) list.push(i);
    else byWorker.set(w.other[i]!, [i]);
  }
  return byWorker;
}

/** Several people who give one worker bad ratings for work that never was. The worker is no culprit. */
export function bombings(ledger: Ledger, world: World): Finding[] {
  const w = ledger.window;
  const bad = star(ledger, (r) => r <= 2);
  return [...bad].flatMap(([worker, rows]): Finding[] => {
    const people = unique(rows.map((i) => w.actor[i]!));
    if (rows.length < 4 || people.length < 2) return [];
    const evPace = world.pace.imitation(rows);
    const evLow = clamp(
      0.5 * rows.length * Math.log(0.9 / clamp(world.pace.low, 0.02, 0.5)),
      0,
      6,
    );
    const repeats = rows.length - people.length;
    let odds = evLow + evPace + clamp(repeats, 0, 4) +
      unpaid(ledger, world, rows) - 8.5;
    // Many unhappy clients of real work are no conspiracy.
    if (evPace < 1 && repeats < 3) odds = Math.min(odds, 0.5);
    if (odds < -2) return [];
    return [{
      kind: "review_collusion",
      subjects: people,
      rows: wholeBounties(ledger, rows, people),
      odds,
      reason: `${people.length} people gave ${
        ledger.users.texts[worker]
      } ${rows.length} ratings of 2 or less within ${stretch(ledger, rows)}`,
    }];
  });
}

/**
 * Many people who praise one worker for work that was hardly done. Sham praise of one worker is weighed against how much of it there is
 * everywhere; honest clients of the same worker are left out.
 */
export function liftings(ledger: Ledger, world: World): Finding[] {
  const { window: w, baseline } = ledger;
  const good = star(ledger, (r) => r >= 5);
  let shams = 0, all = 0;
  for (const rows of good.values()) {
    all += rows.length;
    for (const i of rows) if (world.pace.sham(i)) shams++;
  }
  const usual = clamp(1.6 * (shams + 1) / (all + 10), 0.05, 0.6);
  const workers = [...good.values()].filter((rows) => rows.length >= 4).length;
  return [...good].flatMap(([worker, praise]): Finding[] => {
    const sham = praise.filter((i) => world.pace.sham(i));
    const people = unique(sham.map((i) => w.actor[i]!));
    if (sham.length < 4 || people.length < 2) return [];
    const rows = praise.filter((i) => people.includes(w.actor[i]!));
    const evSham = clamp(
      -lnBinomialTail(sham.length, praise.length, usual),
      0,
      8,
    );
    const fresh = people.filter((u) =>
      baseline.reviews.get(pairKey(u, worker)) === undefined
    ).length / people.length;
    const loyal = people.filter((u) =>
      world.given.get(u)! <=
        world.reviews.get(pairKey(u, worker))!.rows.length + 1
    ).length / people.length;
    const again = people.filter((u) =>
      sham.filter((i) =>
        w.actor[i] === u
      ).length > 1
    ).length;
    const repeats = clamp(
      -0.7 * lnBinomialTail(
        again,
        people.length,
        clamp(world.repeat, 0.05, 0.5),
      ),
      0,
      6,
    );
    const length = w.at[rows[rows.length - 1]!]! - w.at[rows[0]!]!;
    const odds = evSham + world.pace.imitation(rows) +
      unpaid(ledger, world, rows) + repeats +
      (ledger.baselineWeeks >= 1 ? 2.5 * (fresh - 0.6) : 0) +
      1.5 * (loyal - 0.5) +
      clamp(Math.log(3 * 86_400_000 / Math.max(length, 60_000)), -1, 2.5) -
      0.5 * Math.log(workers + 1) - 9.5;
    if (odds < -2) return [];
    return [{
      kind: "review_collusion",
      subjects: unique([...people, worker]),
      rows: wholeBounties(ledger, rows, [...people, worker]),
      odds,
      reason: `${people.length} people gave ${
        ledger.users.texts[worker]
      } ${rows.length} 5-star reviews within ${
        stretch(ledger, rows)
      }, for work that was hardly done or paid`,
    }];
  });
}
