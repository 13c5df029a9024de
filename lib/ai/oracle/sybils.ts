import { DAY, HOUR, MINUTE } from "../../clock.ts";
import { pairKey } from "./baseline.ts";
import { K } from "./columns.ts";
import { type Detector, duration, type Finding, unique } from "./finding.ts";
import { Sets } from "./groups.ts";
import type { Ledger } from "./ledger.ts";
import { ascending, clamp, lnPoissonTail, median } from "./statistics.ts";

/** Where more than this share devices, devices say nothing. */
const LARGEST = 200;
/** Who uses more shared devices than this has no device of their own that could tell anything. */
const MANY = 12;

/** Accounts of one guild that may be one person's. */
interface Cluster {
  guild: number;
  users: number[];
  /** Share of the members' activities on devices that they share with each other. */
  sharing: number;
  devices: number;
}

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
  // Without a shared device only many accounts in very close step are enough.
  if (evDevice === 0) odds = Math.min(odds - 3, evStep > 4 ? odds - 3 : 0);
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

/**
 * Devices of each user in the window that somebody else uses too. A device of hundreds says nothing, and neither do those of
 * somebody who is on dozens.
 */
function sharedDevices(ledger: Ledger): number[][] {
  const w = ledger.window;
  const owners = new Uint32Array(ledger.devices.size);
  const devices = ledger.byActor.map((rows) => {
    const mine = new Set<number>();
    for (const i of rows) {
      const d = w.device[i]!;
      if (d < 0 || mine.has(d)) continue;
      mine.add(d);
      owners[d]!++;
    }
    return mine;
  });
  return devices.map((mine) => {
    const shared = [...mine].filter((d) =>
      owners[d]! >= 2 && owners[d]! <= LARGEST
    );
    return shared.length <= MANY ? shared : [];
  });
}

/** Who of these uses a shared device, by device. */
function deviceOwners(
  shared: number[][],
  users: number[],
): Map<number, number[]> {
  const owners = new Map<number, number[]>();
  for (const u of users) {
    for (const d of shared[u]!) {
      const list = owners.get(d);
      if (list) list.push(u);
      else owners.set(d, [u]);
    }
  }
  return owners;
}

/** Members that share devices with each other, and newcomers that came in the same moments as they did. */
function byDevice(
  ledger: Ledger,
  shared: number[][],
  guild: number,
  users: number[],
): Cluster[] {
  const owners = deviceOwners(shared, users);
  const sets = new Sets();
  const sharers = new Set<number>();
  for (const list of owners.values()) {
    if (list.length < 2) continue;
    for (const u of list) {
      sets.join(list[0]!, u);
      sharers.add(u);
    }
  }
  // One farm may have several devices: groups that arrived in the same hours are one.
  const born = (u: number) =>
    ledger.registeredAt[u] ?? ledger.joinedAt.get(pairKey(u, guild)) ?? NaN;
  const fresh = [...sharers].filter((u) => born(u) >= ledger.oldest)
    .sort((a, b) => born(a) - born(b));
  for (let n = 1; n < fresh.length; n++) {
    const a = fresh[n - 1]!, b = fresh[n]!;
    if (born(b) - born(a) < HOUR) sets.join(a, b);
  }
  return sets.of(sharers).filter((s) => s.length >= 3 && s.length <= LARGEST)
    .map((core) => {
      const all = withCompanions(ledger, guild, users, core);
      return measure(ledger, guild, all, owners);
    });
}

function measure(
  ledger: Ledger,
  guild: number,
  users: number[],
  owners: Map<number, number[]>,
): Cluster {
  const w = ledger.window;
  let shared = 0, all = 0;
  const devices = new Set<number>();
  for (const u of users) {
    for (const i of ledger.byActor[u]!) {
      const d = w.device[i]!;
      if (d < 0) continue;
      all++;
      if ((owners.get(d)?.length ?? 0) > 1) {
        shared++;
        devices.add(d);
      }
    }
  }
  return {
    guild,
    users,
    sharing: all === 0 ? 0 : shared / all,
    devices: devices.size,
  };
}

/** Adds those with a device of their own who registered and joined in the same moments as the core. */
function withCompanions(
  ledger: Ledger,
  guild: number,
  users: number[],
  core: number[],
): number[] {
  const registered = ascending(
    core.map((u) => ledger.registeredAt[u]!).filter(Number.isFinite),
  );
  if (registered.length < 3) return core;
  const from = registered[0]!, to = registered[registered.length - 1]!;
  if (to - from > DAY) return core;
  const joins = ascending(
    core.map((u) => ledger.joinedAt.get(pairKey(u, guild)) ?? NaN)
      .filter((t) => !Number.isNaN(t)),
  );
  if (joins.length < 3) return core;
  const inside = new Set(core);
  const more = users.filter((u) => {
    const r = ledger.registeredAt[u]!;
    const j = ledger.joinedAt.get(pairKey(u, guild)) ?? NaN;
    return !inside.has(u) && r >= from - 5 * MINUTE && r <= to + 5 * MINUTE &&
      j >= joins[0]! - 5 * MINUTE && j <= joins[joins.length - 1]! + 5 * MINUTE;
  });
  return more.length <= core.length ? [...core, ...more] : core;
}

/** Newcomers of one guild who registered within two hours, whatever their devices. */
function byArrival(
  ledger: Ledger,
  shared: number[][],
  guild: number,
  users: number[],
): Cluster[] {
  const fresh = users.filter((u) => ledger.registeredAt[u]! > ledger.oldest)
    .sort((a, b) => ledger.registeredAt[a]! - ledger.registeredAt[b]!);
  const clusters: Cluster[] = [];
  let run: number[] = [];
  const close = () => {
    if (run.length >= 4 && run.length <= LARGEST) {
      clusters.push(measure(ledger, guild, run, deviceOwners(shared, run)));
    }
    run = [];
  };
  for (const u of fresh) {
    const last = run[run.length - 1];
    if (
      last !== undefined &&
      ledger.registeredAt[u]! - ledger.registeredAt[last]! > 30 * MINUTE
    ) close();
    run.push(u);
  }
  close();
  return clusters;
}

/** Members by guild: joined it, or acted in it. */
function guildMembers(ledger: Ledger): Map<number, number[]> {
  const members = new Map<number, number[]>();
  for (const key of ledger.actedIn) {
    const guild = key % 33554432, user = (key - guild) / 33554432;
    // Only who was about in the window can be flagged in it.
    if (ledger.byActor[user]!.length === 0) continue;
    const list = members.get(guild);
    if (list) list.push(user);
    else members.set(guild, [user]);
  }
  return members;
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
  while (counts.length < length) counts.push(0);
  return (median(counts) * 2 + 0.5) / DAY;
}
