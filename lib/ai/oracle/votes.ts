import { K } from "./columns.ts";
import { type Detector, duration, type Finding, unique } from "./finding.ts";
import type { Ledger } from "./ledger.ts";
import { clamp, lnBinomialTail, lnNegativeBinomialTail } from "./statistics.ts";
import { type Courts, readCourts, type Side, tightest } from "./courts.ts";

/**
 * Vote brigading: the same jurors on the same side of dispute after dispute, or a flood of votes for one side, faster and larger than
 * tribunals here are. Unanimity alone is no sign. The party they favour is not a culprit.
 */
export const findVoteBrigades: Detector = (ledger) => {
  const courts = readCourts(ledger);
  const found: (Finding & { key: string })[] = [];
  const bySize = courts.sides.filter((s) => s.jurors.length >= 3);
  const byJuror = new Map<number, number[]>();
  courts.sides.forEach((s, n) => {
    for (const j of s.jurors) {
      const list = byJuror.get(j);
      if (list) list.push(n);
      else byJuror.set(j, [n]);
    }
  });
  for (const seed of bySize) {
    const f = judge(ledger, courts, seed, byJuror);
    if (f) found.push(f);
  }
  // Each dispute of a brigade finds it again: the strongest finding speaks for those that overlap it.
  found.sort((a, b) => b.odds - a.odds || a.key.localeCompare(b.key));
  const kept: Finding[] = [];
  for (const f of found) {
    const same = kept.find((k) => overlap(k.subjects, f.subjects) >= 0.5);
    if (!same) kept.push(f);
    else if (
      overlap(f.subjects, same.subjects) >= 0.7 && f.odds > 2 &&
      f.subjects.length <= same.subjects.length + 2
    ) {
      same.rows = unique([
        ...same.rows,
        ...f.rows.filter((i) =>
          same.subjects.includes(ledger.window.actor[i]!)
        ),
      ]);
    }
  }
  return kept;
};

/** Share of b that is in a. */
const overlap = (a: number[], b: number[]) =>
  b.filter((x) => a.includes(x)).length / b.length;

function judge(
  ledger: Ledger,
  courts: Courts,
  seed: Side,
  byJuror: Map<number, number[]>,
): (Finding & { key: string }) | undefined {
  const { window: w } = ledger;
  // 1. The same people together elsewhere.
  const together = new Map<number, number[]>();
  for (const j of seed.jurors) {
    for (const n of byJuror.get(j)!) {
      const side = courts.sides[n]!;
      if (side.bounty === seed.bounty) continue;
      const list = together.get(n);
      if (list) list.push(j);
      else together.set(n, [j]);
    }
  }
  let evTogether = 0;
  let favoured = 0;
  const shared: Side[] = [];
  let compared = 0;
  for (const [n, jurors] of together) {
    if (jurors.length < 3) continue;
    compared++;
    const side = courts.sides[n]!;
    // How many of these would sit there anyway, each as often as they sit elsewhere.
    let expected = 0;
    for (const j of seed.jurors) expected += courts.sits(j, side);
    const p = -lnBinomialTail(
      jurors.length,
      seed.jurors.length,
      clamp(expected / seed.jurors.length, 1e-4, 0.95),
    );
    if (p < (side.party === seed.party ? 1.8 : 2.5)) continue;
    evTogether += Math.min(p, 14) - 1.5;
    shared.push(side);
    if (side.party === seed.party) favoured++;
  }
  // As many coincidences as this many disputes bring by themselves.
  evTogether -= 0.15 * together.size + 0.7 * Math.sqrt(compared);
  const regulars = membersOf(ledger, courts, [seed, ...shared]);

  // 2. The tightest run of votes in this dispute.
  const run = tightest(ledger, courts, seed);
  let haste = 0.8 * (run.evidence - courts.haste);
  // 3. More votes than a tribunal has.
  const evFlood = seed.panel <= courts.panel + 2 ? 0 : clamp(
    -lnNegativeBinomialTail(seed.panel, courts.panel, 12) - 2,
    0,
    10,
  );
  const grouped = shared.length > 0 && regulars.length >= 3 &&
    evTogether > (favoured > 0 ? 0.5 : 3);
  const subjects = grouped
    ? regulars
    : evFlood > 4 && haste < 2
    ? seed.jurors
    : run.jurors;
  if (subjects.length < 3) return;
  // A few who voted at the same time do not make all the others hasty.
  if (!grouped && run.jurors.length < 0.6 * subjects.length) {
    haste = Math.min(haste, 0);
  }
  const evDevice = sharedDevices(ledger, subjects);
  const evNovice = novices(ledger, courts, subjects);
  // Many votes alone are a dispute that many care about; a flood comes fast, or from people who never voted, or from few devices.
  const evPanel = Math.min(
    evFlood,
    2 + Math.max(0, haste) + Math.max(0, evNovice) + evDevice,
  );
  const members = new Set(subjects);
  const rows = [seed, ...(grouped ? shared : [])].flatMap((s) =>
    s.rows.filter((i) => members.has(w.actor[i]!))
  );
  const size = clamp(1.2 * (subjects.length - 4), -2.4, 2.4);
  const sum = clamp(grouped ? evTogether : 0, 0, 24) +
    clamp(haste, 0, 12) + evPanel + 1.5 * Math.min(favoured, 3) +
    evDevice + evNovice + size -
    Math.log(courts.sides.length + 1) - 2.5;
  // One dispute that many came to at leisure is one that many care about, whoever they are: most will never have voted.
  const leisurely = !grouped && evDevice < 2 &&
    (haste < 2 || run.length > 0.25 * courts.span);
  const odds = leisurely ? Math.min(sum, 0.8) : sum;
  if (odds < -2) return;
  const length = subjects === run.jurors
    ? run.length
    : w.at[seed.rows.at(-1)!]! - w.at[seed.rows[0]!]!;
  const disputes = 1 + (grouped ? shared.length : 0);
  const name = ledger.users.texts[seed.party] ?? "one party";
  return {
    kind: "vote_brigading",
    key: ledger.window.ids[seed.rows[0]!]!,
    subjects: unique(subjects),
    rows: unique(rows),
    odds,
    reason: disputes > 1
      ? `The same ${subjects.length} jurors voted for the same side in ${disputes} disputes${
        favoured > 0 ? `, ${favoured + 1} times for ${name}` : ""
      }${haste > 2 ? `, within ${duration(run.length)} of each other` : ""}`
      : `${subjects.length} votes for ${name} within ${
        duration(length)
      }, where a tribunal here has ${courts.panel} votes over ${
        duration(courts.span)
      }`,
  };
}

/**
 * Who belongs to a brigade seen in these disputes: those on its side in most of them, or in fewer but in the midst of the
 * others' votes where these came close together.
 */
function membersOf(ledger: Ledger, courts: Courts, sides: Side[]): number[] {
  const often = new Map<number, number>();
  for (const s of sides) {
    for (const j of s.jurors) often.set(j, (often.get(j) ?? 0) + 1);
  }
  const need = Math.max(2, Math.ceil(0.4 * sides.length));
  const core = new Set(
    [...often].filter(([, n]) => n >= need).map(([j]) => j),
  );
  const all = new Set(core);
  for (const s of sides) {
    const here = s.jurors.filter((j) => core.has(j));
    if (here.length < 2) continue;
    const run = tightest(ledger, courts, s);
    const inRun = run.jurors.filter((j) => core.has(j)).length;
    // Honest jurors who happened to vote in the same moments would be taken along.
    const bystanders = courts.panel * run.length / courts.span;
    if (bystanders > 0.3) continue;
    if (run.evidence > courts.haste + 2 && inRun >= 0.6 * here.length) {
      for (const j of run.jurors) all.add(j);
    }
  }
  return [...all];
}

/** Jurors who use each other's devices. */
function sharedDevices(ledger: Ledger, jurors: number[]): number {
  const owners = new Map<number, Set<number>>();
  for (const j of jurors) {
    for (const i of ledger.byActor[j]!) {
      const d = ledger.window.device[i]!;
      if (d < 0) continue;
      const set = owners.get(d) ?? new Set();
      set.add(j);
      owners.set(d, set);
    }
  }
  const sharing = new Set<number>();
  for (const set of owners.values()) {
    if (set.size > 1) { for (const j of set) sharing.add(j); }
  }
  // Of many jurors a few are of one household, or met in one house.
  const share = Math.min(1, 2 * sharing.size / jurors.length);
  return clamp((sharing.size - 1) * share, 0, 4);
}

/** Jurors that never voted before, where jurors here usually have. */
function novices(ledger: Ledger, courts: Courts, jurors: number[]): number {
  if (ledger.baselineWeeks < 1) return 0;
  const { baseline } = ledger;
  const here = jurors.filter((j) => baseline.count(j, K.tribunal_vote) === 0);
  const share = clamp(courts.novices, 0.1, 0.9);
  const ln = here.length * Math.log(0.9 / share) +
    (jurors.length - here.length) * Math.log(0.3 / (1 - share));
  return clamp(0.5 * ln, -1, 3);
}
