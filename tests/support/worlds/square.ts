import { DAY, HOUR, MINUTE } from "../../../lib/clock.ts";
import type { AnomalyKind } from "../../../lib/ai/oracle/mod.ts";
import { type LabelledWorld, type Person, WorldBuilder } from "./builder.ts";
import { Dice } from "./dice.ts";

export interface Square {
  name: string;
  users: number;
  weeks: number;
  /** Activities a person and day. */
  rate: number;
  camouflage: number;
  /** Attacks of each kind. */
  each: number;
  seed: number;
}

/**
 * A third way to write a world, with its own attacks, that shares nothing with the others but the builder: written from the
 * issue's sentences alone, after the detector, and used to judge only. Camouflage here replaces acts of an attack by
 * ordinary ones with that chance, so circles get holes.
 */
export function square(o: Square): LabelledWorld {
  const dice = new Dice(o.seed * 31 + 7);
  const end = Date.UTC(2026, 2, 16) + o.seed * HOUR * 5;
  const w = new WorldBuilder(
    dice,
    end - (o.weeks * 7 + 7) * DAY,
    end,
    o.seed % 2 === 0,
  );
  const jurors: Person[] = [];
  for (let g = 0; g < Math.ceil(o.users / 18); g++) w.guilds.push(`G${g}`);
  for (let i = 0; i < o.users; i++) {
    const p: Person = {
      id: `person${i}`,
      devices: [w.newDevice(), ...(dice.chance(0.4) ? [w.newDevice()] : [])],
      guilds: [w.guilds[i % w.guilds.length]!],
      noon: dice.pick([8, 13, 14, 15, 16, 17, 20, 22, 2]),
      pace: o.rate * (i % 50 === 0 ? 12 : dice.between(0.2, 2)),
      joinedAt: w.start - DAY,
      budget: dice.pick([20, 50, 50, 100, 100, 200, 500]),
      works: dice.float(),
    };
    // Every tenth shares a tablet with the one before.
    if (i % 10 === 9) p.devices.push(w.people[i - 1]!.devices[0]!);
    w.people.push(p);
    if (i % 4 === 0) jurors.push(p);
    if (dice.chance(0.06)) {
      p.joinedAt = dice.between(w.start, w.end - DAY);
      w.emit({
        kind: "user_registered",
        actorId: p.id,
        at: p.joinedAt,
        device: p.devices[0],
      });
      w.emit({
        kind: "guild_joined",
        actorId: p.id,
        guildId: p.guilds[0],
        at: p.joinedAt + 9 * MINUTE,
        device: p.devices[0],
      });
    }
  }
  const at = (p: Person, day: number) =>
    day + ((p.noon + dice.between(-5, 5) + 24) % 24) * HOUR;
  const dev = (p: Person) => dice.pick(p.devices);
  const deal = (
    client: Person,
    worker: Person,
    t: number,
    amount: number,
    rating: number,
    hours: number,
  ) => {
    const bountyId = w.newBounty();
    const base = { bountyId, guildId: client.guilds[0]! };
    const c = {
      ...base,
      actorId: client.id,
      counterpartyId: worker.id,
      device: dev(client),
    };
    const k = {
      ...base,
      actorId: worker.id,
      counterpartyId: client.id,
      device: dev(worker),
    };
    const step = hours * HOUR;
    w.emit({
      ...c,
      counterpartyId: null,
      kind: "bounty_posted",
      at: t,
      amount,
    });
    w.emit({
      ...k,
      kind: "bounty_accepted",
      at: t += dice.between(0.05, 0.4) * step,
    });
    w.emit({
      ...k,
      kind: "bounty_submitted",
      at: t += dice.between(0.4, 1.6) * step,
    });
    w.emit({
      ...c,
      kind: "bounty_reviewed",
      rating,
      outcome: rating < 3 ? "rejected" : "accepted",
      at: t += dice.between(0.02, 0.4) * step,
    });
    if (rating >= 3) {
      w.emit({
        ...c,
        kind: "bounty_paid",
        amount,
        at: t += dice.between(0.01, 0.1) * step,
      });
    }
    return { bountyId, end: t };
  };
  const trial = (
    a: Person,
    b: Person,
    bountyId: string,
    t: number,
    outcome: "upheld" | "dismissed",
  ) => {
    w.emit({
      kind: "dispute_raised",
      actorId: a.id,
      counterpartyId: b.id,
      bountyId,
      guildId: a.guilds[0],
      at: t,
      device: dev(a),
    });
    w.unmarked(() => {
      for (const j of dice.sample(jurors, 5)) {
        if (j === a || j === b) continue;
        w.emit({
          kind: "tribunal_vote",
          actorId: j.id,
          counterpartyId:
            ((outcome === "upheld") === dice.chance(0.85) ? a : b).id,
          bountyId,
          guildId: a.guilds[0],
          at: t + dice.between(1, 40) * HOUR,
          device: dev(j),
        });
      }
    });
    w.emit({
      kind: "dispute_resolved",
      actorId: a.id,
      counterpartyId: b.id,
      bountyId,
      outcome,
      guildId: a.guilds[0],
      at: t + 44 * HOUR,
    });
  };
  const ordinary = (p: Person, t: number) => {
    const x = dice.float();
    if (x < 0.2) {
      w.emit({ kind: "user_signed_in", actorId: p.id, at: t, device: dev(p) });
    } else if (x < 0.85) {
      w.emit({
        kind: "message_sent",
        actorId: p.id,
        at: t,
        guildId: p.guilds[0],
        device: dev(p),
      });
    } else if (x < 0.9) {
      w.emit({
        kind: "message_sent",
        actorId: p.id,
        at: t,
        counterpartyId: dice.pick(w.people).id,
        device: dev(p),
      });
    } else {
      const other = dice.chance(0.5)
        ? dice.pick(w.people.filter((q) => q.guilds[0] === p.guilds[0]))
        : dice.pick(w.people);
      if (other === p || other.joinedAt > t) return;
      const r = deal(
        p,
        other,
        t,
        Math.round(p.budget * dice.lognormal(1, 0.4)),
        dice.weighted([3, 4, 10, 33, 50]) + 1,
        dice.between(4, 40),
      );
      if (dice.chance(0.05)) {
        trial(
          dice.chance(0.6) ? p : other,
          dice.chance(0.6) ? other : p,
          r.bountyId,
          r.end + 3 * HOUR,
          dice.chance(0.5) ? "upheld" : "dismissed",
        );
      }
    }
  };
  for (const p of w.people) {
    for (let day = Math.floor(w.start / DAY) * DAY; day < end; day += DAY) {
      if (day + DAY < p.joinedAt || dice.chance(0.25)) continue;
      for (let n = dice.poisson(p.pace); n > 0; n--) {
        const t = at(p, day);
        if (t > p.joinedAt + HOUR) ordinary(p, t);
      }
    }
  }
  const used = new Set<Person>();
  const cast = (n: number) => {
    const list = dice.sample(
      w.people.filter((p) => !used.has(p) && p.joinedAt < w.start),
      n,
    );
    for (const p of list) used.add(p);
    return list;
  };
  const c = o.camouflage;
  const hidden = () => dice.chance(c);
  const sometime = (p: Person) =>
    at(p, Math.floor(end / DAY) * DAY - dice.int(1, 6) * DAY);
  const disguise = (p: Person) => w.unmarked(() => ordinary(p, sometime(p)));
  const attacks: Record<AnomalyKind, () => void> = {
    self_dealing_ring() {
      const ring = cast(dice.int(3, 6));
      const amount = dice.between(100, 600);
      const rounds = dice.int(3, 5);
      w.attack("self_dealing_ring", ring.map((p) => p.id), () => {
        for (let r = 0; r < rounds; r++) {
          let t = end - (6.5 - r * 6 / rounds) * DAY;
          ring.forEach((p, i) => {
            t += dice.between(0.5, 3) * HOUR;
            if (hidden()) return disguise(p);
            deal(
              p,
              ring[(i + 1) % ring.length]!,
              t,
              Math.round(amount * dice.between(0.92, 1.08)),
              5,
              0.4 + 6 * c,
            );
          });
        }
      });
    },
    review_collusion() {
      const gang = cast(dice.int(2, 6));
      w.attack("review_collusion", gang.map((p) => p.id), () => {
        const each = Math.ceil(14 / gang.length);
        for (const p of gang) {
          for (let n = 0; n < each; n++) {
            const q = dice.pick(gang.filter((x) => x !== p));
            if (hidden()) {
              disguise(p);
              continue;
            }
            deal(p, q, sometime(p), dice.int(1, 9), 5, 0.3 + 4 * c);
          }
        }
      });
    },
    velocity_spike() {
      const [p] = cast(1);
      w.attack("velocity_spike", [p!.id], () => {
        const kind = dice.pick(
          ["message_sent", "bounty_posted", "bounty_accepted"] as const,
        );
        const t = sometime(p!),
          n = dice.int(60, 200),
          length = dice.between(10, 60) * MINUTE * (1 + 4 * c);
        for (let i = 0; i < n; i++) {
          if (hidden()) continue;
          w.emit({
            kind,
            actorId: p!.id,
            at: t + dice.float() * length,
            guildId: p!.guilds[0],
            bountyId: kind === "message_sent" ? null : w.newBounty(),
            amount: kind === "bounty_posted" ? 10 : null,
            counterpartyId: kind === "bounty_accepted"
              ? dice.pick(w.people).id
              : null,
            device: dev(p!),
          });
        }
      });
    },
    payment_outlier() {
      const [p] = cast(1);
      w.attack("payment_outlier", [p!.id], () => {
        for (let n = dice.int(1, 2); n > 0; n--) {
          const q = dice.pick(w.people.filter((x) => x !== p));
          w.emit({
            kind: "bounty_paid",
            actorId: p!.id,
            counterpartyId: q.id,
            amount: Math.round(
              p!.budget * dice.between(25, 60) * (1 - 0.5 * c),
            ),
            bountyId: w.newBounty(),
            guildId: p!.guilds[0],
            at: sometime(p!),
            device: dev(p!),
          });
        }
      });
    },
    sybil_guild() {
      const size = dice.int(5, 15), guild = `SG${dice.int(1, 1e5)}`;
      const devices = [w.newDevice(), w.newDevice()];
      const born = end - dice.between(3, 6.5) * DAY;
      const farm: Person[] = Array.from({ length: size }, (_, i) => ({
        id: `acct_${dice.int(1, 1e8)}_${i}`,
        devices: [hidden() ? w.newDevice() : dice.pick(devices)],
        guilds: [guild],
        noon: 12,
        pace: 1,
        joinedAt: born,
        budget: 20,
        works: 0.5,
      }));
      w.people.push(...farm);
      w.attack("sybil_guild", farm.map((p) => p.id), () => {
        const slack = (2 + 50 * c) * MINUTE;
        for (const p of farm) {
          const t = born + dice.between(0, 20 + 200 * c) * MINUTE;
          w.emit({
            kind: "user_registered",
            actorId: p.id,
            at: t,
            device: p.devices[0],
          });
          w.emit({
            kind: "guild_joined",
            actorId: p.id,
            guildId: guild,
            at: t + dice.float() * 10 * MINUTE,
            device: p.devices[0],
          });
        }
        for (let t = born + 20 * HOUR; t < end; t += DAY) {
          for (const p of farm) {
            w.emit({
              kind: "user_signed_in",
              actorId: p.id,
              at: t + dice.float() * slack,
              device: p.devices[0],
            });
          }
        }
        w.unmarked(() => {
          for (const p of farm) {
            if (hidden()) {
              for (let n = 0; n < 4; n++) {
                ordinary(p, dice.between(born + DAY, end));
              }
            }
          }
        });
      });
    },
    account_takeover() {
      const p = w.people.filter((x) =>
        !used.has(x) && x.pace > o.rate * 0.6 && x.joinedAt < w.start
      )[dice.int(0, 20)]!;
      used.add(p);
      const device = w.newDevice();
      w.attack("account_takeover", [p.id], () => {
        let t = Math.floor(end / DAY) * DAY - dice.int(1, 5) * DAY +
          ((p.noon + (hidden() ? 2 : 12)) % 24) * HOUR;
        w.emit({ kind: "user_signed_in", actorId: p.id, at: t, device });
        for (let n = dice.int(4, 8); n > 0; n--) {
          t += dice.between(1, 20) * MINUTE;
          if (hidden()) {
            w.emit({
              kind: "message_sent",
              actorId: p.id,
              at: t,
              guildId: p.guilds[0],
              device,
            });
          } else {
            w.emit({
              kind: "bounty_paid",
              actorId: p.id,
              counterpartyId: dice.pick(w.people).id,
              amount: Math.round(p.budget * dice.between(2, 6)),
              bountyId: w.newBounty(),
              guildId: p.guilds[0],
              at: t,
              device,
            });
          }
        }
      });
    },
    dispute_abuse() {
      const [p] = cast(1);
      w.attack("dispute_abuse", [p!.id], () => {
        for (let n = dice.int(8, 14); n > 0; n--) {
          const q = dice.pick(w.people.filter((x) => x !== p));
          if (hidden()) {
            disguise(p!);
            continue;
          }
          trial(
            p!,
            q,
            w.newBounty(),
            sometime(p!),
            dice.chance(0.9) ? "dismissed" : "upheld",
          );
        }
      });
    },
    vote_brigading() {
      const gang = cast(dice.int(5, 9));
      const [star] = cast(1);
      w.attack("vote_brigading", gang.map((p) => p.id), () => {
        for (let n = dice.int(2, 4); n > 0; n--) {
          const rival = dice.pick(
            w.people.filter((x) => x !== star && !gang.includes(x)),
          );
          const bountyId = w.newBounty();
          const t = end - dice.between(2, 6) * DAY;
          w.unmarked(() => trial(star!, rival, bountyId, t, "upheld"));
          for (const p of gang) {
            if (hidden()) continue;
            w.emit({
              kind: "tribunal_vote",
              actorId: p.id,
              counterpartyId: star!.id,
              bountyId,
              guildId: star!.guilds[0],
              at: t + 2 * HOUR + dice.between(0, 20 + 300 * c) * MINUTE,
              device: dev(p),
            });
          }
        }
      });
    },
  };
  for (let n = 0; n < o.each; n++) {
    for (const plant of Object.values(attacks)) plant();
  }
  return w.finish(o.name);
}
