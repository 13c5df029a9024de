import { DAY, HOUR, MINUTE } from "../../../../lib/clock.ts";
import type { AnomalyKind } from "../../../../lib/ai/oracle/mod.ts";
import type { Citizen, Harbour } from "./people.ts";

/** Ordinary acts of these people, enough to be about `share` of what they do in the window. */
function camouflage(
  h: Harbour,
  people: Citizen[],
  acts: number,
  share: number,
): void {
  const { dice } = h;
  const want = Math.min(
    60,
    Math.round(acts * share / Math.max(0.1, 1 - share)),
  );
  h.w.unmarked(() => {
    for (let n = 0; n < want;) {
      const p = dice.pick(people);
      const at = h.sometime(p);
      const x = dice.float();
      if (x < 0.55) {
        h.talk(p, at);
        n++;
      } else if (x < 0.75) {
        h.emit({ kind: "user_signed_in" }, p, at);
        n++;
      } else {
        const other = dice.pick(h.people);
        if (people.includes(other)) continue;
        if (dice.chance(0.5)) h.work(p, other, at - 2 * DAY);
        else h.work(other, p, at - 2 * DAY);
        n += 2;
      }
    }
  });
}

type Plant = (
  h: Harbour,
  c: number,
  cast: (n: number, payers?: boolean) => Citizen[],
) => void;

const ids = (people: Citizen[]) => people.map((p) => p.id);

const ring: Plant = (h, c, cast) => {
  const { dice, w, plan } = h;
  const gang = cast(dice.int(3, 6));
  const laps = dice.int(2, 5);
  const purse = plan.middle * dice.between(1.5, 8);
  const hours = dice.between(0.1, 1.5) * (1 + 3 * c);
  const through = dice.chance(0.7);
  w.attack("self_dealing_ring", ids(gang), () => {
    for (let lap = 0; lap < laps; lap++) {
      let amount = purse * dice.between(0.9, 1.1);
      let t = w.end - (6.3 - 5.5 * lap / laps) * DAY;
      for (let i = 0; i < gang.length; i++) {
        const a = gang[i]!, b = gang[(i + 1) % gang.length]!;
        amount *= dice.between(0.93 - 0.1 * c, 1.02 + 0.05 * c);
        t += dice.between(0.5, 2) * hours * 2 * HOUR;
        if (through) {
          h.work(a, b, t, {
            amount: Math.round(amount),
            hours: hours / 3,
            rating: 5,
          });
        } else {
          h.emit(
            {
              kind: "bounty_paid",
              counterpartyId: b.id,
              bountyId: w.newBounty(),
              guildId: a.guilds[0] ?? null,
              amount: Math.round(amount),
            },
            a,
            t,
          );
        }
      }
    }
  });
  camouflage(h, gang, laps * gang.length * (through ? 2 : 1), c);
};

const collusion: Plant = (h, c, cast) => {
  const { dice, w, plan } = h;
  const gang = cast(dice.int(3, 7));
  const shape = dice.pick(["clique", "clique", "pairs", "star"] as const);
  const rounds = dice.int(2, 4);
  const hours = dice.between(0.05, 0.8) * (1 + 3 * c);
  let acts = 0;
  w.attack("review_collusion", ids(gang), () => {
    const praise = (a: Citizen, b: Citizen) => {
      acts++;
      h.work(a, b, h.sometime(a, 6.5, 0.8), {
        amount: Math.max(1, Math.round(plan.middle * dice.between(0.02, 0.15))),
        rating: dice.chance(0.15 * c) ? 4 : 5,
        hours,
      });
    };
    for (let r = 0; r < rounds; r++) {
      gang.forEach((a, i) =>
        gang.forEach((b, j) => {
          if (i === j) return;
          if (
            shape === "star"
              ? j === 0
              : shape === "pairs"
              ? Math.floor(i / 2) === Math.floor(j / 2) ||
                Math.abs(i - j) === 1
              : dice.chance(gang.length > 4 ? 0.5 : 0.8)
          ) praise(a, b);
        })
      );
    }
  });
  camouflage(h, gang, acts * 2, c);
};

const velocity: Plant = (h, c, cast) => {
  const { dice, w, plan } = h;
  const [p] = cast(1) as [Citizen];
  const kind = dice.pick(
    [
      "message_sent",
      "message_sent",
      "bounty_posted",
      "bounty_accepted",
      "guild_joined",
    ] as const,
  );
  const n = kind === "guild_joined" ? dice.int(30, 60) : dice.int(50, 220);
  const t = h.sometime(p, 6.5, 0.5);
  const length = dice.between(5, 90) * MINUTE * (1 + 2 * c);
  w.attack("velocity_spike", [p.id], () => {
    for (let i = 0; i < n; i++) {
      const direct = kind === "message_sent" && dice.chance(0.6);
      h.emit(
        {
          kind,
          counterpartyId: direct || kind === "bounty_accepted"
            ? dice.pick(h.people).id
            : null,
          guildId: direct
            ? null
            : kind === "guild_joined"
            ? `guild-x${i}`
            : dice.pick(w.guilds),
          bountyId: kind.startsWith("bounty") ? w.newBounty() : null,
          amount: kind === "bounty_posted" ? Math.round(plan.middle) : null,
        },
        p,
        t + dice.float() * length,
      );
    }
  });
  camouflage(h, [p], Math.min(n, 30), c);
};

const outlier: Plant = (h, c, cast) => {
  const { dice, w, plan } = h;
  const [p] = cast(1, true) as [Citizen];
  const q = dice.pick(h.people.filter((x) => x !== p));
  const n = dice.int(1, 3);
  w.attack("payment_outlier", [p.id], () => {
    for (let i = 0; i < n; i++) {
      const amount = Math.round(
        Math.max(p.budget, plan.middle) * dice.between(20, 80) * (1 - 0.4 * c),
      );
      const t = h.sometime(p, 6, 0.5);
      if (dice.chance(0.5)) {
        h.work(p, q, t - 4 * HOUR, { hours: 3, amount, rating: 4 });
      } else {
        h.emit(
          {
            kind: "bounty_paid",
            counterpartyId: q.id,
            bountyId: w.newBounty(),
            guildId: p.guilds[0] ?? null,
            amount,
          },
          p,
          t,
        );
      }
    }
  });
  camouflage(h, [p], 5, c);
};

const sybils: Plant = (h, c) => {
  const { dice, w } = h;
  const n = dice.int(5, 20);
  const guild = dice.chance(0.6)
    ? `guild-s${dice.int(1, 1e6)}`
    : dice.pick(w.guilds);
  const pool = Array.from({ length: dice.int(1, 3) }, () => w.newDevice());
  const born = w.end - dice.between(1.5, 6.5) * DAY;
  const gap = dice.between(0.5, 6) * MINUTE * (1 + 5 * c);
  const farm: Citizen[] = [];
  for (let i = 0; i < n; i++) {
    const p = h.citizen(`fresh_${dice.int(1, 1e9)}`, born + i * gap);
    p.quirk = "";
    p.devices = [dice.chance(0.6 * c) ? w.newDevice() : dice.pick(pool)];
    p.guilds = [guild];
    farm.push(p);
    h.used.add(p);
  }
  w.attack("sybil_guild", ids(farm), () => {
    for (const p of farm) {
      const t = p.joinedAt + dice.float() * MINUTE;
      h.emit({ kind: "user_registered" }, p, t);
      h.emit(
        { kind: "guild_joined", guildId: guild },
        p,
        t + dice.between(0.3, 4) * MINUTE * (1 + 3 * c),
      );
    }
    for (let r = dice.int(1, 5); r > 0; r--) {
      const t = dice.between(born + n * gap, w.end - HOUR);
      for (const p of farm) {
        if (dice.chance(0.2)) continue;
        const at = t + dice.float() * 4 * MINUTE * (1 + 4 * c);
        h.emit({ kind: "user_signed_in" }, p, at);
        if (dice.chance(0.5)) {
          h.emit(
            { kind: "message_sent", guildId: guild },
            p,
            at + dice.float() * 3 * MINUTE,
          );
        }
      }
    }
  });
  camouflage(h, farm, n * 2, c);
};

const abuse: Plant = (h, c, cast) => {
  const { dice, w } = h;
  const [p] = cast(1) as [Citizen];
  const n = dice.int(6, 14);
  w.attack("dispute_abuse", [p.id], () => {
    const victim = dice.chance(0.25) ? dice.pick(h.people) : undefined;
    for (let i = 0; i < n; i++) {
      const q = victim ?? dice.pick(h.people);
      if (q === p) continue;
      const t = h.sometime(p, 6.7, 1);
      let about: { bountyId: string; guildId: string | null } = {
        bountyId: w.newBounty(),
        guildId: p.guilds[0] ?? null,
      };
      if (dice.chance(0.6)) {
        w.unmarked(() => about = h.work(p, q, t - 2 * DAY, { hours: 6 }));
      }
      h.trial(p, q, about, t, { dismissed: dice.chance(0.92 - 0.3 * c) });
    }
  });
  camouflage(h, [p], n, c);
};

const takeover: Plant = (h, c, cast) => {
  const { dice, w } = h;
  const [p] = cast(1, true) as [Citizen];
  const device = w.newDevice();
  const loud = dice.chance(0.5);
  w.attack("account_takeover", [p.id], () => {
    const day = Math.floor((w.end - dice.between(1.5, 6) * DAY) / DAY) * DAY;
    let t = day + ((p.noon + dice.between(8, 16) * (1 - 0.5 * c)) % 24) * HOUR;
    h.emit({ kind: "user_signed_in", device }, p, t);
    for (let n = dice.int(3, 7); n > 0; n--) {
      t += dice.between(1, 15) * MINUTE * (1 + 3 * c);
      h.emit(
        {
          kind: "bounty_paid",
          counterpartyId: dice.pick(h.people).id,
          bountyId: w.newBounty(),
          amount: Math.round(p.budget * dice.between(2, 8) * (1 - 0.4 * c)),
          device,
        },
        p,
        t,
      );
    }
    if (loud) {
      for (let n = dice.int(5, 25); n > 0; n--) {
        t += dice.between(0.1, 2) * MINUTE;
        h.emit(
          {
            kind: "message_sent",
            counterpartyId: dice.pick(h.people).id,
            device,
          },
          p,
          t,
        );
      }
    }
    for (const guildId of p.guilds) {
      if (dice.chance(0.3)) {
        h.emit({ kind: "guild_left", guildId, device }, p, t += MINUTE);
      }
    }
  });
  camouflage(h, [p], 8, c);
};

const brigade: Plant = (h, c, cast) => {
  const { dice, w, plan } = h;
  const gang = cast(dice.int(4, 10));
  const [friend] = cast(1) as [Citizen];
  const n = gang.length >= 7 ? dice.int(1, 4) : dice.int(2, 4);
  w.attack("vote_brigading", ids(gang), () => {
    for (let i = 0; i < n; i++) {
      const rival = dice.pick(h.people);
      if (gang.includes(rival) || rival === friend) continue;
      const t = h.sometime(friend, 6.2, 1.5);
      let about: { bountyId: string; guildId: string | null };
      w.unmarked(() => {
        about = h.work(friend, rival, t - 3 * DAY, { hours: 10 });
        h.trial(friend, rival, about, t, {
          jurors: dice.int(1, plan.panel[1]),
          dismissed: dice.chance(0.5),
        });
      });
      const rush = dice.between(3, 40) * MINUTE * (1 + 6 * c);
      const start = t + dice.between(0.2, 5) * HOUR;
      for (const p of gang) {
        if (dice.chance(0.1 + 0.2 * c)) continue;
        h.emit(
          {
            kind: "tribunal_vote",
            bountyId: about!.bountyId,
            guildId: about!.guildId,
            counterpartyId: friend.id,
          },
          p,
          start + dice.float() * rush,
        );
      }
    }
  });
  camouflage(h, gang, gang.length * n, c);
};

const PLANTS: Record<AnomalyKind, Plant> = {
  self_dealing_ring: ring,
  review_collusion: collusion,
  velocity_spike: velocity,
  payment_outlier: outlier,
  sybil_guild: sybils,
  dispute_abuse: abuse,
  account_takeover: takeover,
  vote_brigading: brigade,
};

/** Plants `each` attacks of every kind among people that no other attack uses. */
export function plantInHarbour(h: Harbour, each: number, c: number): void {
  const acts = new Map<string, number>();
  const before = h.w.end - 7 * DAY;
  for (const a of h.w.activities) {
    if ((a.at as number) < before || h.plan.weeks === 0) {
      acts.set(a.actorId, (acts.get(a.actorId) ?? 0) + 1);
    }
  }
  const cast = (n: number, payers = false): Citizen[] => {
    const free = h.people.filter((p) =>
      !h.used.has(p) && p.joinedAt < h.w.start && p.quirk === "" &&
      (!payers || (p.role !== "worker" && (acts.get(p.id) ?? 0) >= 12))
    );
    const list = h.dice.sample(free.length >= n ? free : h.people, n);
    for (const p of list) h.used.add(p);
    return list;
  };
  for (let n = 0; n < each; n++) {
    for (const plant of Object.values(PLANTS)) plant(h, c, cast);
  }
}
