import { DAY, HOUR, MINUTE } from "../../../../lib/clock.ts";
import { established, type Plot, soften } from "./plot.ts";

export function takeover(p: Plot): void {
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
