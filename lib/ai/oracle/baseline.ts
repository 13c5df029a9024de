import { DAY, HOUR, MINUTE } from "../../clock.ts";
import { K, KINDS, type Window } from "./columns.ts";
import { PairMap } from "./tables.ts";

/** Lengths of time over which bursts are counted. */
export const SPANS = [10 * MINUTE, HOUR, 6 * HOUR, DAY] as const;
/** One channel a kind, and one for everything together. */
export const CHANNELS = KINDS + 1;
/** Payments remembered a payer. */
const REMEMBERED = 48;

/** The number of a pair of small numbers, as a map's key; both stay below 2²⁵. */
export const pairKey = (a: number, b: number): number => a * 33554432 + b;

/**
 * What is kept of the weeks before the window: counts, peaks and habits a user, in typed arrays that grow with the number
 * of users and not with the number of activities.
 */
export class Baseline {
  #capacity = 256;
  /** Activities, by user and channel. */
  counts = new Uint32Array(this.#capacity * CHANNELS);
  /** Most activities in one bin, by user, channel and span. */
  peaks = new Uint32Array(this.#capacity * CHANNELS * SPANS.length);
  #bins = new Int32Array(this.#capacity * CHANNELS * SPANS.length);
  #inBin = new Uint32Array(this.#capacity * CHANNELS * SPANS.length);
  /** By user and hour of the day, UTC. */
  hours = new Uint32Array(this.#capacity * 24);
  /** Days on which the user did something. */
  activeDays = new Uint16Array(this.#capacity);
  #lastDay = new Int32Array(this.#capacity).fill(-1);
  /** ln of amounts paid, the newest ones. */
  paid: (number[] | undefined)[] = [];
  /** Payments payer → payee, reviews client → worker, by `pairKey`. */
  payments = new PairMap();
  reviews = new PairMap();
  /** Activities by `pairKey(user, device)`. */
  devices = new PairMap();
  activities = 0;

  /** Takes over the row that leaves the window. */
  fold(w: Window, i: number): void {
    const user = w.actor[i]!, kind = w.kind[i]!, at = w.at[i]!;
    this.reserve(user);
    this.activities++;
    this.#count(user, kind, at);
    this.#count(user, KINDS, at);
    this.hours[user * 24 + Math.floor(at / HOUR) % 24]!++;
    const day = Math.floor(at / DAY);
    if (this.#lastDay[user] !== day) {
      this.#lastDay[user] = day;
      this.activeDays[user]!++;
    }
    const device = w.device[i]!, other = w.other[i]!;
    if (device >= 0) this.devices.increment(pairKey(user, device));
    if (kind === K.bounty_paid && other >= 0) {
      this.payments.increment(pairKey(user, other));
      if (w.amount[i]! > 0) {
        const list = this.paid[user] ??= [];
        if (list.length === REMEMBERED) list.shift();
        list.push(Math.log(w.amount[i]!));
      }
    } else if (kind === K.bounty_reviewed && other >= 0) {
      this.reviews.increment(pairKey(user, other));
    }
  }

  count(user: number, kind: number): number {
    return user < this.#capacity ? this.counts[user * CHANNELS + kind]! : 0;
  }

  total(user: number): number {
    return this.count(user, KINDS);
  }

  /** Grows the arrays until `user` has a place. */
  reserve(user: number): void {
    if (user < this.#capacity) return;
    while (this.#capacity <= user) this.#capacity *= 2;
    const grow = <T extends Uint32Array | Int32Array | Uint16Array>(
      old: T,
      each: number,
      fill = 0,
    ): T => {
      const bigger = new (old.constructor as Uint32ArrayConstructor)(
        this.#capacity * each,
      );
      if (fill !== 0) bigger.fill(fill);
      bigger.set(old);
      return bigger as unknown as T;
    };
    const binned = CHANNELS * SPANS.length;
    this.counts = grow(this.counts, CHANNELS);
    this.peaks = grow(this.peaks, binned);
    this.#bins = grow(this.#bins, binned);
    this.#inBin = grow(this.#inBin, binned);
    this.hours = grow(this.hours, 24);
    this.activeDays = grow(this.activeDays, 1);
    this.#lastDay = grow(this.#lastDay, 1, -1);
  }

  #count(user: number, channel: number, at: number): void {
    const row = user * CHANNELS + channel;
    this.counts[row]!++;
    for (let s = 0; s < SPANS.length; s++) {
      const bin = Math.floor(at / SPANS[s]!);
      const j = row * SPANS.length + s;
      if (this.#bins[j] !== bin) {
        this.#bins[j] = bin;
        this.#inBin[j] = 0;
      }
      const n = ++this.#inBin[j]!;
      if (n > this.peaks[j]!) this.peaks[j] = n;
    }
  }
}

export function increment(map: Map<number, number>, key: number, by = 1): void {
  map.set(key, (map.get(key) ?? 0) + by);
}
