import { keys, type Mutation, set } from "../../kv/mod.ts";
import {
  boundedTrust,
  type Counts,
  meritsOf,
  monthOf,
  rankOf,
  RANKS,
  type Standing,
  standingRows,
  type TrustChange,
  type TrustRecord,
  type User,
} from "../../users/mod.ts";
import type { People, Person } from "./people.ts";
import { type CrowdPlan, idOf } from "./plan.ts";

/** What is counted of each person; the rest of a standing follows. */
const COUNTED = [
  "completed",
  "rejected",
  "ratingCount",
  "ratingSum",
  "earned",
  "commissioned",
  "paid",
  "disputesWon",
  "disputesLost",
  "votes",
  "monthCompleted",
] as const;

/** Somebody's rank after a change of trust. */
export interface RankMove {
  from: string;
  to: string;
}

/**
 * Trust, counters and ranks of everybody while the days go by: a few numbers a person, so that 100,000 people take some
 * 10 MB. Changes come in order of time.
 */
export class PeopleLedger {
  readonly #plan: CrowdPlan;
  readonly #people: People;
  readonly #trust: Int16Array;
  readonly #level: Uint8Array;
  readonly #counts: Float64Array;
  /** 1 once somebody's row of the past has been read in. */
  readonly #begun: Uint8Array;
  readonly #month: string;

  constructor(plan: CrowdPlan, people: People) {
    this.#plan = plan;
    this.#people = people;
    this.#trust = new Int16Array(plan.users);
    this.#level = new Uint8Array(plan.users);
    this.#begun = new Uint8Array(plan.users);
    this.#counts = new Float64Array(plan.users * COUNTED.length);
    this.#month = monthOf(plan.today);
  }

  /** Takes a change in; the rows of the history, and the other rank if there is one. */
  change(
    n: number,
    { delta, reason, cause, counts = {}, link }: TrustChange,
    at: number,
  ): { rows: Mutation[]; rank: RankMove | null } {
    const person = this.#begin(n);
    const from = this.#trust[n]!;
    const to = boundedTrust(from + delta);
    this.#trust[n] = to;
    this.#count(n, counts, at);
    const { id } = person.user;
    const rows = [set(keys.trustCause(id, cause), true)];
    if (to !== from) {
      const record: TrustRecord = {
        id: idOf(this.#plan, at, "trust", n, cause),
        at,
        from,
        to,
        reason,
        link: link ?? null,
      };
      rows.push(set(keys.trustChange(id, at, record.id), record));
    }
    const held = RANKS[this.#level[n]!]!;
    const merits = meritsOf(
      { trust: to, createdAt: person.user.createdAt },
      this.#standing(person),
      at,
    );
    const rank = rankOf(held, merits);
    if (rank === held) return { rows, rank: null };
    this.#level[n] = RANKS.indexOf(rank);
    return { rows, rank: { from: held, to: rank } };
  }

  /** Somebody as they are at the end, and the rows of their counters and places. */
  end(n: number): { user: User; rows: Mutation[] } {
    const person = this.#begin(n);
    const standing = this.#standing(person);
    const trust = this.#trust[n]!;
    const { createdAt } = person.user;
    const rank = rankOf(
      RANKS[this.#level[n]!]!,
      meritsOf({ trust, createdAt }, standing, this.#plan.today),
    );
    return {
      user: { ...person.user, trust, rank },
      rows: standingRows(person.user.id, standing, trust),
    };
  }

  #begin(n: number): Person {
    const person = this.#people.at(n);
    if (this.#begun[n]) return person;
    this.#begun[n] = 1;
    this.#trust[n] = person.user.trust;
    this.#level[n] = Math.max(0, RANKS.indexOf(person.user.rank as never));
    COUNTED.forEach((name, i) => {
      this.#counts[n * COUNTED.length + i] = person.before[name];
    });
    return person;
  }

  #count(n: number, { rating, ...counts }: Counts, at: number): void {
    const add = (name: typeof COUNTED[number], by: number) => {
      this.#counts[n * COUNTED.length + COUNTED.indexOf(name)]! += by;
    };
    for (const [name, by] of Object.entries(counts)) {
      add(name as keyof typeof counts, by ?? 0);
    }
    if (monthOf(at) === this.#month) {
      add("monthCompleted", counts.completed ?? 0);
    }
    if (rating === undefined) return;
    add("ratingCount", 1);
    add("ratingSum", rating);
  }

  #standing({ n, user }: Person): Standing {
    const standing = { userId: user.id, month: this.#month } as Standing;
    COUNTED.forEach((name, i) => {
      standing[name] = this.#counts[n * COUNTED.length + i]!;
    });
    return standing;
  }
}
