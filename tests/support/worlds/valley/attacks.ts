import { DAY, HOUR, MINUTE } from "../../../../lib/clock.ts";
import type { AnomalyKind } from "../../../../lib/ai/oracle/mod.ts";
import type { Dweller, Valley } from "./people.ts";

/** Plants one attack; `c` is the camouflage, `cast` finds people for it. Returns who acted and how many acts it took. */
type Plot = (
  v: Valley,
  c: number,
  cast: (n: number, fit?: (p: Dweller) => boolean) => Dweller[],
) => { gang: Dweller[]; acts: number };

/** Money goes round and comes back, less a cut; in long circles, slowly, or each time through other hands. */
const ring: Plot = (v, c, cast) => {
  const { dice } = v;
  const mules = dice.chance(0.3);
  const size = dice.int(3, 8);
  const gang = cast(size);
  const laps = dice.int(3, 5);
  const slow = dice.chance(0.3);
  const sum = v.price * dice.between(1, 6);
  const cut = dice.between(0, 0.06 + 0.1 * c);
  const shams = dice.chance(0.5);
  let acts = 0;
  v.labelled("self_dealing_ring", gang, () => {
    for (let lap = 0; lap < laps; lap++) {
      // The first is the organiser: mules take turns, everybody is in two laps at least.
      const [first, ...rest] = gang as [Dweller, ...Dweller[]];
      const way = mules && rest.length > 3
        ? [first, ...dice.sample(rest, Math.ceil(rest.length * 0.7))]
        : gang;
      let amount = sum * dice.lognormal(1, 0.15);
      let at = v.end - (6.4 - 6 * lap / laps) * DAY;
      const step = (slow ? 5 * DAY / laps : dice.between(0.5, 6) * HOUR) /
        way.length * (slow ? 1 : 1 + c);
      way.forEach((from, i) => {
        const to = way[(i + 1) % way.length]!;
        amount *= 1 - cut * dice.float();
        at += step * dice.between(0.6, 1.3);
        acts++;
        const rounded = Math.round(amount);
        if (shams) {
          v.deal(from, to, at, {
            amount: rounded,
            rating: 5,
            days: step / DAY / 8,
          });
        } else {
          v.act(from, at, {
            kind: "bounty_paid",
            counterpartyId: to.id,
            bountyId: v.id("b"),
            guildId: from.guild,
            amount: rounded,
          });
        }
      });
    }
  });
  return { gang, acts: acts * (shams ? 3 : 1) };
};

/** Praise for work of minutes, given in turn; sometimes for one who is to shine. */
const collusion: Plot = (v, c, cast) => {
  const { dice } = v;
  const gang = cast(dice.int(3, 9));
  const star = dice.chance(0.3);
  const want = gang.length * dice.int(4, 7);
  v.labelled("review_collusion", gang, () => {
    for (let n = 0; n < want; n++) {
      const i = star ? n % (gang.length - 1) + 1 : n % gang.length;
      const step = star ? 0 : 1 + Math.floor(n / gang.length) %
          (gang.length - 1);
      const client = gang[i]!;
      const worker = star ? gang[0]! : gang[(i + step) % gang.length]!;
      v.deal(client, worker, v.lately(client, 6.3), {
        amount: Math.max(1, Math.round(v.price * dice.between(0.02, 0.2))),
        rating: dice.chance(0.1 + 0.2 * c) ? 4 : 5,
        days: dice.between(5, 60) * (1 + 3 * c) * MINUTE / DAY,
      });
    }
  });
  return { gang, acts: want * 2 };
};

/** One account does in an hour or three what it does in months. */
const velocity: Plot = (v, c, cast) => {
  const { dice } = v;
  const [p] = cast(1) as [Dweller];
  const kind = dice.pick(
    [
      "message_sent",
      "bounty_posted",
      "bounty_accepted",
      "user_signed_in",
      "guild_joined",
    ] as const,
  );
  const n = Math.round((40 + p.pace * 12) * dice.between(1, 3));
  const from = v.lately(p);
  const length = dice.between(0.2, 2.5) * HOUR * (1 + c);
  v.labelled("velocity_spike", [p], () => {
    for (let i = 0; i < n; i++) {
      const direct = kind === "message_sent";
      v.act(p, from + dice.float() * length, {
        kind,
        counterpartyId: direct || kind === "bounty_accepted"
          ? dice.pick(v.people).id
          : null,
        guildId: direct || kind === "user_signed_in"
          ? null
          : dice.pick(v.guilds),
        bountyId: kind.startsWith("bounty") ? v.id("b") : null,
        amount: kind === "bounty_posted" ? v.amount(p) : null,
      });
    }
  });
  return { gang: [p], acts: Math.min(n, 40) };
};

/** One or two payments far beyond what this person has ever paid. */
const outlier: Plot = (v, c, cast) => {
  const { dice } = v;
  const [p] = cast(1, (x) => x.pace > 0.8) as [Dweller];
  const n = dice.int(1, 2);
  v.labelled("payment_outlier", [p], () => {
    for (let i = 0; i < n; i++) {
      v.act(p, v.lately(p), {
        kind: "bounty_paid",
        counterpartyId: dice.pick(v.people.filter((x) => x !== p)).id,
        bountyId: v.id("b"),
        guildId: p.guild,
        amount: Math.round(
          Math.max(p.purse, v.price) * dice.between(30, 120) * (1 - 0.4 * c),
        ),
      });
    }
  });
  return { gang: [p], acts: 4 };
};

/** Accounts made in a row, two or three to a device, that join one guild and come and go together. */
const sybils: Plot = (v, c) => {
  const { dice } = v;
  const guild = dice.chance(0.5) ? v.id("gilde") : dice.pick(v.guilds);
  const size = dice.int(6, 18);
  const perDevice = dice.int(2, 4);
  const born = v.end - dice.between(1.5, 6) * DAY;
  const gap = dice.between(1, 10) * MINUTE * (1 + 3 * c);
  const device = Array.from(
    { length: Math.ceil(size / perDevice) },
    () => v.id("dv"),
  );
  const gang = Array.from({ length: size }, (_, i) =>
    v.settle({
      guild,
      since: born + i * gap * dice.between(0.8, 1.2),
      devices: [
        dice.chance(0.4 * c) ? v.id("dv") : device[Math.floor(i / perDevice)]!,
      ],
      odd: true,
    }));
  v.labelled("sybil_guild", gang, () => {
    for (const p of gang) {
      v.act(p, p.since, { kind: "user_registered" });
      v.act(p, p.since + dice.between(0.5, 6) * MINUTE * (1 + c), {
        kind: "guild_joined",
        guildId: guild,
      });
    }
    for (let round = dice.int(2, 5); round > 0; round--) {
      const at = dice.between(born + size * gap * 1.3, v.end - HOUR);
      for (const p of gang) {
        if (dice.chance(0.25)) continue;
        v.act(p, at + dice.float() * 6 * MINUTE * (1 + 2 * c), {
          kind: dice.chance(0.6) ? "user_signed_in" : "message_sent",
          ...dice.chance(0.5) && { guildId: guild },
        });
      }
    }
  });
  return { gang, acts: size * 3 };
};

/** Disputes about everything, most of them without grounds. */
const abuse: Plot = (v, c, cast) => {
  const { dice } = v;
  const [p] = cast(1) as [Dweller];
  const n = dice.int(7, 15);
  v.labelled("dispute_abuse", [p], () => {
    for (let i = 0; i < n; i++) {
      const other = dice.pick(v.people);
      if (other === p) continue;
      const at = v.lately(p, 6.6, 0.3);
      let about = { bountyId: v.id("b"), guildId: p.guild };
      v.unlabelled(() => {
        if (dice.chance(0.5)) {
          about = v.deal(other, p, at - 3 * DAY, { days: 1.5 });
        }
      });
      v.dispute(p, other, about, at, {
        dismissed: dice.chance(0.9 - 0.25 * c),
      });
    }
  });
  return { gang: [p], acts: n };
};

/** Somebody else comes in on a new device, looks round, tries a little, and takes more and more. */
const takeover: Plot = (v, c, cast) => {
  const { dice } = v;
  const [p] = cast(1, (x) => x.pace > 0.8) as [Dweller];
  const device = v.id("dv");
  const hours = dice.between(1, 10) * (1 + c);
  const at = v.awake(p, v.end - dice.between(1.5, 5.5) * DAY) +
    dice.between(6, 16) * HOUR;
  const n = dice.int(3, 8);
  v.labelled("account_takeover", [p], () => {
    v.act(p, at, { kind: "user_signed_in", device });
    for (let i = 0; i < n; i++) {
      const share = 0.5 + 6 * (i + 1) / n;
      v.act(p, at + hours * HOUR * (i + dice.float()) / n, {
        kind: "bounty_paid",
        counterpartyId: dice.pick(v.people.filter((x) => x !== p)).id,
        bountyId: v.id("b"),
        amount: Math.round(p.purse * share * dice.between(0.8, 1.6)),
        device,
      });
    }
    if (dice.chance(0.5)) {
      v.act(p, at + hours * HOUR, {
        kind: "guild_left",
        guildId: p.guild,
        device,
      });
    }
  });
  return { gang: [p], acts: n + 2 };
};

/** The same people come to vote for a friend, again and again; not all of them each time. */
const brigade: Plot = (v, c, cast) => {
  const { dice } = v;
  const gang = cast(dice.int(5, 12));
  const [friend] = cast(1) as [Dweller];
  const cases = dice.int(3, 5);
  const turnout = dice.between(0.65, 0.9) - 0.15 * c;
  let acts = 0;
  v.labelled("vote_brigading", gang, () => {
    for (let n = 0; n < cases; n++) {
      const rival = dice.pick(v.people);
      if (rival === friend || gang.includes(rival)) continue;
      const at = v.lately(friend, 6, 1.2);
      let about = { bountyId: "", guildId: "" };
      v.unlabelled(() => {
        about = v.deal(friend, rival, at - 2 * DAY, { days: 1 });
        v.dispute(friend, rival, about, at, { jurors: dice.int(2, 6) });
      });
      const called = at + dice.between(0.5, 8) * HOUR;
      const rush = dice.between(5, 60) * MINUTE * (1 + 4 * c);
      for (const p of gang) {
        if (!dice.chance(turnout)) continue;
        acts++;
        v.act(p, called + dice.float() * rush, {
          kind: "tribunal_vote",
          ...about,
          counterpartyId: friend.id,
        });
      }
    }
  });
  return { gang, acts };
};

const PLOTS: Record<AnomalyKind, Plot> = {
  self_dealing_ring: ring,
  review_collusion: collusion,
  velocity_spike: velocity,
  payment_outlier: outlier,
  sybil_guild: sybils,
  dispute_abuse: abuse,
  account_takeover: takeover,
  vote_brigading: brigade,
};

/** Plants `each` attacks of every kind, and ordinary acts of the attackers as their camouflage. */
export function plant(v: Valley, each: number, c: number): void {
  const { dice } = v;
  const used = new Set<Dweller>();
  const residents = [...v.people];
  const cast = (n: number, fit: (p: Dweller) => boolean = () => true) => {
    const free = residents.filter((p) =>
      !p.odd && !used.has(p) && p.pace > 0.3 && fit(p)
    );
    const found = dice.sample(free, n);
    for (const p of found) used.add(p);
    return found;
  };
  for (let n = 0; n < each; n++) {
    for (const plot of Object.values(PLOTS)) {
      const { gang, acts } = plot(v, c, cast);
      // Of all that they do, this share is ordinary.
      const more = Math.min(80, Math.round(acts * c / Math.max(0.2, 1 - c)));
      for (let i = 0; i < more; i++) {
        const p = dice.pick(gang);
        const other = dice.pick(residents);
        if (gang.includes(other)) continue;
        if (dice.chance(0.6)) v.talk(p, v.lately(p));
        else if (dice.chance(0.5)) v.deal(p, other, v.lately(p));
        else v.deal(other, p, v.lately(other));
      }
    }
  }
}
