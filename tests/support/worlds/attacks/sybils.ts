import { DAY, HOUR, MINUTE } from "../../../../lib/clock.ts";
import type { Person } from "../builder.ts";
import { talk } from "../life.ts";
import type { Plot } from "./plot.ts";

export function sybils(p: Plot): void {
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
