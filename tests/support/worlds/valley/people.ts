import type { Activity, ActivityKind } from "../../../../lib/ai/oracle/mod.ts";
import { DAY, HOUR, MINUTE } from "../../../../lib/clock.ts";
import type { Attack, LabelledWorld } from "../builder.ts";
import { Dice } from "../dice.ts";

/** Somebody who lives in a valley. */
export interface Dweller {
  id: string;
  /** The usual devices, the first most of all. */
  devices: string[];
  guild: string;
  /** Hours that the day is shifted by. */
  zone: number;
  /** Ordinary acts a day. */
  pace: number;
  /** What this person pays, in the middle. */
  purse: number;
  since: number;
  /** Something odd but honest happens to them: no attacker is taken from these. */
  odd: boolean;
}

type Act = Partial<Omit<Activity, "at" | "kind">> & { kind: ActivityKind };

/** A valley while it is being written. Times are milliseconds. */
export class Valley {
  readonly dice: Dice;
  readonly end = Date.UTC(2026, 8, 14, 6);
  readonly start: number;
  readonly people: Dweller[] = [];
  readonly guilds: string[];
  readonly price: number;
  readonly attacks: Attack[] = [];
  readonly #rows: (Activity & { at: number })[] = [];
  #label: string[] | null = null;
  #n = 0;

  constructor(seed: number) {
    this.dice = new Dice(seed * 101 + 77);
    const { dice } = this;
    this.start = this.end - (7 + 7 * dice.int(2, 5)) * DAY;
    this.price = Math.exp(dice.between(2, 8));
    this.guilds = Array.from(
      { length: dice.int(6, 40) },
      (_, i) => `gülde/${i}·谷`,
    );
  }

  id(what: string): string {
    return `${what}-${(++this.#n).toString(32)}`;
  }

  settle(more: Partial<Dweller> = {}): Dweller {
    const { dice } = this;
    const person: Dweller = {
      id: this.id("ñ"),
      devices: Array.from(
        { length: dice.weighted([0, 6, 3, 1]) },
        () => this.id("dv"),
      ),
      // Guilds are of very different sizes.
      guild: this.guilds[
        Math.floor(this.guilds.length * dice.float() ** 2)
      ]!,
      zone: dice.pick([-8, -5, 0, 1, 1, 5.5, 9]),
      pace: dice.lognormal(1.1, 0.9),
      purse: dice.lognormal(this.price, 0.6),
      since: this.start - 1,
      odd: false,
      ...more,
    };
    this.people.push(person);
    return person;
  }

  act(who: Dweller, at: number, what: Act): void {
    if (at < this.start || at >= this.end || at < who.since) return;
    const id = this.id("e");
    this.#rows.push({
      counterpartyId: null,
      guildId: null,
      bountyId: null,
      amount: null,
      rating: null,
      outcome: null,
      device: this.dice.weighted([8, 1]) === 0
        ? who.devices[0]!
        : this.dice.pick(who.devices),
      ...what,
      actorId: who.id,
      id,
      at: Math.round(at),
    });
    this.#label?.push(id);
  }

  /** A moment of somebody's waking day around the day that `at` is in. */
  awake(who: Dweller, at: number): number {
    const day = Math.floor(at / DAY) * DAY;
    const hour = 14 - who.zone + this.dice.normal(0, 3);
    return day + ((hour + 48) % 24) * HOUR;
  }

  /** A moment `days` before the end, at most. */
  lately(who: Dweller, days = 6.5, least = 0.6): number {
    return this.awake(who, this.end - this.dice.between(least, days) * DAY);
  }

  amount(payer: Dweller): number {
    const sum = this.dice.lognormal(payer.purse, 0.55);
    return sum > 20 ? Math.round(sum / 5) * 5 : Math.round(sum * 100) / 100;
  }

  /** A bounty from offer to pay; what is absent takes its ordinary course. */
  deal(
    client: Dweller,
    worker: Dweller,
    at: number,
    o: { amount?: number; rating?: number; days?: number; pay?: boolean } = {},
  ): { bountyId: string; guildId: string; end: number } {
    const { dice } = this;
    const about = { bountyId: this.id("b"), guildId: client.guild };
    const amount = o.amount ?? this.amount(client);
    const days = o.days ?? dice.lognormal(1.2, 0.8);
    this.act(client, at, { ...about, kind: "bounty_posted", amount });
    let t = at + days * DAY * dice.between(0.05, 0.3);
    const to = { ...about, counterpartyId: client.id };
    this.act(worker, t, { ...to, kind: "bounty_accepted" });
    t += days * DAY * dice.between(0.4, 1);
    this.act(worker, t, { ...to, kind: "bounty_submitted" });
    t += days * DAY * dice.between(0.05, 0.3);
    const rating = o.rating ?? dice.weighted([0, 3, 4, 10, 28, 55]);
    const accepted = rating > 2 || dice.chance(0.4);
    const back = { ...about, counterpartyId: worker.id };
    this.act(client, t, {
      ...back,
      kind: "bounty_reviewed",
      rating,
      outcome: accepted ? "accepted" : "rejected",
    });
    if (accepted && o.pay !== false) {
      t += dice.exponential(days * 0.05) * DAY + MINUTE;
      this.act(client, t, { ...back, kind: "bounty_paid", amount });
    }
    return { ...about, end: t };
  }

  /** A dispute with its jurors and verdict. */
  dispute(
    raiser: Dweller,
    accused: Dweller,
    about: { bountyId: string; guildId: string },
    at: number,
    o: { dismissed?: boolean; jurors?: number } = {},
  ): void {
    const { dice } = this;
    const { bountyId, guildId } = about;
    this.act(raiser, at, {
      bountyId,
      guildId,
      kind: "dispute_raised",
      counterpartyId: accused.id,
    });
    const dismissed = o.dismissed ?? dice.chance(0.5);
    this.unlabelled(() => {
      const jurors = dice.sample(this.people, o.jurors ?? dice.int(3, 7));
      for (const juror of jurors) {
        if (juror === raiser || juror === accused) continue;
        const fair = dice.chance(0.8);
        this.act(juror, at + dice.between(0.1, 2) * DAY, {
          bountyId,
          guildId,
          kind: "tribunal_vote",
          counterpartyId: (dismissed === fair ? accused : raiser).id,
        });
      }
    });
    this.act(raiser, at + dice.between(2, 2.3) * DAY, {
      bountyId,
      guildId,
      kind: "dispute_resolved",
      counterpartyId: accused.id,
      outcome: dismissed ? "dismissed" : "upheld",
      device: null,
    });
  }

  talk(who: Dweller, at: number): void {
    const direct = this.dice.chance(0.3);
    this.act(who, at, {
      kind: "message_sent",
      guildId: direct ? null : who.guild,
      counterpartyId: direct ? this.dice.pick(this.people).id : null,
    });
  }

  labelled(
    kind: Attack["kind"],
    who: readonly Dweller[],
    plant: () => void,
  ): void {
    this.#label = [];
    plant();
    const evidence = this.#label;
    this.#label = null;
    if (evidence.length === 0) return;
    this.attacks.push({ kind, subjects: who.map((p) => p.id), evidence });
  }

  unlabelled(act: () => void): void {
    const label = this.#label;
    this.#label = null;
    act();
    this.#label = label;
  }

  finish(name: string): LabelledWorld {
    const activities = this.#rows.sort((a, b) => a.at - b.at);
    // An attack may reach back before the window; what is labelled is what is in it.
    return {
      name,
      activities,
      attacks: this.attacks,
      users: this.people.length,
    };
  }
}
