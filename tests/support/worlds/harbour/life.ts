import { DAY, HOUR, MINUTE } from "../../../../lib/clock.ts";
import { Dice } from "../dice.ts";
import { type Citizen, Harbour } from "./people.ts";
import { drawPlan } from "./plan.ts";

/** Writes the ordinary life of the harbour of this seed. */
export function settleHarbour(seed: number, users?: number): Harbour {
  const plan = drawPlan(seed, users);
  const dice = new Dice(seed * 101 + 3);
  const end = Date.UTC(2025, 10, 3) + dice.between(0, 200) * DAY;
  const h = new Harbour(plan, dice, Math.floor(end));
  const { w } = h;
  for (let g = 0; g < plan.guilds; g++) w.guilds.push(`guild-${g}`);
  // Popular guilds take most of the people.
  const guild = () => w.guilds[Math.floor(plan.guilds * dice.float() ** 2)]!;
  for (let i = 0; i < plan.users; i++) {
    const fresh = dice.chance(0.012 * (plan.weeks + 1));
    const at = fresh ? dice.between(w.start, w.end) : w.start - DAY;
    const p = h.citizen(`usr_${(i * 48271 % 99991).toString(36)}${i}`, at);
    if (fresh) h.emit({ kind: "user_registered" }, p, at);
    for (let n = dice.weighted([0.2, 0.5, 0.2, 0.1]); n > 0; n--) {
      h.join(p, guild(), fresh ? at + dice.exponential(6 * HOUR) : undefined);
    }
  }
  h.bench = dice.sample(h.people, Math.max(15, plan.users / 15));
  shareDevices(h);
  for (let n = 0; n < plan.enterprises; n++) {
    const p = dice.pick(h.people);
    p.role = "client";
    p.budget *= dice.between(8, 30);
  }
  const bots = new Set(dice.sample(h.people, plan.bots));
  for (const p of [...h.people]) days(h, p, bots.has(p));
  gather(h);
  return h;
}

function shareDevices(h: Harbour): void {
  const { dice, plan, w } = h;
  for (let n = 0; n < plan.families; n++) {
    const tablet = w.newDevice();
    for (const p of dice.sample(h.people, dice.int(2, 5))) {
      p.devices.push(tablet);
    }
  }
  for (let n = 0; n < plan.offices; n++) {
    const desk = w.newDevice();
    const guild = dice.chance(0.5) ? dice.pick(w.guilds) : undefined;
    for (const p of dice.sample(h.people, dice.int(5, 30))) {
      if (dice.chance(0.6)) p.devices.unshift(desk);
      else p.devices.push(desk);
      if (guild) h.join(p, guild);
    }
  }
}

function days(h: Harbour, p: Citizen, bot: boolean): void {
  const { dice, plan, w } = h;
  const first = Math.floor(Math.max(w.start, p.joinedAt) / DAY) * DAY;
  const away = dice.chance(0.15) ? dice.between(w.start, w.end) : -1e15;
  const saleAt = Math.floor((w.end - 3 * DAY) / DAY) * DAY;
  const holidayAt = Math.floor((w.end - 9 * DAY) / DAY) * DAY;
  for (let day = first; day < w.end; day += DAY) {
    if (day > away && day < away + 6 * DAY) continue;
    const weekday = new Date(day).getUTCDay();
    let busy = p.pace * (weekday === 0 || weekday === 6 ? 0.6 : 1);
    if (plan.sale && day === saleAt) busy *= 3;
    if (plan.holiday && Math.abs(day - holidayAt) <= DAY) busy *= 0.3;
    for (let s = dice.poisson(busy); s > 0; s--) {
      const at = h.moment(p, day);
      if (at < p.joinedAt) continue;
      h.emit({ kind: "user_signed_in" }, p, at);
      for (let m = dice.poisson(plan.messages); m > 0; m--) {
        h.talk(p, at + dice.exponential(20 * MINUTE));
      }
      if (p.role !== "worker" && dice.chance(0.28)) {
        offer(h, p, at + dice.exponential(30 * MINUTE));
      }
      if (dice.chance(0.004) && p.guilds.length > 0) {
        h.emit({ kind: "guild_left", guildId: dice.pick(p.guilds) }, p, at);
      }
    }
    if (bot) {
      for (let m = dice.poisson(40); m > 0; m--) {
        h.talk(p, day + dice.float() * DAY);
      }
    }
  }
}

function offer(h: Harbour, client: Citizen, at: number): void {
  const { dice, plan } = h;
  let worker = client.partners.length > 0 && dice.chance(plan.loyalty)
    ? dice.pick(client.partners)
    : undefined;
  for (let n = 0; !worker && n < 20; n++) {
    const local = client.guilds.length > 0 && dice.chance(0.5)
      ? h.members.get(client.guilds[0]!)!
      : h.people;
    const x = dice.pick(local);
    if (x !== client && x.role !== "client" && x.joinedAt < at) worker = x;
  }
  if (!worker) return;
  client.partners.push(worker);
  const amount = h.amount(client);
  const tip = dice.chance(0.04) ? dice.between(1.1, 1.8) : 1;
  const done = h.work(client, worker, at, {
    amount,
    paid: Math.round(amount * tip),
  });
  if (dice.chance(plan.disputes)) {
    const own = dice.chance(0.55);
    h.trial(
      own ? client : worker,
      own ? worker : client,
      done,
      done.end + dice.exponential(10 * HOUR),
    );
  }
}

/** What honest people do together. */
function gather(h: Harbour): void {
  const { dice, plan, w } = h;
  const weeks = plan.weeks + 1;
  const anyTime = () => dice.between(w.start, w.end - DAY);
  for (let n = 0; n < plan.mentors; n++) {
    // Two who swap work both ways.
    const [a, b] = dice.sample(h.people, 2) as [Citizen, Citizen];
    for (let k = dice.int(1, 3) * weeks; k > 0; k--) {
      const forth = dice.chance(0.5);
      h.work(forth ? a : b, forth ? b : a, anyTime(), { rating: 5 });
    }
  }
  for (let n = 0; n < plan.studios; n++) {
    const team = dice.sample(h.people, dice.int(3, 6));
    for (let k = dice.int(4, 9) * weeks; k > 0; k--) {
      const [a, b] = dice.sample(team, 2) as [Citizen, Citizen];
      h.work(a, b, anyTime());
    }
  }
  for (let n = 0; n < plan.stars; n++) {
    const star = dice.pick(h.people);
    for (let k = dice.int(4, 15) * weeks; k > 0; k--) {
      h.work(dice.pick(h.people), star, anyTime(), {
        rating: dice.chance(0.92) ? 5 : 4,
      });
    }
  }
  for (let n = 0; n < plan.cohorts; n++) {
    // A class or workshop: they register and join together, each with a device of their own, or some on the room's.
    const at = w.end - dice.between(0.5, 7 * weeks - 1) * DAY;
    const guild = dice.pick(w.guilds);
    const room = dice.chance(0.3) ? w.newDevice() : undefined;
    const length = dice.between(20, 120) * MINUTE;
    for (let k = dice.int(5, 18); k > 0; k--) {
      const t = at + dice.float() * length;
      const p = h.citizen(`new_${n}_${k}`, t);
      p.quirk = "";
      const device = room && dice.chance(0.4) ? room : p.devices[0]!;
      h.emit({ kind: "user_registered", device }, p, t);
      p.guilds.push(guild);
      h.emit(
        { kind: "guild_joined", guildId: guild, device },
        p,
        t + dice.between(1, 20) * MINUTE,
      );
      days(h, { ...p, joinedAt: t + HOUR, pace: p.pace + 0.5 }, false);
    }
  }
  for (let n = 0; n < plan.scandals; n++) {
    // A dispute that many care about, over a day or two.
    const [a, b] = dice.sample(h.people, 2) as [Citizen, Citizen];
    const at = w.end - dice.between(2, 6) * DAY;
    const done = h.work(a, b, at - 2 * DAY, { rating: 1 });
    h.trial(a, b, done, at, { jurors: dice.int(10, 18) });
  }
}
