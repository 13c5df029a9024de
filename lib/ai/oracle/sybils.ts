import { DAY, HOUR, MINUTE } from "../../clock.ts";
import { pairKey } from "./baseline.ts";
import { K } from "./columns.ts";
import { type Detector, duration, type Finding, unique } from "./finding.ts";
import type { Ledger } from "./ledger.ts";
import { ascending, clamp, lnPoissonTail, median } from "./statistics.ts";
import {
  byArrival,
  byDevice,
  type Cluster,
  guildMembers,
  sharedDevices,
} from "./sybil_clusters.ts";

/**
 * Sybil guilds: accounts of one guild that live on a few devices, or came into being and joined together and act in lockstep. A family's
 * tablet, an office's computers and a team that starts on one morning share one of these signs, not several.
 */
export const findSybilGuilds: Detector = (ledger) => {
  const members = guildMembers(ledger);
  const rate = registrationRate(ledger);
  const shared = sharedDevices(ledger);
  const found: Finding[] = [];
  for (const [guild, users] of members) {
    if (users.length < 3) continue;
    const clusters = [
      ...byDevice(ledger, shared, guild, users),
      ...byArrival(ledger, shared, guild, users),
    ];
    for (const c of clusters) {
      const f = judge(ledger, c, rate, members.size);
      if (f) found.push(f);
    }
  }
  found.sort((a, b) =>
    b.odds - a.odds || b.subjects.length - a.subjects.length
  );
  const kept: Finding[] = [];
  for (const f of found) {
    const taken = f.subjects.filter((u) =>
      kept.some((k) => k.subjects.includes(u))
    );
    if (taken.length < f.subjects.length / 2) kept.push(f);
  }
  return kept;
};

function judge(
  ledger: Ledger,
  c: Cluster,
  rate: number,
  guilds: number,
): Finding | undefined {
  const size = c.users.length;
  const registered = arrivals(c.users.map((u) => ledger.registeredAt[u]!));
  const joined = arrivals(
    c.users.map((u) => ledger.joinedAt.get(pairKey(u, c.guild)) ?? NaN),
  );
  const evRegistered = registered.count < 3 ? 0 : clamp(
    -lnPoissonTail(
      registered.count - 1,
      rate * Math.max(registered.span, MINUTE) + 0.02,
    ),
    0,
    10,
  );
  // Joins follow registrations; on their own they are weaker, since guilds invite people together.
  const evJoined = joined.count < 3 ? 0 : clamp(
    0.5 * (joined.count - 2) *
      Math.log(clamp(12 * HOUR / Math.max(joined.span, MINUTE), 1, 100)),
    0,
    5,
  );
  const step = lockstep(ledger, c);
  const evStep = step.share <= 0.1
    ? 0
    : clamp(7 * (step.share - 0.1) * Math.log(size), 0, 7);
  const each = size / Math.max(1, c.devices);
  const evDevice = c.sharing < 0.25 || size < 3
    ? 0
    : clamp((size - 2.5) * 1.1, 0.3, 7) * c.sharing *
      clamp(Math.log(each) / Math.log(3), 0.2, 1.3);
  const fresh =
    c.users.filter((u) => ledger.registeredAt[u]! > ledger.from - 21 * DAY)
      .length / size;
  const signs = (evDevice > 1.2 ? 1 : 0) + (evRegistered > 3 ? 1 : 0) +
    (evJoined > 2 ? 1 : 0) + (evStep > 2 ? 1 : 0);
  let odds = evDevice + evRegistered + evJoined + evStep + 2 * (fresh - 0.5) -
    Math.log(guilds + 1) * 0.5 - 4;
  if (signs < 2) odds = Math.min(odds, 0.4);
  // Without a shared device only many accounts in very close step are enough; arriving together is what a class does.
  if (evDevice === 0) odds = Math.min(odds - 3, evStep > 4 ? odds - 3 : -0.65);
  if (size < 4) odds -= 1.5;
  if (odds < -2) return;
  const rows = evidence(ledger, c, step.rows);
  if (rows.length === 0) return;
  const parts = [
    evDevice > 0
      ? `${size} accounts of one guild on ${c.devices} shared device${
        c.devices === 1 ? "" : "s"
      }`
      : `${size} accounts of one guild`,
  ];
  if (evRegistered > 2) {
    parts.push(
      `${registered.count} registered within ${duration(registered.span)}`,
    );
  }
  if (evJoined > 1) {
    parts.push(`${joined.count} joined within ${duration(joined.span)}`);
  }
  if (evStep > 2) {
    parts.push(
      `${
        Math.round(100 * step.share)
      } % of what they do happens within minutes of each other`,
    );
  }
  return {
    kind: "sybil_guild",
    subjects: unique(c.users),
    rows,
    odds,
    reason: parts.join(", "),
  };
}

/** The tightest stretch of time that holds most of these instants. */
function arrivals(times: number[]): { count: number; span: number } {
  const sorted = ascending(times.filter(Number.isFinite));
  const n = sorted.length;
  if (n < 3) return { count: n, span: Infinity };
  const k = Math.max(3, Math.ceil(0.75 * n));
  let span = Infinity;
  for (let i = 0; i + k - 1 < n; i++) {
    span = Math.min(span, sorted[i + k - 1]! - sorted[i]!);
  }
  return { count: k, span };
}

/** Share of the members' activities (without talk) that happen within 4 minutes together with a third of the others'. */
function lockstep(
  ledger: Ledger,
  c: Cluster,
): { share: number; rows: number[] } {
  const w = ledger.window;
  const rows = c.users.flatMap((u) =>
    [...ledger.byActor[u]!].filter((i) =>
      w.kind[i] !== K.message_sent && w.kind[i] !== K.tribunal_vote
    )
  ).sort((a, b) => a - b);
  if (rows.length < 4) return { share: 0, rows: [] };
  const need = Math.max(2, Math.ceil(0.35 * (c.users.length - 1)));
  const odd: number[] = [];
  let low = 0;
  for (let p = 0; p < rows.length; p++) {
    const i = rows[p]!;
    while (w.at[rows[low]!]! < w.at[i]! - 4 * MINUTE) low++;
    const near = new Set<number>();
    for (
      let q = low;
      q < rows.length && w.at[rows[q]!]! <= w.at[i]! + 4 * MINUTE;
      q++
    ) {
      const j = rows[q]!;
      if (w.kind[j] === w.kind[i] && w.actor[j] !== w.actor[i]) {
        near.add(w.actor[j]!);
      }
    }
    if (near.size >= need) odd.push(i);
  }
  return { share: odd.length / rows.length, rows: odd };
}

/** Arriving, signing in, and what happened in step. */
function evidence(ledger: Ledger, c: Cluster, step: number[]): number[] {
  const w = ledger.window;
  const own = c.users.flatMap((u) =>
    [...ledger.byActor[u]!].filter((i) =>
      w.kind[i] === K.user_registered || w.kind[i] === K.user_signed_in ||
      (w.kind[i] === K.guild_joined && w.guild[i] === c.guild)
    )
  );
  return unique([...own, ...step]);
}

/** Registrations a millisecond, by the usual day. */
function registrationRate(ledger: Ledger): number {
  const days = new Map<number, number>();
  for (const t of ledger.registeredAt) {
    if (!(t >= ledger.oldest)) continue;
    const d = Math.floor(t / DAY);
    days.set(d, (days.get(d) ?? 0) + 1);
  }
  const length = Math.max(1, Math.ceil((ledger.newest - ledger.oldest) / DAY));
  const counts = [...days.values()];
  // The usual day is one without; a file may span millennia.
  if (2 * counts.length + 2 < length) return 0.5 / DAY;
  while (counts.length < length) counts.push(0);
  return (median(counts) * 2 + 0.5) / DAY;
}
