import { DAY, HOUR } from "../../clock.ts";
import { type Amounts, learnAmounts } from "./amounts.ts";
import { increment, pairKey } from "./baseline.ts";
import { K } from "./columns.ts";
import { earned, learnPace, type Pace, unearnedShare } from "./dealings.ts";
import { type Detector, duration, figure, type Finding } from "./finding.ts";
import type { Ledger } from "./ledger.ts";
import { type Busyness, learnBusyness } from "./rhythm.ts";
import { clamp, lnNegativeBinomialTail } from "./statistics.ts";
import { newDeviceSessions, type Session } from "./device_sessions.ts";

/**
 * Account takeover: an established account appears on a device it never used, and there does what its owner does not: pays strangers,
 * unusually much, in a burst, at the owner's night, leaves guilds. A new device alone, with the owner's own life on it, is a
 * new telephone or a journey.
 */
export const findTakeovers: Detector = (ledger) => {
  const sessions = newDeviceSessions(ledger);
  if (sessions.length === 0) return [];
  const amounts = learnAmounts(ledger);
  const world = learnWorld(ledger);
  const sightings = new Map<number, number>();
  for (const s of sessions) {
    for (const d of s.devices) sightings.set(d, (sightings.get(d) ?? 0) + 1);
  }
  return sessions.flatMap((s) =>
    judge(ledger, amounts, world, sightings, sessions.length, s)
  );
};

interface World {
  users: number;
  paymentsADay: number;
  eventsADay: number;
  /** Share of payments that no bounty of the payer, worked on by the payee, explains. */
  unearned: number;
  /** Share of payments for hardly any work. */
  quick: number;
  hours: Float64Array;
  pace: Pace;
  busy: Busyness;
  /** Devices that somebody was seen on before the window. */
  devices: Map<number, number>;
}

function judge(
  ledger: Ledger,
  amounts: Amounts,
  world: World,
  sightings: Map<number, number>,
  sessions: number,
  s: Session,
): Finding[] {
  const { window: w, baseline } = ledger;
  const { user, rows } = s;
  const start = w.at[rows[0]!]!, end = w.at[rows[rows.length - 1]!]!;
  const mine = new Set(rows);
  const others = [...ledger.byActor[user]!].filter((i) => !mine.has(i));
  const before = others.filter((i) => w.at[i]! < start);
  const after = others.filter((i) => w.at[i]! >= start);
  const days = Math.max(
    1,
    baseline.activeDays[user]! +
      new Set(
        (ledger.baselineWeeks < 0.5 ? others : before).map((i) =>
          Math.floor(w.at[i]! / DAY)
        ),
      ).size,
  );
  const span = clamp((end - start) / DAY, 0.5, 3);

  const payments = rows.filter((i) => w.kind[i] === K.bounty_paid);
  const payees = new Set(
    before.filter((i) => w.kind[i] === K.bounty_paid).map((i) => w.other[i]!),
  );
  const strange = payments.filter((i) =>
    !baseline.payments.has(pairKey(user, w.other[i]!)) &&
    !payees.has(w.other[i]!)
  );
  // Paying for work is what owners do, whoever the worker is; for hardly any work, it is half a sign.
  const unearned = strange.filter((i) => !earned(ledger, i)).length;
  const quick =
    strange.filter((i) => earned(ledger, i) && world.pace.sham(i)).length;
  const odd = Math.round(
    unearned + 0.5 * quick + 0.2 * (strange.length - unearned - quick),
  );
  const paidBefore = baseline.count(user, K.bounty_paid) +
    before.filter((i) => w.kind[i] === K.bounty_paid).length;
  const pays = (paidBefore + 3 * world.paymentsADay) / (days + 3);
  const acts = (baseline.total(user) + before.length + 3 * world.eventsADay) /
    (days + 3);

  const busy = world.busy(start, end);
  const evPay = strange.length === 0 ? -1 : clamp(
    -lnNegativeBinomialTail(odd, pays * span * busy, 1.5),
    0,
    10,
  );
  const evUnearned = clamp(
    unearned * Math.log(0.8 / clamp(world.unearned, 0.02, 0.8)) +
      0.5 * quick * Math.log(0.8 / clamp(world.quick, 0.05, 0.8)),
    0,
    5,
  );
  const excess = payments.map((i) =>
    -amounts.residual(Math.log(w.amount[i]!) - amounts.usual(user).middle)
  ).filter((p) => p > 0).sort((a, b) => b - a);
  const evAmount = clamp(
    (excess[0] ?? 0) + 0.5 * ((excess[1] ?? 0) + (excess[2] ?? 0)) - 2.5,
    0,
    8,
  );
  const evBurst = clamp(
    -lnNegativeBinomialTail(rows.length, acts * Math.max(1, span) * busy, 2) -
      1.5,
    0,
    6,
  );
  const evHour = nightness(ledger, world, s);
  const left = rows.filter((i) => w.kind[i] === K.guild_left).length;
  const evLeft = Math.min(4, 2 * left);
  const shared = Math.max(...s.devices.map((d) => sightings.get(d)!));
  const evShared = shared > 1 ? 1.5 : 0;
  const abandoned = after.length === 0 && ledger.newest - start > 1.5 * DAY &&
    ledger.newest - end < DAY;
  const evReturn = abandoned
    ? -2
    : after.length > 0 && ledger.newest - end > DAY
    ? 0.7
    : 0;
  const rarity = clamp(
    0.6 * Math.log(world.users / (sessions + 1)) - 1,
    -1,
    1.5,
  );

  const deeds = evPay + evUnearned + evAmount + 0.8 * evBurst + evLeft;
  // Who is on another device every day, or on a third within this session, is not known by devices.
  const known = world.devices.get(user) ?? 0;
  const evFickle = (known >= 4 && known > 0.3 * days ? -4 : 0) -
    1.5 * Math.max(0, s.devices.length - 2);
  // A few days are no habit that could be broken.
  const evKnown = days < 4 ? -1.5 : 0;
  // Where nothing was done that an owner would not do, hours and devices prove nothing.
  const odds = deeds + Math.min(evHour, deeds * 0.6) + evShared + evReturn +
    evKnown + evFickle +
    rarity - 0.7 * Math.log(sessions + 2) - 7.5;
  if (odds < -2) return [];
  return [{
    kind: "account_takeover",
    subjects: [user],
    rows,
    odds,
    reason: sentence(ledger, s, {
      strange: strange.length,
      sum: payments.reduce((sum, i) => sum + (w.amount[i]! || 0), 0),
      left,
      night: evHour > 1,
      length: end - start,
    }),
  }];
}

function sentence(
  ledger: Ledger,
  s: Session,
  seen: {
    strange: number;
    sum: number;
    left: number;
    night: boolean;
    length: number;
  },
): string {
  const parts = [`${s.rows.length} activities in ${duration(seen.length)}`];
  if (seen.strange > 0) {
    parts.push(
      `${seen.strange} payment${
        seen.strange === 1 ? "" : "s"
      } to people it never paid before (${figure(seen.sum)} in all)`,
    );
  }
  if (seen.left > 0) {
    parts.push(`left ${seen.left} guild${seen.left === 1 ? "" : "s"}`);
  }
  if (seen.night) parts.push("at hours at which its owner is never seen");
  const known = ledger.baseline.total(s.user) > 0 && ledger.baselineWeeks >= 0.5
    ? "established account"
    : "account";
  return `An ${known} appeared on ${
    s.devices.length === 1 ? "a device" : `${s.devices.length} devices`
  } it never used: ${parts.join(", ")}`;
}

/** How little the session's hours are the owner's: up to 4 for several hours of which the owner was never awake. */
function nightness(ledger: Ledger, world: World, s: Session): number {
  const { window: w, baseline } = ledger;
  const own = new Float64Array(24);
  let known = 0;
  for (let h = 0; h < 24; h++) {
    own[h]! += baseline.hours[s.user * 24 + h]!;
    known += baseline.hours[s.user * 24 + h]!;
  }
  const mine = new Set(s.rows);
  for (const i of ledger.byActor[s.user]!) {
    if (mine.has(i)) continue;
    own[Math.floor(w.at[i]! / HOUR) % 24]!++;
    known++;
  }
  const at = (h: number) => {
    const near = 0.25 * own[(h + 23) % 24]! + 0.5 * own[h]! +
      0.25 * own[(h + 1) % 24]!;
    return (near + 4 * world.hours[h]!) / (known + 4);
  };
  const distinct = new Set(s.rows.map((i) => Math.floor(w.at[i]! / HOUR)));
  let sum = 0;
  for (const hour of distinct) {
    sum += clamp(-Math.log(24 * at(hour % 24)), -1, 2);
  }
  return clamp(sum / Math.sqrt(distinct.size), -2, 3.5);
}

function learnWorld(ledger: Ledger): World {
  const { window: w, baseline } = ledger;
  const hours = new Float64Array(24);
  for (let i = w.first; i < w.end; i++) {
    hours[Math.floor(w.at[i]! / HOUR) % 24]!++;
  }
  const total = w.end - w.first;
  for (let h = 0; h < 24; h++) hours[h] = (hours[h]! + 1) / (total + 24);
  let days = 0, payments = 0, events = 0, users = 0;
  for (let u = 0; u < ledger.byActor.length; u++) {
    days += baseline.activeDays[u]!;
    payments += baseline.count(u, K.bounty_paid);
    events += baseline.total(u);
    if (ledger.byActor[u]!.length > 0) users++;
  }
  if (days < 50) {
    days = users * 4;
    payments = ledger.byKind[K.bounty_paid]!.length;
    events = total;
  }
  const devices = new Map<number, number>();
  for (const key of baseline.devices.keys()) {
    increment(devices, Math.floor(key / 33554432));
  }
  const pace = learnPace(ledger);
  let quick = 1;
  for (const i of ledger.byKind[K.bounty_paid]!) {
    if (earned(ledger, i) && pace.sham(i)) quick++;
  }
  return {
    pace,
    quick: quick / (ledger.byKind[K.bounty_paid]!.length + 2),
    devices,
    busy: learnBusyness(ledger),
    users,
    paymentsADay: payments / Math.max(1, days),
    eventsADay: events / Math.max(1, days),
    unearned: unearnedShare(ledger),
    hours,
  };
}
