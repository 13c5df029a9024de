import { DAY, HOUR, MINUTE } from "../../clock.ts";
import { pairKey } from "./baseline.ts";
import { Sets } from "./groups.ts";
import type { Ledger } from "./ledger.ts";
import { ascending } from "./statistics.ts";

/** Where more than this share devices, devices say nothing. */
const LARGEST = 200;

/** Who uses more shared devices than this has no device of their own that could tell anything. */
const MANY = 12;

/** Accounts of one guild that may be one person's. */
export interface Cluster {
  guild: number;
  users: number[];
  /** Share of the members' activities on devices that they share with each other. */
  sharing: number;
  devices: number;
}

/**
 * Devices of each user in the window that somebody else uses too. A device of hundreds says nothing, and neither do those of
 * somebody who is on dozens.
 */
export function sharedDevices(ledger: Ledger): number[][] {
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
export function byDevice(
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
export function byArrival(
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
export function guildMembers(ledger: Ledger): Map<number, number[]> {
  const members = new Map<number, number[]>();
  for (const key of ledger.actedIn.keys()) {
    const guild = key % 33554432, user = (key - guild) / 33554432;
    // Only who was about in the window can be flagged in it.
    if (ledger.byActor[user]!.length === 0) continue;
    const list = members.get(guild);
    if (list) list.push(user);
    else members.set(guild, [user]);
  }
  return members;
}
