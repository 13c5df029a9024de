import { DAY } from "../../clock.ts";
import { type Activity, instantOf } from "./activity.ts";
import { Baseline, pairKey } from "./baseline.ts";
import { K, KINDS, Names, O, type Row, Window } from "./columns.ts";
import { PairMap, TextIndex } from "./tables.ts";

/** What is known of a bounty, whenever it happened. Times are ms; NaN: never. */
export interface BountyLife {
  client: number;
  worker: number;
  amount: number;
  postedAt: number;
  acceptedAt: number;
  submittedAt: number;
  /** What was paid in all, 0 where nothing was. */
  paid: number;
}

const MOST = 1e15;
const REMEMBERED = 4_096;
/** Of one instant, held back to be ordered; more than that are taken as they come. */
const MOST_TIED = 50_000;

/** As things happen: what is posted is accepted afterwards. Then by id, and what has one id by everything it says. */
function inOrder(a: Activity, b: Activity): number {
  return K[a.kind] - K[b.kind] || compare(a.id, b.id) ||
    compare(JSON.stringify(a), JSON.stringify(b));
}

const compare = (a: string, b: string) => a < b ? -1 : a > b ? 1 : 0;

/**
 * Everything the detectors look at. `add` takes activities in order of time; those that fall out of the window behind the
 * newest one are folded into the baseline. `close` ends the reading and builds the indexes.
 */
export class Ledger {
  readonly users = new Names();
  readonly guilds = new Names();
  readonly bounties = new Names();
  readonly devices = new Names();
  readonly window = new Window();
  readonly baseline = new Baseline();
  readonly lives: BountyLife[] = [];
  /** First activity of a user as actor; NaN for people only seen as counterparties. */
  readonly firstSeen: number[] = [];
  readonly registeredAt: number[] = [];
  /** First use of a device by a user, by `pairKey(user, device)`. */
  readonly deviceFirst = new PairMap();
  /** First joining of a guild, by `pairKey(user, guild)`. */
  readonly joinedAt = new PairMap();
  /** Somebody sent a message to a guild, by `pairKey(user, guild)`. */
  readonly spokeIn = new PairMap();
  /** Somebody acted in a guild, by `pairKey(user, guild)`. */
  readonly actedIn = new PairMap();
  /** First and newest instant of the file. */
  oldest = NaN;
  newest = NaN;
  /** Whether the file's instants are texts; reports answer alike. */
  textual = false;
  /** Rows of the window by kind, in order of time. */
  byKind: Int32Array[] = [];
  /** Rows of the window by actor, in order of time. */
  byActor: Int32Array[] = [];
  #ordered = true;
  /** The newest activities, all of one instant. */
  readonly #tied: Activity[] = [];
  #tiedAt = NaN;
  /** The last thousands of ids, in two halves: what is delivered twice comes twice within a short time. */
  #ids = new TextIndex(2 * REMEMBERED);
  #idsBefore = new TextIndex(2 * REMEMBERED);
  #lastDevice: number[] = [];
  #lastPlace: number[] = [];
  #row: Row = {
    at: 0,
    kind: 0,
    actor: -1,
    other: -1,
    guild: -1,
    bounty: -1,
    amount: NaN,
    rating: 0,
    outcome: 0,
    device: -1,
  };

  /** @param length of the window in ms */
  constructor(readonly length: number = 7 * DAY) {}

  add(a: Activity): void {
    const at = instantOf(a.at);
    if (at !== this.#tiedAt || this.#tied.length === MOST_TIED) {
      this.#takeTied();
    }
    this.#tiedAt = at;
    this.#tied.push(a);
  }

  /** Acts of one instant come in any order: they are taken in one that does not depend on it. */
  #takeTied(): void {
    const tied = this.#tied;
    if (tied.length > 1) tied.sort(inOrder);
    for (let i = 0; i < tied.length; i++) this.#take(tied[i]!, this.#tiedAt);
    tied.length = 0;
  }

  #take(a: Activity, at: number): void {
    if (this.#seen(a.id)) return;
    const w = this.window, row = this.#row;
    if (typeof a.at === "string") this.textual = true;
    row.at = at;
    row.kind = K[a.kind];
    row.actor = this.users.number(a.actorId);
    row.other = this.users.number(a.counterpartyId);
    row.guild = this.guilds.number(a.guildId);
    row.bounty = this.bounties.number(a.bountyId);
    row.device = this.devices.number(a.device);
    // Nothing and less than nothing are no amounts, and sums stay finite whatever somebody claims to have paid.
    row.amount = typeof a.amount === "number" && a.amount > 0
      ? Math.min(a.amount, MOST)
      : NaN;
    row.rating = a.rating ?? 0;
    row.outcome = a.outcome === null || a.outcome === undefined
      ? 0
      : O[a.outcome];
    if (Number.isNaN(this.newest)) this.oldest = this.newest = row.at;
    if (row.at < this.newest) this.#ordered = false;
    else this.newest = row.at;
    if (row.at < this.oldest) this.oldest = row.at;
    this.#remember(row);
    w.push(a.id, row);
    const from = this.newest - this.length;
    while (w.first < w.end && w.at[w.first]! < from) {
      this.baseline.fold(w, w.first);
      w.shift();
    }
  }

  #seen(id: string): boolean {
    if (this.#idsBefore.find(id) >= 0) return true;
    const known = this.#ids.texts.length;
    if (this.#ids.place(id) < known) return true;
    if (known + 1 >= REMEMBERED) {
      [this.#ids, this.#idsBefore] = [this.#idsBefore, this.#ids];
      this.#ids.clear();
    }
    return false;
  }

  /** Start of the window. */
  get from(): number {
    return this.newest - this.length;
  }

  /** Whether somebody joined a guild, or said something there: what tells its members. */
  joined(user: number, guild: number): boolean {
    return this.joinedAt.has(pairKey(user, guild)) ||
      this.spokeIn.has(pairKey(user, guild));
  }

  /** Members by guild. */
  guildSizes(): Map<number, number> {
    const sizes = new Map<number, number>();
    for (
      const key of new Set([...this.joinedAt.keys(), ...this.spokeIn.keys()])
    ) {
      const guild = key % 33554432;
      sizes.set(guild, (sizes.get(guild) ?? 0) + 1);
    }
    return sizes;
  }

  /** Weeks of baseline before the window, 0 where there are none. */
  get baselineWeeks(): number {
    return Math.max(0, this.from - this.oldest) / (7 * DAY);
  }

  close(): this {
    this.#takeTied();
    const w = this.window;
    if (!this.#ordered) {
      w.sort();
      while (w.first < w.end && w.at[w.first]! < this.from) {
        this.baseline.fold(w, w.first);
        w.shift();
      }
    }
    this.baseline.reserve(this.users.size);
    this.byKind = group(w.kind, w.first, w.end, KINDS);
    this.byActor = group(w.actor, w.first, w.end, this.users.size);
    return this;
  }

  /** What is the same wherever the row ends up. */
  #remember(row: Row): void {
    const { at, kind, actor, other, guild, bounty, device } = row;
    if (!(this.firstSeen[actor]! <= at)) this.firstSeen[actor] = at;
    if (kind === K.user_registered) this.registeredAt[actor] = at;
    // Most people do the next thing where they did the last one: no need to look it up again.
    if (device >= 0 && this.#lastDevice[actor] !== device) {
      this.#lastDevice[actor] = device;
      this.deviceFirst.setFirst(pairKey(actor, device), at);
    }
    const spoke = kind === K.message_sent;
    const place = 2 * guild + (spoke ? 1 : 0);
    if (
      guild >= 0 &&
      (this.#lastPlace[actor] !== place || kind === K.guild_joined)
    ) {
      this.#lastPlace[actor] = place;
      const key = pairKey(actor, guild);
      if (kind === K.guild_joined) this.joinedAt.setFirst(key, at);
      if (spoke) this.spokeIn.set(key, at);
      this.actedIn.set(key, at);
    }
    if (bounty < 0) return;
    const life = this.lives[bounty] ??= {
      client: -1,
      worker: -1,
      amount: NaN,
      postedAt: NaN,
      acceptedAt: NaN,
      submittedAt: NaN,
      paid: 0,
    };
    if (kind === K.bounty_posted) {
      life.client = actor;
      life.postedAt = at;
      life.amount = row.amount;
    } else if (kind === K.bounty_accepted) {
      // Either may be the actor: a worker takes the bounty, or its client takes the worker.
      const worker = actor === life.client && other >= 0 ? other : actor;
      life.worker = worker;
      life.acceptedAt = at;
      if (Number.isNaN(life.amount)) life.amount = row.amount;
    } else if (kind === K.bounty_submitted) {
      life.worker = actor;
      life.submittedAt = at;
    } else if (kind === K.bounty_paid) {
      life.paid += row.amount > 0 ? row.amount : 0;
    }
  }
}

/** Row numbers by the value of a column. */
function group(
  column: ArrayLike<number>,
  first: number,
  end: number,
  groups: number,
): Int32Array[] {
  const sizes = new Int32Array(groups);
  for (let i = first; i < end; i++) sizes[column[i]!]!++;
  const all = new Int32Array(end - first);
  const lists: Int32Array[] = [];
  let offset = 0;
  for (let g = 0; g < groups; g++) {
    lists.push(all.subarray(offset, offset + sizes[g]!));
    offset += sizes[g]!;
  }
  sizes.fill(0);
  for (let i = first; i < end; i++) {
    const g = column[i]!;
    lists[g]![sizes[g]!++] = i;
  }
  return lists;
}
