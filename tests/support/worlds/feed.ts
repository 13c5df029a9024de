import { DAY, HOUR, MINUTE } from "../../../lib/clock.ts";
import { type Person, WorldBuilder } from "./builder.ts";
import { Dice } from "./dice.ts";
import type { Regime } from "./life.ts";

/**
 * Ordinary life again, built the other way round: no days and no habits, just events that fall at random and people who
 * are drawn by popularity. Rhythm is weak, roles are fixed, everybody has one device, bounties are done step by step
 * with short even delays.
 */
export function feed(r: Regime, seed: number): WorldBuilder {
  const dice = new Dice(seed + 77_777);
  const end = Date.UTC(2026, 4, 11) + dice.between(0, 20 * DAY);
  const start = end - (r.weeks + 1) * 7 * DAY;
  const w = new WorldBuilder(dice, start, end, r.iso);
  for (let g = 0; g < Math.max(3, r.users / r.guildSize); g++) {
    w.guilds.push(`g-${g}`);
  }
  for (let i = 0; i < r.users; i++) {
    const old = dice.chance(0.8);
    const joinedAt = old
      ? start + dice.between(0, DAY)
      : dice.between(start, end);
    const p: Person = {
      id: `user-${i}`,
      devices: [w.newDevice()],
      guilds: dice.sample(w.guilds, dice.int(1, 2)),
      noon: 12,
      pace: r.pace * dice.pareto(0.5, 1.8),
      joinedAt,
      budget: r.amounts.middle,
      works: i % 3 === 0 ? 0 : 1,
    };
    w.people.push(p);
    w.emit({
      kind: "user_registered",
      actorId: p.id,
      at: joinedAt,
      device: p.devices[0],
    });
    for (const guildId of p.guilds) {
      w.emit({
        kind: "guild_joined",
        actorId: p.id,
        guildId,
        at: joinedAt + dice.between(MINUTE, 2 * DAY),
        device: p.devices[0],
      });
    }
  }
  const clients = w.people.filter((p) => p.works === 0);
  const workers = w.people.filter((p) => p.works === 1);
  const heavy = (list: Person[]) =>
    list[Math.floor(list.length * dice.float() ** 1.7)]!;
  const total = r.users * r.pace * (r.weeks + 1) * 7;
  for (let n = 0; n < total; n++) {
    let at = dice.between(start, end);
    // A gentle day and night.
    if (Math.cos((at % DAY) / DAY * 2 * Math.PI) > 0.3 && dice.chance(0.5)) {
      at = dice.between(start, end);
    }
    const p = w.people[Math.floor(r.users * dice.float() ** 1.5)]!;
    if (p.joinedAt > at) continue;
    const x = dice.float();
    const own = { actorId: p.id, at, device: p.devices[0] };
    if (x < 0.25) w.emit({ ...own, kind: "user_signed_in" });
    else if (x < 0.8) {
      const direct = dice.chance(0.3);
      w.emit({
        ...own,
        kind: "message_sent",
        counterpartyId: direct ? dice.pick(w.people).id : null,
        guildId: direct ? null : dice.pick(p.guilds),
      });
    } else if (x < 0.81) {
      w.emit({ ...own, kind: "guild_joined", guildId: dice.pick(w.guilds) });
    } else {
      const client = heavy(clients), worker = heavy(workers);
      step(w, r, client, worker, at);
    }
  }
  return w;
}

function step(
  w: WorldBuilder,
  r: Regime,
  client: Person,
  worker: Person,
  at: number,
): void {
  const { dice } = w;
  const bountyId = w.newBounty();
  const guildId = client.guilds[0]!;
  const amount = Math.round(
    r.amounts.pareto
      ? dice.pareto(r.amounts.middle / 2, r.amounts.pareto)
      : dice.lognormal(r.amounts.middle, r.amounts.within),
  );
  const c = {
    bountyId,
    guildId,
    actorId: client.id,
    device: client.devices[0],
  };
  const k = {
    bountyId,
    guildId,
    actorId: worker.id,
    counterpartyId: client.id,
    device: worker.devices[0],
  };
  let t = at;
  const wait = (hours: number) => t += dice.between(0.5, 1.5) * hours * HOUR;
  w.emit({ ...c, kind: "bounty_posted", at: t, amount });
  w.emit({ ...k, kind: "bounty_accepted", at: wait(2) });
  w.emit({ ...k, kind: "bounty_submitted", at: wait(r.workHours / 2) });
  w.emit({
    ...c,
    kind: "bounty_reviewed",
    counterpartyId: worker.id,
    rating: dice.weighted([2, 3, 10, 35, 50]) + 1,
    outcome: dice.chance(0.93) ? "accepted" : "rejected",
    at: wait(3),
  });
  w.emit({
    ...c,
    kind: "bounty_paid",
    counterpartyId: worker.id,
    amount,
    at: wait(0.5),
  });
  if (!dice.chance(r.disputes)) return;
  w.emit({
    ...c,
    kind: "dispute_raised",
    counterpartyId: worker.id,
    at: wait(4),
  });
  const dismissed = dice.chance(r.dismissed);
  for (const juror of dice.sample(w.people, dice.int(...r.panel))) {
    if (juror === client || juror === worker) continue;
    w.emit({
      bountyId,
      guildId,
      kind: "tribunal_vote",
      actorId: juror.id,
      counterpartyId: (dismissed === dice.chance(0.8) ? worker : client).id,
      at: t + dice.between(0, r.voteHours) * HOUR,
      device: juror.devices[0],
    });
  }
  t += r.voteHours * HOUR;
  w.emit({
    bountyId,
    guildId,
    kind: "dispute_resolved",
    actorId: client.id,
    counterpartyId: worker.id,
    outcome: dismissed ? "dismissed" : "upheld",
    at: wait(1),
  });
}
