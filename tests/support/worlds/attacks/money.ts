/** Attacks by payments. */
import { DAY, HOUR } from "../../../../lib/clock.ts";
import { blend, type Plot, sham, soften } from "./plot.ts";

export function ring(p: Plot): void {
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

export function outlier(p: Plot): void {
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
