import type { Activity } from "../../../lib/ai/oracle/mod.ts";
import type { AnomalyKind } from "../../../lib/ai/oracle/mod.ts";
import type { Dice } from "./dice.ts";

/** What was planted, and by whom. */
export interface Attack {
  kind: AnomalyKind;
  subjects: string[];
  evidence: string[];
}

export interface LabelledWorld {
  name: string;
  activities: Activity[];
  attacks: Attack[];
  users: number;
}

export interface Person {
  id: string;
  devices: string[];
  guilds: string[];
  /** Hour of the day, UTC, at which the person's day is fullest. */
  noon: number;
  /** Activities a day. */
  pace: number;
  joinedAt: number;
  /** What the person pays, in the middle. */
  budget: number;
  /** 0: only posts, 1: only works. */
  works: number;
}

/** A world that is being written: people, and what they do. */
export class WorldBuilder {
  readonly activities: Activity[] = [];
  readonly attacks: Attack[] = [];
  readonly people: Person[] = [];
  readonly guilds: string[] = [];
  #ids = 0;
  #bounties = 0;
  #devices = 0;
  /** Ids of what is emitted are put here while an attack is planted. */
  marked: string[] | undefined;

  constructor(
    readonly dice: Dice,
    readonly start: number,
    readonly end: number,
    readonly iso: boolean,
  ) {}

  emit(
    a: Partial<Omit<Activity, "at">> & {
      kind: Activity["kind"];
      actorId: string;
      at: number;
    },
  ): string | undefined {
    if (a.at >= this.end || a.at < this.start) return;
    const id = `act_${(++this.#ids).toString(36)}_${
      Math.floor(this.dice.float() * 1e6).toString(36)
    }`;
    const at = Math.round(a.at);
    this.activities.push({
      counterpartyId: null,
      guildId: null,
      bountyId: null,
      amount: null,
      rating: null,
      outcome: null,
      device: null,
      ...a,
      id,
      at,
    });
    this.marked?.push(id);
    return id;
  }

  newBounty(): string {
    return `bounty_${++this.#bounties}`;
  }

  newDevice(): string {
    return `dev_${(++this.#devices * 7919).toString(16)}`;
  }

  /** Runs `plant` and labels what it emits. */
  attack(kind: AnomalyKind, subjects: string[], plant: () => void): void {
    this.marked = [];
    plant();
    this.attacks.push({ kind, subjects, evidence: this.marked });
    this.marked = undefined;
  }

  /** The same, not labelled: camouflage. */
  unmarked(act: () => void): void {
    const marked = this.marked;
    this.marked = undefined;
    act();
    this.marked = marked;
  }

  finish(name: string): LabelledWorld {
    const order = this.activities.map((a, i) => [a.at as number, i] as const)
      .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const activities = order.map(([, i]) => this.activities[i]!);
    if (this.iso) {
      for (const a of activities) a.at = new Date(a.at).toISOString();
    }
    return {
      name,
      activities,
      attacks: this.attacks.filter((a) => a.evidence.length > 0),
      users: this.people.length,
    };
  }
}
