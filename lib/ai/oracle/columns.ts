import { ACTIVITY_KINDS, type ActivityKind } from "./activity.ts";
import { TextIndex } from "./tables.ts";

/** Kinds by number: K.bounty_paid. */
export const K = Object.fromEntries(
  ACTIVITY_KINDS.map((kind, i) => [kind, i]),
) as Record<ActivityKind, number>;
export const KINDS = ACTIVITY_KINDS.length;

/** Outcomes by number; 0 is none. */
export const O = { accepted: 1, rejected: 2, upheld: 3, dismissed: 4 } as const;

/** Gives texts small numbers, in order of first sight. */
export class Names {
  readonly #index = new TextIndex();
  readonly texts: readonly string[] = this.#index.texts;

  /** −1 for an absent text. */
  number(text: string | null | undefined): number {
    return text === null || text === undefined ? -1 : this.#index.place(text);
  }

  get size(): number {
    return this.texts.length;
  }
}

/** One row of the window, as numbers. Absent: −1, NaN (amount), 0 (rating, outcome). */
export interface Row {
  at: number;
  kind: number;
  actor: number;
  other: number;
  guild: number;
  bounty: number;
  amount: number;
  rating: number;
  outcome: number;
  device: number;
}

/**
 * The activities of the last days, column by column: 41 bytes a row and its id. Rows enter at the end and leave at the
 * front, so memory follows the window and not the file.
 */
export class Window {
  #first = 0;
  #end = 0;
  at = new Float64Array(1024);
  amount = new Float64Array(1024);
  actor = new Int32Array(1024);
  other = new Int32Array(1024);
  guild = new Int32Array(1024);
  bounty = new Int32Array(1024);
  device = new Int32Array(1024);
  rating = new Float32Array(1024);
  kind = new Uint8Array(1024);
  outcome = new Uint8Array(1024);
  ids: string[] = [];

  /** Rows first ≤ i < end are inside. */
  get first(): number {
    return this.#first;
  }
  get end(): number {
    return this.#end;
  }

  push(id: string, row: Row): void {
    if (this.#end === this.at.length) this.#makeRoom();
    const i = this.#end++;
    this.ids[i] = id;
    this.at[i] = row.at;
    this.kind[i] = row.kind;
    this.actor[i] = row.actor;
    this.other[i] = row.other;
    this.guild[i] = row.guild;
    this.bounty[i] = row.bounty;
    this.amount[i] = row.amount;
    this.rating[i] = row.rating;
    this.outcome[i] = row.outcome;
    this.device[i] = row.device;
  }

  /** Lets the first row go. */
  shift(): void {
    this.#first++;
  }

  /** Rows in order of time; needed only where a file was not. */
  sort(): void {
    const order = Array.from(
      { length: this.#end - this.#first },
      (_, i) => i + this.#first,
    );
    order.sort((a, b) =>
      this.at[a]! - this.at[b]! || this.kind[a]! - this.kind[b]! ||
      (this.ids[a]! < this.ids[b]! ? -1 : 1)
    );
    for (const name of COLUMNS) {
      const column = this[name];
      column.set(order.map((i) => column[i]!), this.#first);
    }
    const ids = order.map((i) => this.ids[i]!);
    for (let i = 0; i < ids.length; i++) this.ids[this.#first + i] = ids[i]!;
  }

  #makeRoom(): void {
    const count = this.#end - this.#first;
    if (this.#first > this.#end / 2) {
      for (const name of COLUMNS) {
        this[name].copyWithin(0, this.#first, this.#end);
      }
    } else {
      const size = this.at.length * 2;
      for (const name of COLUMNS) {
        const old = this[name];
        const bigger = new (old.constructor as Float64ArrayConstructor)(size);
        bigger.set(old.subarray(this.#first, this.#end) as Float64Array);
        (this as Record<typeof name, unknown>)[name] = bigger;
      }
    }
    this.ids = this.ids.slice(this.#first, this.#end);
    this.#first = 0;
    this.#end = count;
  }
}

const COLUMNS = [
  "at",
  "amount",
  "actor",
  "other",
  "guild",
  "bounty",
  "device",
  "rating",
  "kind",
  "outcome",
] as const;
