import { DAY, HOUR, MINUTE } from "../../../lib/clock.ts";
import { type Person, WorldBuilder } from "./builder.ts";
import { Dice } from "./dice.ts";

/** How a world lives. Every number a regime may differ in. */
export interface Regime {
  name: string;
  users: number;
  weeks: number;
  guildSize: number;
  /** Spread (ln) of how busy people are. */
  inequality: number;
  /** Activities a person a day, in the middle. */
  pace: number;
  /** Share of bounties that stay in the guild. */
  inGuild: number;
  /** Chance of going to somebody one has worked with. */
  loyalty: number;
  amounts: { middle: number; between: number; within: number; pareto?: number };
  /** Hours from taking to delivering. */
  workHours: number;
  topRating: number;
  disputes: number;
  dismissed: number;
  panel: [number, number];
  voteHours: number;
  unanimous: number;
  jurors: "anybody" | "few" | "guild";
  /** Share of people in households or offices that share a device. */
  sharing: number;
  /** Share of people who get a new device or travel in the window. */
  travel: number;
  /** Newcomers a week, as a share of the users. */
  newcomers: number;
  /** People with messages by script, a day. */
  bots: number;
  bulkPayers: number;
  popularWorkers: number;
  /** Small guilds whose members pay each other all the time. */
  studios: number;
  iso: boolean;
}

const T0 = Date.UTC(2026, 8, 28);

/** Writes ordinary life. */
export function live(r: Regime, seed: number): WorldBuilder {
  const dice = new Dice(seed);
  const end = T0 + (seed % 11) * DAY + dice.between(0, DAY);
  const start = end - (r.weeks + 1) * 7 * DAY;
  const w = new WorldBuilder(dice, start, end, r.iso);
  populate(w, r);
  const partners = new Map<string, string[]>();
  for (const p of w.people) daily(w, r, p, partners);
  extras(w, r);
  return w;
}

function populate(w: WorldBuilder, r: Regime): void {
  const { dice } = w;
  const guilds = Math.max(2, Math.round(r.users / r.guildSize));
  for (let g = 0; g < guilds; g++) w.guilds.push(`guild_${g}`);
  const shift = dice.between(0, 24);
  for (let i = 0; i < r.users; i++) {
    const newcomer = dice.chance(r.newcomers * (r.weeks + 1));
    const p: Person = {
      id: `u${(i * 7919 + 13) % 100003}_${i}`,
      devices: [w.newDevice()],
      guilds: [],
      noon: (shift + dice.normal(14, 3.5) + 48) % 24,
      pace: dice.lognormal(r.pace, r.inequality),
      joinedAt: newcomer
        ? dice.between(w.start, w.end)
        : w.start - dice.between(1, 300) * DAY,
      budget: dice.lognormal(r.amounts.middle, r.amounts.between),
      works: dice.float(),
    };
    if (dice.chance(0.35)) p.devices.push(w.newDevice());
    w.people.push(p);
    const joins = dice.weighted([0.15, 0.55, 0.2, 0.1]);
    for (const g of dice.sample(w.guilds, joins)) p.guilds.push(g);
    if (p.joinedAt >= w.start) {
      w.emit({
        kind: "user_registered",
        actorId: p.id,
        at: p.joinedAt,
        device: p.devices[0],
      });
      p.guilds.forEach((guildId, n) =>
        w.emit({
          kind: "guild_joined",
          actorId: p.id,
          guildId,
          at: p.joinedAt + dice.exponential(n === 0 ? HOUR : DAY),
          device: p.devices[0],
        })
      );
      // A newcomer's first day is full.
      for (let m = dice.poisson(6); m > 0; m--) {
        talk(w, p, p.joinedAt + dice.exponential(2 * HOUR));
      }
    }
  }
  // Households and offices.
  let left = Math.round(r.sharing * r.users);
  while (left > 0) {
    const office = dice.chance(0.3);
    const size = office ? dice.int(5, 10) : dice.int(2, 4);
    const device = w.newDevice();
    const home = dice.pick(w.guilds);
    const sameGuild = office && dice.chance(0.6);
    for (const p of dice.sample(w.people, size)) {
      p.devices.push(device);
      if (sameGuild && !p.guilds.includes(home)) p.guilds.push(home);
    }
    left -= size;
  }
  for (let b = 0; b < r.bots; b++) {
    const p = dice.pick(w.people);
    p.pace = Math.max(p.pace, r.pace * dice.between(8, 25));
  }
  for (let b = 0; b < r.bulkPayers; b++) {
    const p = dice.pick(w.people);
    p.budget *= dice.between(8, 40);
    p.works = 0;
  }
}

/** A moment of this person's waking day. */
export function moment(w: WorldBuilder, p: Person, day: number): number {
  return day + (((p.noon + w.dice.normal(0, 3) + 48) % 24) * HOUR);
}

export function device(w: WorldBuilder, p: Person): string {
  return w.dice.chance(0.75) ? p.devices[0]! : w.dice.pick(p.devices);
}

export function talk(w: WorldBuilder, p: Person, at: number): void {
  const guildId = p.guilds.length > 0 && w.dice.chance(0.8)
    ? w.dice.pick(p.guilds)
    : null;
  w.emit({
    kind: "message_sent",
    actorId: p.id,
    at,
    guildId,
    counterpartyId: guildId === null ? w.dice.pick(w.people).id : null,
    device: device(w, p),
  });
}

function daily(
  w: WorldBuilder,
  r: Regime,
  p: Person,
  partners: Map<string, string[]>,
): void {
  const { dice } = w;
  const from = Math.max(w.start, p.joinedAt);
  const away = dice.chance(0.2) ? dice.between(w.start, w.end) : NaN;
  const travels = dice.chance(r.travel);
  const travelAt = travels ? dice.between(w.end - 7 * DAY, w.end) : NaN;
  const keepsNew = dice.chance(0.5);
  const fresh = travels ? w.newDevice() : "";
  const usual = p.devices;
  for (let day = Math.floor(from / DAY) * DAY; day < w.end; day += DAY) {
    if (Math.abs(day - away) < 2 * DAY) continue;
    const weekend = [0, 6].includes(new Date(day).getUTCDay()) ? 0.5 : 1;
    const n = dice.poisson(p.pace * weekend * dice.lognormal(1, 0.4));
    if (n === 0) continue;
    if (travels && day > travelAt) {
      p.devices = keepsNew
        ? [fresh]
        : day < travelAt + 3 * DAY
        ? [fresh]
        : usual;
      if (!keepsNew && day < travelAt + 3 * DAY) p.noon = (p.noon + 3) % 24;
    }
    const signIns = dice.int(1, 2);
    for (let s = 0; s < signIns; s++) {
      w.emit({
        kind: "user_signed_in",
        actorId: p.id,
        at: Math.max(from, moment(w, p, day)),
        device: device(w, p),
      });
    }
    for (let k = 0; k < n; k++) {
      const at = Math.max(from + MINUTE, moment(w, p, day));
      const what = dice.float();
      if (what < 0.62) {
        const burst = dice.chance(0.12) ? dice.int(3, 12) : 1;
        for (let b = 0; b < burst; b++) {
          talk(w, p, at + b * dice.between(0.3, 3) * MINUTE);
        }
      } else if (what < 0.62 + 0.22 * (1 - p.works) * 2) {
        bounty(w, r, p, at, partners);
      } else if (what > 0.995) {
        const guildId = dice.pick(w.guilds);
        w.emit({
          kind: dice.chance(0.6) ? "guild_joined" : "guild_left",
          actorId: p.id,
          guildId,
          at,
          device: device(w, p),
        });
      }
    }
  }
  p.devices = usual.concat(travels ? [fresh] : []);
}

export function amountOf(w: WorldBuilder, r: Regime, p: Person): number {
  const { amounts } = r;
  const x = amounts.pareto
    ? w.dice.pareto(p.budget / 2, amounts.pareto)
    : w.dice.lognormal(p.budget, amounts.within);
  return Math.max(1, Math.round(x * 100) / 100);
}

/** A bounty's whole life, from an ordinary client. */
export function bounty(
  w: WorldBuilder,
  r: Regime,
  client: Person,
  at: number,
  partners: Map<string, string[]>,
  given?: Person,
): void {
  const { dice } = w;
  const known = partners.get(client.id) ?? [];
  const guildId = client.guilds.length ? dice.pick(client.guilds) : null;
  let worker = given;
  if (!worker && known.length > 0 && dice.chance(r.loyalty)) {
    worker = w.people.find((x) => x.id === dice.pick(known));
  }
  for (let tries = 0; !worker && tries < 30; tries++) {
    const x = dice.pick(w.people);
    const local = guildId !== null && x.guilds.includes(guildId);
    if (
      x !== client && x.joinedAt < at && dice.chance(0.2 + 0.8 * x.works) &&
      (local || tries > 12 || !dice.chance(r.inGuild))
    ) worker = x;
  }
  if (!worker || worker === client || worker.joinedAt > at) return;
  partners.set(client.id, [...known.slice(-5), worker.id]);
  const bountyId = w.newBounty();
  const amount = amountOf(w, r, client);
  const base = { bountyId, guildId };
  const c = { ...base, actorId: client.id };
  const k = { ...base, actorId: worker.id };
  w.emit({
    ...c,
    kind: "bounty_posted",
    at,
    amount,
    device: device(w, client),
  });
  const taken = at + dice.exponential(6 * HOUR) + 5 * MINUTE;
  w.emit({
    ...k,
    kind: "bounty_accepted",
    counterpartyId: client.id,
    at: taken,
    amount,
    device: device(w, worker),
  });
  const delivered = taken + dice.lognormal(r.workHours, 0.8) * HOUR;
  w.emit({
    ...k,
    kind: "bounty_submitted",
    counterpartyId: client.id,
    at: delivered,
    device: device(w, worker),
  });
  const reviewed = delivered + dice.lognormal(5, 0.9) * HOUR;
  const good = !dice.chance(0.08);
  const rating = good
    ? dice.chance(r.topRating) ? 5 : dice.weighted([0, 0, 0.15, 0.85]) + 1
    : dice.int(1, 3);
  w.emit({
    ...c,
    kind: "bounty_reviewed",
    counterpartyId: worker.id,
    rating,
    outcome: good ? "accepted" : "rejected",
    at: reviewed,
    device: device(w, client),
  });
  if (good || dice.chance(0.3)) {
    w.emit({
      ...c,
      kind: "bounty_paid",
      counterpartyId: worker.id,
      amount,
      at: reviewed + dice.exponential(3 * HOUR),
      device: device(w, client),
    });
  }
  if (dice.chance(good ? r.disputes / 2 : r.disputes * 6)) {
    const raiser = dice.chance(0.5) ? client : worker;
    dispute(
      w,
      r,
      raiser,
      raiser === client ? worker : client,
      bountyId,
      guildId,
      reviewed + dice.exponential(DAY),
      dice.chance(r.dismissed),
    );
  }
}

/** A dispute with its tribunal. */
export function dispute(
  w: WorldBuilder,
  r: Regime,
  raiser: Person,
  accused: Person,
  bountyId: string,
  guildId: string | null,
  at: number,
  dismissed: boolean,
): void {
  const { dice } = w;
  const base = { bountyId, guildId };
  w.emit({
    ...base,
    kind: "dispute_raised",
    actorId: raiser.id,
    counterpartyId: accused.id,
    at,
    device: device(w, raiser),
  });
  const few = w.people.slice(0, Math.max(8, Math.round(w.people.length / 25)));
  const local = w.people.filter((p) =>
    guildId !== null && p.guilds.includes(guildId)
  );
  const pool =
    (r.jurors === "few"
      ? few
      : r.jurors === "guild" && local.length >= 4
      ? local
      : w.people).filter((p) =>
        p !== raiser && p !== accused && p.joinedAt < at
      );
  const winner = dismissed ? accused : raiser;
  const loser = dismissed ? raiser : accused;
  const unanimous = dice.chance(r.unanimous);
  let last = at;
  for (const juror of dice.sample(pool, dice.int(...r.panel))) {
    const t = at + dice.between(0.1, 1) * r.voteHours * HOUR;
    last = Math.max(last, t);
    w.emit({
      ...base,
      kind: "tribunal_vote",
      actorId: juror.id,
      counterpartyId: (unanimous || dice.chance(0.72) ? winner : loser).id,
      at: t,
      device: device(w, juror),
    });
  }
  w.emit({
    ...base,
    kind: "dispute_resolved",
    actorId: raiser.id,
    counterpartyId: accused.id,
    outcome: dismissed ? "dismissed" : "upheld",
    at: last + dice.exponential(HOUR),
  });
}

/** What makes honest people look odd. */
function extras(w: WorldBuilder, r: Regime): void {
  const { dice } = w;
  const none = new Map<string, string[]>();
  for (let s = 0; s < r.popularWorkers; s++) {
    const star = dice.pick(w.people);
    const jobs = dice.int(15, 40) * (r.weeks + 1) / 4;
    for (let j = 0; j < jobs; j++) {
      bounty(
        w,
        { ...r, topRating: 0.95 },
        dice.pick(w.people),
        dice.between(w.start, w.end),
        none,
        star,
      );
    }
  }
  for (let s = 0; s < r.studios; s++) {
    const guild = dice.pick(w.guilds);
    const team = dice.sample(w.people, dice.int(4, 8));
    for (const p of team) if (!p.guilds.includes(guild)) p.guilds.push(guild);
    const jobs = dice.int(8, 25) * (r.weeks + 1);
    for (let j = 0; j < jobs; j++) {
      const [a, b] = dice.sample(team, 2);
      bounty(w, r, a!, dice.between(w.start, w.end), none, b!);
    }
  }
}
