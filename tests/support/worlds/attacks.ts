import { DAY, HOUR, MINUTE } from "../../../lib/clock.ts";
import type { AnomalyKind } from "../../../lib/ai/oracle/mod.ts";
import type { Person, WorldBuilder } from "./builder.ts";
import { bounty, dispute, type Regime, talk } from "./life.ts";

/** Which book of attacks: the detector was tuned on the first and never on the second. */
export type Book = "tuning" | "judging";

interface Plot {
  w: WorldBuilder;
  r: Regime;
  /** 0–1: how much ordinary life the attackers mix in, and how far they soften what they do. */
  camouflage: number;
  book: Book;
  /** Takes people nobody else uses for an attack. */
  cast(n: number): Person[];
}

const WEEK = 7 * DAY;

/** Fewer and slower with more camouflage, at least `least`. */
const soften = (p: Plot, n: number, least: number) =>
  Math.max(least, Math.round(n * (1 - 0.5 * p.camouflage)));

/** Ordinary work with outsiders. */
function blend(p: Plot, people: Person[], each: number): void {
  const { w, r } = p;
  w.unmarked(() => {
    for (const x of people) {
      for (let n = Math.round(each * p.camouflage * 2); n > 0; n--) {
        const at = w.end - w.dice.between(0.5, 6.9) * DAY;
        const outsider = w.dice.pick(w.people);
        if (people.includes(outsider)) continue;
        bounty(w, r, x, at, new Map(), outsider);
        talk(w, x, at + HOUR);
      }
    }
  });
}

/** A quick bounty without work. */
function sham(
  p: Plot,
  client: Person,
  worker: Person,
  at: number,
  options: {
    amount?: number;
    rating?: number;
    life?: boolean;
    step?: number;
    guild?: string | null;
  },
): number {
  const { w } = p;
  const dice = w.dice;
  const bountyId = w.newBounty();
  const base = { bountyId, guildId: options.guild ?? null };
  const step = options.step ?? 10 * MINUTE;
  let t = at;
  const next = () => t += dice.between(0.3, 1.7) * step;
  const c = { ...base, actorId: client.id, device: client.devices[0]! };
  const k = {
    ...base,
    actorId: worker.id,
    counterpartyId: client.id,
    device: worker.devices[0]!,
  };
  if (options.life !== false) {
    w.emit({
      ...c,
      kind: "bounty_posted",
      at: t,
      amount: options.amount ?? null,
    });
    w.emit({ ...k, kind: "bounty_accepted", at: next() });
    w.emit({ ...k, kind: "bounty_submitted", at: next() });
  }
  if (options.rating) {
    w.emit({
      ...c,
      kind: "bounty_reviewed",
      counterpartyId: worker.id,
      rating: options.rating,
      outcome: "accepted",
      at: next(),
    });
  }
  if (options.amount) {
    w.emit({
      ...c,
      kind: "bounty_paid",
      counterpartyId: worker.id,
      amount: options.amount,
      at: next(),
    });
  }
  return t;
}

function ring(p: Plot): void {
  const { w, r, book } = p;
  const dice = w.dice;
  const tuning = book === "tuning";
  const people = p.cast(tuning ? dice.int(3, 6) : dice.int(3, 8));
  const variant = dice.int(0, 2);
  w.attack("self_dealing_ring", people.map((x) => x.id), () => {
    const base = r.amounts.middle *
      (tuning ? dice.between(0.8, 4) : dice.between(1, 8));
    const laps = soften(p, tuning ? dice.int(3, 6) : dice.int(4, 8), 2);
    const early = dice.chance(0.25);
    let at = w.end - dice.between(early ? 9 : 5, early ? 12 : 6.8) * DAY;
    const gap = (w.end - at - 0.3 * DAY) / (laps * people.length);
    const jitter = 0.03 + 0.25 * p.camouflage;
    for (let lap = 0; lap < laps; lap++) {
      let amount = base * dice.lognormal(1, jitter);
      const order = !tuning && variant === 2 ? dice.sample(people, 99) : people;
      for (let i = 0; i < order.length; i++) {
        const from = order[i]!, to = order[(i + 1) % order.length]!;
        amount *= (variant === 1 ? 0.97 : 1) * dice.lognormal(1, jitter);
        const life = tuning ? variant !== 2 : variant !== 0;
        sham(p, from, to, at, {
          amount: Math.round(amount * 100) / 100,
          rating: life && dice.chance(0.8) ? 5 : undefined,
          life,
          step: Math.min(
            gap / 6,
            (tuning ? 0.5 : 2) * HOUR * (1 + 4 * p.camouflage),
          ),
          guild: from.guilds[0] ?? null,
        });
        at += gap * dice.between(0.5, 1.4);
      }
    }
    blend(p, people, 4);
  });
}

function collusion(p: Plot): void {
  const { w, r, book } = p;
  const dice = w.dice;
  const tuning = book === "tuning";
  const people = p.cast(tuning ? dice.int(3, 6) : dice.int(2, 10));
  const variant = people.length < 3 ? 0 : dice.int(0, tuning ? 1 : 2);
  w.attack("review_collusion", people.map((x) => x.id), () => {
    const rounds = soften(p, tuning ? dice.int(2, 4) : dice.int(2, 5), 1);
    const from = w.end - dice.between(4, 6.8) * DAY;
    const at = () => dice.between(from, w.end - 0.2 * DAY);
    const deal = (a: Person, b: Person) => {
      const paid = tuning ? dice.chance(0.5) : variant !== 1;
      sham(p, a, b, at(), {
        rating: dice.chance(0.25 * p.camouflage) ? 4 : 5,
        amount: paid
          ? Math.max(1, Math.round(r.amounts.middle * dice.between(0.02, 0.2)))
          : undefined,
        life: tuning ? dice.chance(0.7) : true,
        step: (tuning ? 0.3 : 1.2) * HOUR * (1 + 4 * p.camouflage),
      });
    };
    if (variant === 0) {
      // Everybody praises everybody.
      for (let n = 0; n < rounds + (people.length < 4 ? 3 : 0); n++) {
        for (const a of people) {
          for (const b of people) {
            if (a !== b && dice.chance(people.length > 5 ? 0.4 : 0.8)) {
              deal(a, b);
            }
          }
        }
      }
    } else if (variant === 1) {
      // Pairs of neighbours.
      for (let n = 0; n < rounds * 2; n++) {
        people.forEach((a, i) => {
          const b = people[(i + 1) % people.length]!;
          deal(a, b);
          deal(b, a);
        });
      }
    } else {
      // Friends lift one.
      const [star, ...fans] = people;
      for (const f of fans) {
        for (let n = 0; n < rounds + 2; n++) deal(f, star!);
      }
    }
    blend(p, people, 3);
  });
}

function velocity(p: Plot): void {
  const { w, r, book } = p;
  const dice = w.dice;
  const tuning = book === "tuning";
  const [x] = p.cast(1);
  w.attack("velocity_spike", [x!.id], () => {
    const kinds = tuning
      ? ["message_sent", "bounty_submitted", "bounty_posted"] as const
      : [
        "message_sent",
        "bounty_accepted",
        "bounty_posted",
        "bounty_submitted",
        "user_signed_in",
      ] as const;
    const kind = dice.pick(kinds);
    const n = soften(p, tuning ? dice.int(60, 150) : dice.int(45, 300), 20) *
      (kind === "message_sent" ? 1.5 : 1);
    const length = (tuning ? dice.between(0.2, 1) : dice.between(0.1, 3)) *
      HOUR * (1 + 3 * p.camouflage);
    const at = w.end - dice.between(0.3, 6.5) * DAY;
    for (let i = 0; i < n; i++) {
      const other = dice.pick(w.people);
      w.emit({
        kind,
        actorId: x!.id,
        at: at + dice.float() * length,
        device: x!.devices[0]!,
        guildId: kind === "message_sent"
          ? x!.guilds[0] ?? w.guilds[0]!
          : x!.guilds[0] ?? null,
        bountyId: kind.startsWith("bounty") ? w.newBounty() : null,
        counterpartyId:
          kind === "bounty_accepted" || kind === "bounty_submitted"
            ? other.id
            : null,
        amount: kind === "bounty_posted" ? r.amounts.middle : null,
      });
    }
    blend(p, [x!], 2);
  });
}

function outlier(p: Plot): void {
  const { w, r, book } = p;
  const dice = w.dice;
  const tuning = book === "tuning";
  const [x, y] = p.cast(2);
  w.attack("payment_outlier", [x!.id], () => {
    const times = (tuning ? dice.between(25, 60) : dice.between(20, 100)) *
      (1 - 0.6 * p.camouflage);
    const heavy = r.amounts.pareto
      ? 6
      : Math.exp(0.9 * (r.amounts.within + 0.5 * r.amounts.between));
    const n = dice.int(1, 3);
    for (let i = 0; i < n; i++) {
      const amount = Math.round(
        x!.budget * times * heavy * dice.lognormal(1, 0.1) / 1.5,
      );
      const offered = tuning || dice.chance(0.5);
      const at = w.end - dice.between(0.4, 6.5) * DAY;
      sham(p, x!, y!, at, {
        amount,
        life: offered,
        rating: offered && dice.chance(0.5) ? 5 : undefined,
        step: 5 * HOUR,
      });
    }
    blend(p, [x!], 3);
  });
}

function sybils(p: Plot): void {
  const { w, book } = p;
  const dice = w.dice;
  const tuning = book === "tuning";
  const size = tuning ? dice.int(5, 12) : dice.int(4, 30);
  const guild = tuning || dice.chance(0.5)
    ? dice.pick(w.guilds)
    : `guild_s${dice.int(1, 1e6)}`;
  const old = !tuning && dice.chance(0.25);
  const born = old
    ? Math.max(w.start, w.end - dice.between(8, 13) * DAY)
    : w.end - dice.between(2, 6.5) * DAY;
  const devices = Array.from(
    { length: Math.max(1, Math.round(size / dice.int(3, 8))) },
    () => w.newDevice(),
  );
  const people: Person[] = [];
  for (let i = 0; i < size; i++) {
    const own = dice.chance(0.5 * p.camouflage);
    const x: Person = {
      id: `n${dice.int(1, 1e9)}_${w.people.length}`,
      devices: [own ? w.newDevice() : dice.pick(devices)],
      guilds: [guild],
      noon: 12,
      pace: 1,
      joinedAt: born,
      budget: 10,
      works: 0.5,
    };
    people.push(x);
    w.people.push(x);
  }
  w.attack("sybil_guild", people.map((x) => x.id), () => {
    const loose = 1 + 10 * p.camouflage;
    const rush = (tuning ? 2 : 4) * MINUTE * loose;
    people.forEach((x, i) => {
      const at = born + i * rush * dice.between(0.5, 1.5);
      w.emit({
        kind: "user_registered",
        actorId: x.id,
        at,
        device: x.devices[0]!,
      });
      w.emit({
        kind: "guild_joined",
        actorId: x.id,
        guildId: guild,
        at: at + dice.between(0.2, 2) * MINUTE * loose,
        device: x.devices[0]!,
      });
    });
    for (let day = born + DAY; day < w.end; day += DAY) {
      const hour = dice.between(0, 20) * HOUR;
      for (const x of people) {
        if (dice.chance(0.3)) continue;
        w.emit({
          kind: "user_signed_in",
          actorId: x.id,
          at: day + hour + dice.between(0, 3) * MINUTE * loose,
          device: x.devices[0]!,
        });
        if (!tuning && dice.chance(0.3)) {
          w.emit({
            kind: "message_sent",
            actorId: x.id,
            guildId: guild,
            at: day + hour + dice.between(0, 30) * MINUTE,
            device: x.devices[0]!,
          });
        }
      }
    }
    w.unmarked(() => {
      for (const x of people) {
        for (let n = Math.round(6 * p.camouflage); n > 0; n--) {
          talk(w, x, dice.between(born + HOUR, w.end));
        }
      }
    });
  });
}

function abuse(p: Plot): void {
  const { w, r, book } = p;
  const dice = w.dice;
  const tuning = book === "tuning";
  const [x] = p.cast(1);
  w.attack("dispute_abuse", [x!.id], () => {
    const n = soften(p, tuning ? dice.int(7, 14) : dice.int(6, 20), 4);
    const same = dice.chance(0.2) ? dice.pick(w.people) : undefined;
    for (let i = 0; i < n; i++) {
      const other = same ?? dice.pick(w.people);
      if (other === x) continue;
      const at = w.end - dice.between(0.5, 6.8) * DAY;
      const bountyId = w.newBounty();
      if (!tuning && dice.chance(0.6)) {
        w.unmarked(() => {
          w.emit({
            kind: "bounty_posted",
            actorId: x!.id,
            at: at - DAY,
            bountyId,
            amount: r.amounts.middle,
            device: x!.devices[0]!,
          });
          w.emit({
            kind: "bounty_accepted",
            actorId: other.id,
            counterpartyId: x!.id,
            at: at - 0.8 * DAY,
            bountyId,
            device: other.devices[0]!,
          });
        });
      }
      const dismissed = dice.chance(0.95 - 0.35 * p.camouflage);
      if (tuning || dice.chance(0.6)) {
        const before = w.activities.length;
        dispute(w, r, x!, other, bountyId, null, at, dismissed);
        // Jurors and their votes are no part of the abuse.
        const votes = new Set(
          w.activities.slice(before).filter((a) => a.kind === "tribunal_vote")
            .map((a) => a.id),
        );
        w.marked = w.marked!.filter((id) => !votes.has(id));
      } else {
        w.emit({
          kind: "dispute_raised",
          actorId: x!.id,
          counterpartyId: other.id,
          bountyId,
          at,
          device: x!.devices[0]!,
        });
      }
    }
    blend(p, [x!], 5);
  });
}

function takeover(p: Plot): void {
  const { w, r, book } = p;
  const dice = w.dice;
  const tuning = book === "tuning";
  const x = established(p);
  const mules = p.cast(2);
  const device = w.newDevice();
  w.attack("account_takeover", [x.id], () => {
    const night = dice.chance(1 - p.camouflage) ? 12 : dice.between(0, 12);
    const day = Math.floor((w.end - dice.between(0.8, 6.2) * DAY) / DAY) * DAY;
    let at = day + ((x.noon + night) % 24) * HOUR;
    if (at > w.end - 3 * HOUR) at -= DAY;
    w.emit({ kind: "user_signed_in", actorId: x.id, at, device });
    const pays = soften(p, tuning ? dice.int(4, 9) : dice.int(3, 12), 2);
    const step = (tuning ? 4 : 15) * MINUTE * (1 + 5 * p.camouflage);
    const loud = !tuning && dice.chance(0.4);
    for (let i = 0; i < pays; i++) {
      at += dice.exponential(step);
      w.emit({
        kind: "bounty_paid",
        actorId: x.id,
        counterpartyId: dice.pick(mules).id,
        amount: Math.round(
          x.budget * dice.between(1.5, 8) * (1 - 0.5 * p.camouflage) + 1,
        ),
        bountyId: tuning
          ? w.newBounty()
          : dice.chance(0.5)
          ? w.newBounty()
          : null,
        at,
        device,
      });
    }
    if (loud || (tuning && dice.chance(0.4))) {
      for (let i = soften(p, dice.int(8, 25), 4); i > 0; i--) {
        at += dice.exponential(step / 2);
        w.emit({
          kind: "message_sent",
          actorId: x.id,
          counterpartyId: dice.pick(w.people).id,
          at,
          device,
        });
      }
    }
    if (dice.chance(0.4) && x.guilds.length) {
      w.emit({
        kind: "guild_left",
        actorId: x.id,
        guildId: x.guilds[0]!,
        at: at + 5 * MINUTE,
        device,
      });
    }
    void r;
    // Camouflage: the thief also does what the owner would.
    w.unmarked(() => {
      for (let n = Math.round(6 * p.camouflage); n > 0; n--) {
        w.emit({
          kind: "message_sent",
          actorId: x.id,
          guildId: x.guilds[0] ?? w.guilds[0]!,
          at: at - dice.between(0, 3) * HOUR + 3 * HOUR,
          device,
        });
      }
    });
  });
}

/** Somebody with a past. */
function established(p: Plot): Person {
  for (let tries = 0; tries < 60; tries++) {
    const [x] = p.cast(1);
    const before = p.w.activities.filter((a) =>
      a.actorId === x!.id && (a.at as number) < p.w.end - WEEK
    ).length;
    if (before >= 12) {
      return x!;
    }
  }
  return p.cast(1)[0]!;
}

function brigade(p: Plot): void {
  const { w, r, book } = p;
  const dice = w.dice;
  const tuning = book === "tuning";
  const people = p.cast(tuning ? dice.int(5, 9) : dice.int(4, 12));
  const favoured = dice.pick(w.people);
  const variant = people.length < 6 ? 0 : dice.int(0, 1);
  w.attack("vote_brigading", people.map((x) => x.id), () => {
    const disputes = variant === 0
      ? soften(p, tuning ? dice.int(3, 5) : dice.int(3, 6), 2)
      : tuning
      ? 2
      : dice.int(1, 2);
    for (let d = 0; d < disputes; d++) {
      const other = dice.pick(w.people);
      const bountyId = w.newBounty();
      const at = w.end - dice.between(1.5, 6.5) * DAY;
      w.unmarked(() =>
        w.emit({
          kind: "dispute_raised",
          actorId: favoured.id,
          counterpartyId: other.id,
          bountyId,
          at,
          device: favoured.devices[0]!,
        })
      );
      const start = at + dice.between(0.5, 6) * HOUR;
      const rush = (variant === 1 ? 6 : 25) * MINUTE * (1 + 12 * p.camouflage);
      let last = start;
      for (const x of people) {
        if (dice.chance(0.15 + 0.2 * p.camouflage)) continue;
        const t = start + dice.float() * rush;
        last = Math.max(last, t);
        w.emit({
          kind: "tribunal_vote",
          actorId: x.id,
          counterpartyId: favoured.id,
          bountyId,
          at: t,
          device: x.devices[0]!,
        });
      }
      w.unmarked(() => {
        const honest = dice.sample(w.people, dice.int(0, r.panel[1] - 1));
        for (const j of honest) {
          if (people.includes(j)) continue;
          w.emit({
            kind: "tribunal_vote",
            actorId: j.id,
            counterpartyId: dice.chance(0.7) ? other.id : favoured.id,
            bountyId,
            at: at + dice.between(0.1, 1) * r.voteHours * HOUR,
            device: j.devices[0]!,
          });
        }
        w.emit({
          kind: "dispute_resolved",
          actorId: favoured.id,
          counterpartyId: other.id,
          bountyId,
          outcome: "upheld",
          at: last + r.voteHours * HOUR,
        });
        // Camouflage: they also judge honestly.
        for (
          let n = Math.round(2 * p.camouflage * people.length / 2);
          n > 0;
          n--
        ) {
          const [a, b] = dice.sample(w.people, 2);
          dispute(
            w,
            r,
            a!,
            b!,
            w.newBounty(),
            null,
            w.end - dice.between(2, 6) * DAY,
            dice.chance(r.dismissed),
          );
        }
      });
    }
  });
}

const PLOTS: Record<AnomalyKind, (p: Plot) => void> = {
  self_dealing_ring: ring,
  review_collusion: collusion,
  velocity_spike: velocity,
  payment_outlier: outlier,
  sybil_guild: sybils,
  dispute_abuse: abuse,
  account_takeover: takeover,
  vote_brigading: brigade,
};

/** Plants each kind of attack `each` times among the world's people. */
export function plant(
  w: WorldBuilder,
  r: Regime,
  options: { camouflage: number; book: Book; each: number },
): void {
  const used = new Set<Person>();
  const cast = (n: number): Person[] => {
    const free = w.people.filter((x) =>
      !used.has(x) && x.joinedAt < w.end - WEEK
    );
    const chosen = w.dice.sample(free, n);
    for (const x of chosen) used.add(x);
    return chosen;
  };
  for (let n = 0; n < options.each; n++) {
    for (const plot of Object.values(PLOTS)) {
      plot({
        w,
        r,
        camouflage: options.camouflage,
        book: options.book,
        cast,
      });
    }
  }
}
