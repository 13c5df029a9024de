import { DAY, HOUR, MINUTE } from "../../../../lib/clock.ts";
import type { Dweller, Valley } from "./people.ts";

/** Ordinary weeks, and honest things that look odd: most in the window itself. */
export function live(v: Valley): void {
  const { dice } = v;
  const size = Math.round(150 * Math.exp(dice.between(0, 2)));
  for (let n = 0; n < size; n++) v.settle();
  families(v);
  const holiday = dice.chance(0.4) ? v.end - dice.between(8, 14) * DAY : 0;
  const sale = dice.chance(0.5) ? v.end - dice.between(1, 6) * DAY : 0;
  for (let day = v.start; day < v.end; day += DAY) {
    const weekend = new Date(day).getUTCDay() % 6 === 0;
    const busy = (weekend ? 0.6 : 1) *
      (Math.abs(day - holiday) < 2 * DAY ? 0.25 : 1) *
      (Math.abs(day - sale) < DAY / 2 ? 3 : 1);
    for (const person of v.people) {
      for (let n = dice.poisson(person.pace * busy); n > 0; n--) {
        ordinary(v, person, v.awake(person, day));
      }
    }
  }
  topWorkers(v);
  payday(v);
  relocation(v);
  newMarket(v);
  journeys(v);
  moments(v);
}

function ordinary(v: Valley, p: Dweller, at: number): void {
  const { dice } = v;
  const what = dice.weighted([4, 2.5, 1.2, 0.05]);
  if (what === 0) v.talk(p, at);
  else if (what === 1) v.act(p, at, { kind: "user_signed_in" });
  else if (what === 2) {
    const other = dice.pick(v.people);
    if (other === p) return;
    const about = v.deal(p, other, at);
    if (dice.chance(0.03)) {
      const [raiser, accused] = dice.chance(0.5) ? [p, other] : [other, p];
      v.dispute(raiser, accused, about, about.end + dice.between(1, 20) * HOUR);
    }
  } else v.act(p, at, { kind: "guild_joined", guildId: dice.pick(v.guilds) });
}

/** People of one household share a tablet, and pay each other now and then. */
function families(v: Valley): void {
  const { dice } = v;
  for (let n = Math.round(v.people.length / 40); n > 0; n--) {
    const home = dice.sample(v.people, dice.int(2, 4));
    const tablet = v.id("dv");
    for (const p of home) {
      p.devices.push(tablet);
      p.odd = true;
    }
    for (let i = dice.int(0, 3); i > 0; i--) {
      const [a, b] = dice.sample(home, 2) as [Dweller, Dweller];
      v.deal(a, b, v.lately(a, 20));
    }
  }
}

/** Some do nearly all day what others do once a week. */
function topWorkers(v: Valley): void {
  const { dice } = v;
  for (const star of dice.sample(v.people, dice.int(1, 4))) {
    star.odd = true;
    for (let day = v.start; day < v.end; day += DAY) {
      for (let n = dice.poisson(5); n > 0; n--) {
        const client = dice.pick(v.people);
        if (client === star) continue;
        v.deal(client, star, v.awake(client, day), {
          days: dice.between(0.1, 0.6),
        });
      }
    }
  }
}

/** A firm pays its people every Friday, the same to each, within minutes. */
function payday(v: Valley): void {
  const { dice } = v;
  for (let n = dice.int(0, 3); n > 0; n--) {
    const [firm, ...staff] = dice.sample(v.people, dice.int(8, 25)) as [
      Dweller,
      ...Dweller[],
    ];
    firm.odd = true;
    const wage = v.amount(firm) * dice.int(2, 6);
    for (let day = v.start; day < v.end; day += DAY) {
      if (new Date(day).getUTCDay() !== 5) continue;
      const at = v.awake(firm, day);
      for (const p of staff) {
        v.act(firm, at + dice.float() * 20 * MINUTE, {
          kind: "bounty_paid",
          counterpartyId: p.id,
          bountyId: v.id("b"),
          guildId: firm.guild,
          amount: wage,
        });
      }
    }
  }
}

/** A guild meets in one house: everybody behind one device for two days, most of them within the hour. */
function relocation(v: Valley): void {
  const { dice } = v;
  if (!dice.chance(0.6)) return;
  const guild = dice.pick(v.guilds);
  const members = v.people.filter((p) => p.guild === guild).slice(0, 30);
  const house = v.id("dv");
  const day = v.end - dice.between(2, 6) * DAY;
  for (const p of members) {
    p.odd = true;
    for (const d of [0, 1]) {
      const at = day + d * DAY + dice.float() * HOUR;
      v.act(p, at, { kind: "user_signed_in", device: house });
      v.act(p, at + dice.float() * 2 * HOUR, {
        kind: "message_sent",
        guildId: guild,
        device: house,
      });
    }
  }
}

/** A market opens within the window: newcomers of all kinds, each with a device of their own, over a day or two. */
function newMarket(v: Valley): void {
  const { dice } = v;
  if (!dice.chance(0.6)) return;
  const guild = v.id("markt");
  const opens = v.end - dice.between(3, 6) * DAY;
  for (let n = dice.int(10, 40); n > 0; n--) {
    const since = opens + dice.exponential(0.7) * DAY;
    const p = v.settle({ guild, since, odd: true });
    v.act(p, since, { kind: "user_registered" });
    const joined = since + dice.exponential(40) * MINUTE;
    v.act(p, joined, { kind: "guild_joined", guildId: guild });
    for (let m = dice.poisson(6); m > 0; m--) {
      ordinary(v, p, joined + dice.float() * (v.end - joined));
    }
  }
}

/** Journeys and new telephones: another device, another time of day, ordinary deeds. */
function journeys(v: Valley): void {
  const { dice } = v;
  for (let n = Math.round(v.people.length / 25); n > 0; n--) {
    const p = dice.pick(v.people);
    p.odd = true;
    const device = v.id("dv");
    const from = v.end - dice.between(1, 6) * DAY;
    v.act(p, from, { kind: "user_signed_in", device });
    for (let m = dice.int(2, 8); m > 0; m--) {
      const at = from + dice.between(0, 1.5) * DAY;
      if (dice.chance(0.8)) {
        v.act(p, at, { kind: "message_sent", guildId: p.guild, device });
      } else {
        const worker = dice.pick(v.people);
        if (worker === p) continue;
        const { bountyId } = v.deal(p, worker, at - 2 * DAY, { pay: false });
        v.act(p, at, {
          kind: "bounty_paid",
          counterpartyId: worker.id,
          bountyId,
          guildId: p.guild,
          amount: v.amount(p),
          device,
        });
      }
    }
  }
}

/** A quarrel that the whole valley votes on, a chatty evening, one dear purchase that was offered beforehand. */
function moments(v: Valley): void {
  const { dice } = v;
  const [a, b, c, d, e] = dice.sample(v.people, 5) as [
    Dweller,
    Dweller,
    Dweller,
    Dweller,
    Dweller,
  ];
  for (const p of [a, b, c, d]) p.odd = true;
  const about = v.deal(a, b, v.lately(a, 6, 4), { days: 0.5 });
  v.dispute(a, b, about, about.end + HOUR, { jurors: dice.int(10, 25) });
  const evening = v.lately(c);
  for (let n = dice.int(10, 25); n > 0; n--) {
    v.talk(c, evening + dice.float() * 3 * HOUR);
  }
  v.deal(d, e, v.lately(d, 6.5, 3), {
    amount: Math.round(d.purse * dice.between(4, 9)),
    days: 2,
  });
}
