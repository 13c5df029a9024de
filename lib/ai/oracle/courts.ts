import { DAY } from "../../clock.ts";
import { pairKey } from "./baseline.ts";
import { K } from "./columns.ts";
import { unique } from "./finding.ts";
import type { Ledger } from "./ledger.ts";
import { ascending, clamp, lnChoose, median, quantile } from "./statistics.ts";

/** The votes of one dispute for one party. */
export interface Side {
  bounty: number;
  party: number;
  guild: number;
  jurors: number[];
  rows: number[];
  /** Votes of the whole dispute. */
  panel: number;
  /** Found once. */
  run?: Run;
}

/** Votes for one side that came quickly one after another. */
interface Run {
  /** −ln of its probability, if votes fell evenly over the usual time. */
  evidence: number;
  jurors: number[];
  length: number;
}

export interface Courts {
  /** Chance that a juror is on a side, by how often they vote elsewhere. */
  sits(juror: number, side: Side): number;
  sides: Side[];
  /** What the quickest tenth of sides shows as evidence of haste; less than that is none. */
  haste: number;
  /** Share of jurors who never voted before. */
  novices: number;
  /** Usual votes a dispute. */
  panel: number;
  /** Usual time from a dispute's first to its last vote, ms. */
  span: number;
}

/** The most surprising run of votes for one side, if votes fell evenly over the usual time. */
export function tightest(ledger: Ledger, courts: Courts, side: Side): Run {
  return side.run ??= findRun(ledger, courts, side);
}

function findRun(ledger: Ledger, courts: Courts, side: Side): Run {
  const at = ledger.window.at;
  let evidence = 0, first = 0, last = side.rows.length - 1;
  for (let a = 0; a < side.rows.length; a++) {
    for (let b = a + 2; b < side.rows.length; b++) {
      const k = b - a + 1;
      const s = at[side.rows[b]!]! - at[side.rows[a]!]!;
      const share = Math.max(s, 1000) / courts.span;
      if (share >= 0.5) continue;
      const n = Math.max(side.panel, k);
      const p = lnChoose(n, k) + Math.log(k) + (k - 1) * Math.log(share);
      if (-p > evidence) {
        evidence = -p;
        first = a;
        last = b;
      }
    }
  }
  // Stragglers at the ends, after a pause that the run does not have inside, are somebody else.
  const gap = (n: number) => at[side.rows[n + 1]!]! - at[side.rows[n]!]!;
  for (let cut = true; cut && last - first >= 4;) {
    const inner: number[] = [];
    for (let n = first + 1; n < last - 1; n++) inner.push(gap(n));
    const most = 3 * Math.max(median(inner), 1000);
    cut = false;
    if (gap(first) > most) cut = first++ >= 0;
    else if (gap(last - 1) > most) cut = last-- >= 0;
  }
  return {
    evidence,
    jurors: unique(
      side.rows.slice(first, last + 1).map((i) => ledger.window.actor[i]!),
    ),
    length: at[side.rows[last]!]! - at[side.rows[first]!]!,
  };
}

export function readCourts(ledger: Ledger): Courts {
  const { window: w } = ledger;
  const sides = new Map<number, Side>();
  const disputes = new Map<number, number[]>();
  const votes = new Map<number, number>();
  for (const i of ledger.byKind[K.tribunal_vote]!) {
    const bounty = w.bounty[i]!, party = w.other[i]!, juror = w.actor[i]!;
    if (party < 0) continue;
    votes.set(juror, (votes.get(juror) ?? 0) + 1);
    if (bounty >= 0) {
      const list = disputes.get(bounty);
      if (list) list.push(i);
      else disputes.set(bounty, [i]);
    }
    // Votes on no known bounty still have a party.
    const key = pairKey(bounty + 1, party);
    const side = sides.get(key);
    if (!side) {
      sides.set(key, {
        bounty,
        party,
        guild: w.guild[i]!,
        jurors: [juror],
        rows: [i],
        panel: 0,
      });
    } else {
      side.rows.push(i);
      if (!side.jurors.includes(juror)) side.jurors.push(juror);
    }
  }
  const sizes: number[] = [], spans: number[] = [];
  for (const rows of disputes.values()) {
    sizes.push(rows.length);
    if (rows.length >= 3) {
      const length = w.at[rows[rows.length - 1]!]! - w.at[rows[0]!]!;
      spans.push(length * (rows.length + 1) / (rows.length - 1));
    }
  }
  for (const side of sides.values()) {
    side.panel = disputes.get(side.bounty)?.length ?? side.rows.length;
  }
  const total = ledger.byKind[K.tribunal_vote]!.length;
  const local = locality(ledger);
  const courts: Courts = {
    haste: 0,
    novices:
      [...votes.keys()].filter((j) =>
        ledger.baseline.count(j, K.tribunal_vote) === 0
      ).length / Math.max(1, votes.size),
    sides: [...sides.values()],
    panel: sizes.length >= 4 ? Math.round(median(sizes)) : 5,
    span: spans.length >= 4
      ? Math.max(quantile(ascending(spans), 0.35), 60_000)
      : DAY,
    sits(juror, side) {
      const n = side.jurors.length;
      // Without the two votes that are being compared.
      const elsewhere = Math.max(0, votes.get(juror)! - 2) + 0.3;
      const anywhere = elsewhere * n / Math.max(1, total - n);
      const near = local === undefined || side.guild < 0
        ? 0
        : n / Math.max(n, local.get(side.guild) ?? n);
      return clamp(Math.max(anywhere, near), 0, 1);
    },
  };
  const hastes = courts.sides.filter((s) => s.jurors.length >= 3).map((s) =>
    tightest(ledger, courts, s).evidence
  );
  courts.haste = hastes.length >= 10
    ? Math.min(quantile(ascending(hastes), 0.88), 8)
    : 4;
  return courts;
}

/** Members by guild, where tribunals are drawn from the guild that the dispute is in; otherwise undefined. */
function locality(ledger: Ledger): Map<number, number> | undefined {
  const w = ledger.window;
  let inside = 0, all = 0;
  for (const i of ledger.byKind[K.tribunal_vote]!) {
    if (w.guild[i]! < 0) continue;
    all++;
    if (ledger.joined(w.actor[i]!, w.guild[i]!)) inside++;
  }
  if (all < 10 || inside < 0.6 * all) return undefined;
  return ledger.guildSizes();
}
