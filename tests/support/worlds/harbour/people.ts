import { DAY, HOUR, MINUTE } from "../../../../lib/clock.ts";
import type { Activity } from "../../../../lib/ai/oracle/mod.ts";
import { type Person, WorldBuilder } from "../builder.ts";
import { Dice } from "../dice.ts";
import type { Plan } from "./plan.ts";

export interface Citizen extends Person {
  role: "client" | "worker" | "both";
  partners: Citizen[];
  rate: number;
  kindness: number;
  quirk: "" | "private" | "phone" | "trip";
  quirkAt: number;
  spare: string;
}

const LIST = [5, 10, 20, 25, 40, 50, 75, 100, 150, 200, 300, 500];

/** The harbour while it is being written: ordinary acts, each a call. */
export class Harbour {
  readonly w: WorldBuilder;
  readonly people: Citizen[] = [];
  readonly used = new Set<Citizen>();
  bench: Citizen[] = [];
  readonly members = new Map<string, Citizen[]>();

  constructor(readonly plan: Plan, readonly dice: Dice, end: number) {
    this.w = new WorldBuilder(
      dice,
      end - (plan.weeks + 1) * 7 * DAY,
      end,
      plan.iso,
    );
  }

  emit(
    a: Partial<Activity> & { kind: Activity["kind"] },
    p: Citizen,
    at: number,
  ) {
    const { devices } = this.plan;
    const carries = a.kind === "user_signed_in" ||
      a.kind === "user_registered" || devices === "all" ||
      (devices === "most" && this.dice.chance(0.8));
    return this.w.emit({
      ...a,
      actorId: p.id,
      at,
      device: carries ? a.device ?? this.deviceOf(p, at) : null,
    });
  }

  deviceOf(p: Citizen, at: number): string {
    if (p.quirk === "private") return `${p.devices[0]}${Math.floor(at / DAY)}`;
    if (p.quirk === "phone" && at > p.quirkAt) return p.spare;
    if (p.quirk === "trip" && at > p.quirkAt && at < p.quirkAt + 3 * DAY) {
      return p.spare;
    }
    return this.dice.chance(0.7) ? p.devices[0]! : this.dice.pick(p.devices);
  }

  join(p: Citizen, guild: string, at?: number): void {
    if (!p.guilds.includes(guild)) p.guilds.push(guild);
    const list = this.members.get(guild);
    if (list) list.push(p);
    else this.members.set(guild, [p]);
    if (at !== undefined) {
      this.emit({ kind: "guild_joined", guildId: guild }, p, at);
    }
  }

  citizen(id: string, joinedAt: number): Citizen {
    const { dice, plan } = this;
    const role = dice.weighted([0.3, 0.4, 0.3]);
    const p: Citizen = {
      id,
      devices: [this.w.newDevice()],
      guilds: [],
      noon: (dice.pick([9, 10, 14, 15, 20, 21]) + dice.normal(0, 2) + 24) % 24,
      pace: dice.lognormal(plan.pace, plan.inequality),
      joinedAt,
      budget: dice.lognormal(plan.middle, plan.between),
      works: role === 0 ? 0 : role === 1 ? 1 : 0.5,
      role: (["client", "worker", "both"] as const)[role]!,
      partners: [],
      rate: dice.pick([0.5, 0.8, 1, 1, 1.25, 1.5, 2]),
      kindness: dice.chance(0.15)
        ? 1
        : dice.between(0.5, 1.3) * plan.generosity,
      quirk: "",
      quirkAt: this.w.end - dice.between(0, 7) * DAY,
      spare: this.w.newDevice(),
    };
    for (let n = dice.weighted([0.6, 0.3, 0.1]); n > 0; n--) {
      p.devices.push(this.w.newDevice());
    }
    const q = dice.float();
    if (q < plan.privacy) p.quirk = "private";
    else if (q < plan.privacy + plan.phones) p.quirk = "phone";
    else if (q < plan.privacy + plan.phones + plan.trips) p.quirk = "trip";
    this.people.push(p);
    this.w.people.push(p);
    return p;
  }

  /** A waking moment; days off are the caller's. */
  moment(p: Citizen, day: number): number {
    const away = p.quirk === "trip" && day > p.quirkAt ? 6 : 0;
    return day + ((p.noon + away + this.dice.normal(0, 2.6) + 48) % 24) * HOUR;
  }

  sometime(p: Citizen, from = 6.8, to = 0.3): number {
    const t = this.w.end - this.dice.between(to, from) * DAY;
    const at = this.moment(p, Math.floor(t / DAY) * DAY);
    return Math.min(at, this.w.end - 10 * MINUTE);
  }

  amount(client: Citizen): number {
    const { dice, plan } = this;
    if (plan.prices === "list") {
      const scale = plan.middle / 50;
      const i = LIST.findIndex((x) => x * scale >= client.budget);
      const at = Math.max(
        0,
        Math.min(LIST.length - 1, (i < 0 ? 11 : i) + dice.int(-2, 1)),
      );
      return Math.max(1, Math.round(LIST[at]! * scale));
    }
    if (plan.prices === "hourly") {
      return Math.max(1, Math.round(client.budget * dice.int(1, 8) / 3));
    }
    return Math.max(
      1,
      Math.round(dice.lognormal(client.budget, 0.5) * 100) / 100,
    );
  }

  talk(p: Citizen, at: number, to?: Citizen): void {
    const direct = to !== undefined || p.guilds.length === 0 ||
      this.dice.chance(0.25);
    this.emit(
      {
        kind: "message_sent",
        counterpartyId: direct ? (to ?? this.dice.pick(this.people)).id : null,
        guildId: direct ? null : this.dice.pick(p.guilds),
      },
      p,
      at,
    );
  }

  /** A bounty's life; returns its id and when it was paid. */
  work(
    client: Citizen,
    worker: Citizen,
    at: number,
    o: { amount?: number; rating?: number; hours?: number; paid?: number } = {},
  ): { bountyId: string; end: number; guildId: string | null } {
    const { dice, plan } = this;
    const bountyId = this.w.newBounty();
    const guildId = client.guilds[0] ?? null;
    const base = { bountyId, guildId };
    const amount = o.amount ?? this.amount(client);
    const hours = o.hours ?? dice.lognormal(plan.workHours, 0.7);
    this.emit({ ...base, kind: "bounty_posted", amount }, client, at);
    let t = at + dice.exponential(0.3) * hours * HOUR + 2 * MINUTE;
    const other = plan.rich ? client.id : null;
    this.emit(
      { ...base, kind: "bounty_accepted", counterpartyId: other },
      worker,
      t,
    );
    t += dice.lognormal(hours, 0.3) * HOUR;
    this.emit(
      { ...base, kind: "bounty_submitted", counterpartyId: other },
      worker,
      t,
    );
    t += dice.lognormal(0.3, 0.8) * hours * HOUR;
    const good = o.rating !== undefined ? o.rating > 2 : !dice.chance(0.07);
    const rating = o.rating ??
      (good
        ? dice.chance(client.kindness) ? 5 : dice.int(3, 4)
        : dice.int(1, 2));
    this.emit(
      {
        ...base,
        kind: "bounty_reviewed",
        counterpartyId: worker.id,
        rating,
        outcome: good ? "accepted" : "rejected",
      },
      client,
      t,
    );
    if (good) {
      t += dice.exponential(0.1) * hours * HOUR + MINUTE;
      this.emit(
        {
          ...base,
          kind: "bounty_paid",
          counterpartyId: worker.id,
          amount: o.paid ?? amount,
        },
        client,
        t,
      );
    }
    return { bountyId, end: t, guildId };
  }

  /** A dispute about a bounty; `votes` says how jurors are found. */
  trial(
    raiser: Citizen,
    accused: Citizen,
    about: { bountyId: string; guildId: string | null },
    at: number,
    o: { dismissed?: boolean; open?: boolean; jurors?: number } = {},
  ): void {
    const { dice, plan } = this;
    const base = { bountyId: about.bountyId, guildId: about.guildId };
    this.emit(
      { ...base, kind: "dispute_raised", counterpartyId: accused.id },
      raiser,
      at,
    );
    const dismissed = o.dismissed ?? dice.chance(plan.dismissed);
    const local = about.guildId ? this.members.get(about.guildId) ?? [] : [];
    const pool = plan.bench === "fixed"
      ? this.bench
      : plan.bench === "guild" && local.length > 8
      ? local
      : this.people;
    const agree = dice.chance(0.4) ? 1 : 0.7;
    this.w.unmarked(() => {
      for (const j of dice.sample(pool, o.jurors ?? dice.int(...plan.panel))) {
        if (j === raiser || j === accused || j.joinedAt > at) continue;
        const right = dice.chance(agree);
        this.emit(
          {
            ...base,
            kind: "tribunal_vote",
            counterpartyId: (right === dismissed ? accused : raiser).id,
          },
          j,
          at + dice.between(0.05, 1) * plan.voteHours * HOUR,
        );
      }
    });
    if (o.open || dice.chance(0.15)) return;
    this.w.emit({
      ...base,
      kind: "dispute_resolved",
      actorId: raiser.id,
      counterpartyId: accused.id,
      outcome: dismissed ? "dismissed" : "upheld",
      at: at + plan.voteHours * HOUR + dice.exponential(HOUR),
    });
  }
}
