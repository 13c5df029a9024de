/** Attacks by work and praise. */
import { DAY, HOUR } from "../../../../lib/clock.ts";
import type { Person } from "../builder.ts";
import { blend, type Plot, sham, soften } from "./plot.ts";

export function collusion(p: Plot): void {
  const { w, r, book } = p;
  const dice = w.dice;
  const tuning = book === "tuning";
  const people = p.cast(tuning ? dice.int(3, 6) : dice.int(2, 10));
  const variant = people.length < 3 ? 0 : dice.int(0, tuning ? 1 : 2);
  w.attack("review_collusion", people.map((x) => x.id), () => {
    const rounds = soften(p, tuning ? dice.int(2, 4) : dice.int(2, 5), 1);
    const from = w.end - dice.between(4, 6.8) * DAY;
    const at = () => dice.between(from, w.end - 0.2 * DAY);
    const deal = (a: Person, b: Person) => {
      const paid = tuning ? dice.chance(0.5) : variant !== 1;
      sham(p, a, b, at(), {
        rating: dice.chance(0.25 * p.camouflage) ? 4 : 5,
        amount: paid
          ? Math.max(1, Math.round(r.amounts.middle * dice.between(0.02, 0.2)))
          : undefined,
        life: tuning ? dice.chance(0.7) : true,
        step: (tuning ? 0.3 : 1.2) * HOUR * (1 + 4 * p.camouflage),
      });
    };
    if (variant === 0) {
      // Everybody praises everybody.
      for (let n = 0; n < rounds + (people.length < 4 ? 3 : 0); n++) {
        for (const a of people) {
          for (const b of people) {
            if (a !== b && dice.chance(people.length > 5 ? 0.4 : 0.8)) {
              deal(a, b);
            }
          }
        }
      }
    } else if (variant === 1) {
      // Pairs of neighbours.
      for (let n = 0; n < rounds * 2; n++) {
        people.forEach((a, i) => {
          const b = people[(i + 1) % people.length]!;
          deal(a, b);
          deal(b, a);
        });
      }
    } else {
      // Friends lift one.
      const [star, ...fans] = people;
      for (const f of fans) {
        for (let n = 0; n < rounds + 2; n++) deal(f, star!);
      }
    }
    blend(p, people, 3);
  });
}

export function velocity(p: Plot): void {
  const { w, r, book } = p;
  const dice = w.dice;
  const tuning = book === "tuning";
  const [x] = p.cast(1);
  w.attack("velocity_spike", [x!.id], () => {
    const kinds = tuning
      ? ["message_sent", "bounty_submitted", "bounty_posted"] as const
      : [
        "message_sent",
        "bounty_accepted",
        "bounty_posted",
        "bounty_submitted",
        "user_signed_in",
      ] as const;
    const kind = dice.pick(kinds);
    const n = soften(p, tuning ? dice.int(60, 150) : dice.int(45, 300), 20) *
      (kind === "message_sent" ? 1.5 : 1);
    const length = (tuning ? dice.between(0.2, 1) : dice.between(0.1, 3)) *
      HOUR * (1 + 3 * p.camouflage);
    const at = w.end - dice.between(0.3, 6.5) * DAY;
    for (let i = 0; i < n; i++) {
      const other = dice.pick(w.people);
      w.emit({
        kind,
        actorId: x!.id,
        at: at + dice.float() * length,
        device: x!.devices[0]!,
        guildId: kind === "message_sent"
          ? x!.guilds[0] ?? w.guilds[0]!
          : x!.guilds[0] ?? null,
        bountyId: kind.startsWith("bounty") ? w.newBounty() : null,
        counterpartyId:
          kind === "bounty_accepted" || kind === "bounty_submitted"
            ? other.id
            : null,
        amount: kind === "bounty_posted" ? r.amounts.middle : null,
      });
    }
    blend(p, [x!], 2);
  });
}
