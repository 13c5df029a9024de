import { K, O } from "./columns.ts";
import { type Detector, type Finding, unique } from "./finding.ts";
import type { Ledger } from "./ledger.ts";
import { clamp, lnNegativeBinomialTail } from "./statistics.ts";

interface Record {
  raised: number[];
  dismissed: number[];
  upheld: number;
  accused: Set<number>;
  bounties: number;
}

/**
 * Dispute abuse: far more disputes than one's bounties explain, mostly dismissed or still open; or several people dragging one
 * person into disputes that are dismissed. Rates are shrunken towards the platform's own, so a busy client's few
 * disputes and somebody who is right each time stay quiet.
 */
export const findDisputeAbuse: Detector = (ledger) => {
  const { window: w, baseline } = ledger;
  const records = readRecords(ledger);
  const [rate, dismissal] = learnRates(ledger, records);
  const users = ledger.byActor.filter((rows) => rows.length > 0).length;
  const findings: Finding[] = [];
  for (const [user, r] of records) {
    const n = r.raised.length;
    if (n < 3) continue;
    const weeks = ledger.baselineWeeks;
    const before = weeks >= 0.5
      ? baseline.count(user, K.dispute_raised) / weeks
      : 0;
    // Who always disputed as much is judged by outcomes; what was before shifts the expectation half way.
    const expected = rate * (r.bounties + 1) + 0.5 * before;
    const rare = -lnNegativeBinomialTail(n, expected, 1.2);
    const verdicts = r.dismissed.length * Math.log(0.82 / dismissal) +
      r.upheld * Math.log(0.18 / (1 - dismissal));
    let odds = clamp(rare, 0, 18) - Math.log(users) +
      clamp(verdicts, -8, 5) +
      clamp(1.5 * (n - 5.3), -4, 4) +
      0.5 * Math.log(r.accused.size) - 1;
    // Who is mostly right is no abuser, however often.
    if (
      verdicts < -3 &&
      r.dismissed.length < 0.35 * (r.dismissed.length + r.upheld)
    ) odds = Math.min(odds, 0.5);
    if (odds < -2) continue;
    const closed = r.dismissed.length + r.upheld;
    findings.push({
      kind: "dispute_abuse",
      subjects: [user],
      rows: unique([...r.raised, ...r.dismissed]),
      odds,
      reason: `Raised ${n} disputes against ${r.accused.size} ${
        r.accused.size === 1 ? "person" : "people"
      } in a week with ${r.bounties} bounties, ${
        closed === 0
          ? "none resolved yet"
          : `${r.dismissed.length} of the ${closed} resolved were dismissed`
      }`,
    });
  }
  return [
    ...findings,
    ...mobs(ledger, records, [rate, dismissal], findings),
  ].map((f) => ({
    ...f,
    rows: f.rows.filter((i) => i >= w.first),
  }));
};

/** Several raisers, one accused, dismissed nearly every time. */
function mobs(
  ledger: Ledger,
  records: Map<number, Record>,
  [rate, dismissal]: [number, number],
  found: Finding[],
): Finding[] {
  const { window: w } = ledger;
  const byAccused = new Map<
    number,
    { raisers: Set<number>; rows: number[]; dismissed: number; upheld: number }
  >();
  for (const [raiser, r] of records) {
    for (const i of r.raised) {
      const accused = w.other[i]!;
      if (accused < 0) continue;
      let m = byAccused.get(accused);
      if (!m) {
        byAccused.set(
          accused,
          m = { raisers: new Set(), rows: [], dismissed: 0, upheld: 0 },
        );
      }
      m.raisers.add(raiser);
      m.rows.push(i);
    }
  }
  for (const i of ledger.byKind[K.dispute_resolved]!) {
    const m = byAccused.get(w.other[i]!);
    if (!m || !m.raisers.has(w.actor[i]!)) continue;
    if (w.outcome[i] === O.dismissed) {
      m.dismissed++;
      m.rows.push(i);
    } else if (w.outcome[i] === O.upheld) m.upheld++;
  }
  const alone = new Set(
    found.filter((f) => f.odds > 1.38).flatMap((f) => f.subjects),
  );
  return [...byAccused].flatMap(([accused, m]): Finding[] => {
    const raisers = [...m.raisers].filter((u) => !alone.has(u));
    if (raisers.length < 4) return [];
    const works = new Set(
      [...ledger.byActor[accused]!].map((i) => w.bounty[i]!),
    ).size;
    const rare = -lnNegativeBinomialTail(
      raisers.length,
      rate * (works + 1),
      1,
    );
    const verdicts = m.dismissed * Math.log(0.92 / dismissal) +
      m.upheld * Math.log(0.08 / (1 - dismissal));
    const odds = clamp(rare, 0, 14) - Math.log(byAccused.size + 1) +
      clamp(verdicts, -10, 4) - 4;
    if (odds < -2) return [];
    return [{
      kind: "dispute_abuse",
      subjects: unique(raisers),
      rows: unique(m.rows.filter((i) => !alone.has(w.actor[i]!))),
      odds,
      reason: `${raisers.length} people raised disputes against ${
        ledger.users.texts[accused]
      } within a week, ${m.dismissed} of ${
        m.dismissed + m.upheld
      } resolved were dismissed`,
    }];
  });
}

function readRecords(ledger: Ledger): Map<number, Record> {
  const { window: w } = ledger;
  const records = new Map<number, Record>();
  for (const i of ledger.byKind[K.dispute_raised]!) {
    const user = w.actor[i]!;
    let r = records.get(user);
    if (!r) {
      const bounties = new Set<number>();
      for (const j of ledger.byActor[user]!) {
        const kind = w.kind[j]!;
        if (
          kind === K.bounty_posted || kind === K.bounty_accepted ||
          kind === K.bounty_submitted || kind === K.bounty_reviewed ||
          kind === K.bounty_paid
        ) bounties.add(w.bounty[j]!);
      }
      r = {
        raised: [],
        dismissed: [],
        upheld: 0,
        accused: new Set(),
        bounties: bounties.size,
      };
      records.set(user, r);
    }
    r.raised.push(i);
    r.accused.add(w.other[i]!);
  }
  for (const i of ledger.byKind[K.dispute_resolved]!) {
    const r = records.get(w.actor[i]!);
    if (!r) continue;
    if (w.outcome[i] === O.dismissed) r.dismissed.push(i);
    else if (w.outcome[i] === O.upheld) r.upheld++;
  }
  return records;
}

/** Disputes a bounty, and the share of resolved ones that is dismissed, without the heaviest raisers. */
function learnRates(
  ledger: Ledger,
  records: Map<number, Record>,
): [number, number] {
  const { window: w, baseline } = ledger;
  const heavy = new Set(
    [...records].filter(([, r]) => r.raised.length >= 4).map(([u]) => u),
  );
  let raised = 1, bounties = 20;
  for (const [user, r] of records) {
    if (!heavy.has(user)) raised += r.raised.length;
  }
  for (let u = 0; u < ledger.users.size; u++) {
    raised += Math.min(baseline.count(u, K.dispute_raised), 4);
    bounties += 2 * baseline.count(u, K.bounty_posted);
  }
  bounties += 2 * ledger.byKind[K.bounty_posted]!.length;
  let dismissed = 3, resolved = 6;
  for (const i of ledger.byKind[K.dispute_resolved]!) {
    if (heavy.has(w.actor[i]!) || w.outcome[i] === 0) continue;
    resolved++;
    if (w.outcome[i] === O.dismissed) dismissed++;
  }
  return [
    clamp(raised / bounties, 0.005, 0.5),
    clamp(dismissed / resolved, 0.2, 0.7),
  ];
}
