/** Attacks by disputes and votes. */
import { DAY, HOUR, MINUTE } from "../../../../lib/clock.ts";
import { dispute } from "../life.ts";
import { blend, type Plot, soften } from "./plot.ts";

export function abuse(p: Plot): void {
  const { w, r, book } = p;
  const dice = w.dice;
  const tuning = book === "tuning";
  const [x] = p.cast(1);
  w.attack("dispute_abuse", [x!.id], () => {
    const n = soften(p, tuning ? dice.int(7, 14) : dice.int(6, 20), 4);
    const same = dice.chance(0.2) ? dice.pick(w.people) : undefined;
    for (let i = 0; i < n; i++) {
      const other = same ?? dice.pick(w.people);
      if (other === x) continue;
      const at = w.end - dice.between(0.5, 6.8) * DAY;
      const bountyId = w.newBounty();
      if (!tuning && dice.chance(0.6)) {
        w.unmarked(() => {
          w.emit({
            kind: "bounty_posted",
            actorId: x!.id,
            at: at - DAY,
            bountyId,
            amount: r.amounts.middle,
            device: x!.devices[0]!,
          });
          w.emit({
            kind: "bounty_accepted",
            actorId: other.id,
            counterpartyId: x!.id,
            at: at - 0.8 * DAY,
            bountyId,
            device: other.devices[0]!,
          });
        });
      }
      const dismissed = dice.chance(0.95 - 0.35 * p.camouflage);
      if (tuning || dice.chance(0.6)) {
        const before = w.activities.length;
        dispute(w, r, x!, other, bountyId, null, at, dismissed);
        // Jurors and their votes are no part of the abuse.
        const votes = new Set(
          w.activities.slice(before).filter((a) => a.kind === "tribunal_vote")
            .map((a) => a.id),
        );
        w.marked = w.marked!.filter((id) => !votes.has(id));
      } else {
        w.emit({
          kind: "dispute_raised",
          actorId: x!.id,
          counterpartyId: other.id,
          bountyId,
          at,
          device: x!.devices[0]!,
        });
      }
    }
    blend(p, [x!], 5);
  });
}

export function brigade(p: Plot): void {
  const { w, r, book } = p;
  const dice = w.dice;
  const tuning = book === "tuning";
  const people = p.cast(tuning ? dice.int(5, 9) : dice.int(4, 12));
  const favoured = dice.pick(w.people);
  const variant = people.length < 6 ? 0 : dice.int(0, 1);
  w.attack("vote_brigading", people.map((x) => x.id), () => {
    const disputes = variant === 0
      ? soften(p, tuning ? dice.int(3, 5) : dice.int(3, 6), 2)
      : tuning
      ? 2
      : dice.int(1, 2);
    for (let d = 0; d < disputes; d++) {
      const other = dice.pick(w.people);
      const bountyId = w.newBounty();
      const at = w.end - dice.between(1.5, 6.5) * DAY;
      w.unmarked(() =>
        w.emit({
          kind: "dispute_raised",
          actorId: favoured.id,
          counterpartyId: other.id,
          bountyId,
          at,
          device: favoured.devices[0]!,
        })
      );
      const start = at + dice.between(0.5, 6) * HOUR;
      const rush = (variant === 1 ? 6 : 25) * MINUTE * (1 + 12 * p.camouflage);
      let last = start;
      for (const x of people) {
        if (dice.chance(0.15 + 0.2 * p.camouflage)) continue;
        const t = start + dice.float() * rush;
        last = Math.max(last, t);
        w.emit({
          kind: "tribunal_vote",
          actorId: x.id,
          counterpartyId: favoured.id,
          bountyId,
          at: t,
          device: x.devices[0]!,
        });
      }
      w.unmarked(() => {
        const honest = dice.sample(w.people, dice.int(0, r.panel[1] - 1));
        for (const j of honest) {
          if (people.includes(j)) continue;
          w.emit({
            kind: "tribunal_vote",
            actorId: j.id,
            counterpartyId: dice.chance(0.7) ? other.id : favoured.id,
            bountyId,
            at: at + dice.between(0.1, 1) * r.voteHours * HOUR,
            device: j.devices[0]!,
          });
        }
        w.emit({
          kind: "dispute_resolved",
          actorId: favoured.id,
          counterpartyId: other.id,
          bountyId,
          outcome: "upheld",
          at: last + r.voteHours * HOUR,
        });
        // Camouflage: they also judge honestly.
        for (
          let n = Math.round(2 * p.camouflage * people.length / 2);
          n > 0;
          n--
        ) {
          const [a, b] = dice.sample(w.people, 2);
          dispute(
            w,
            r,
            a!,
            b!,
            w.newBounty(),
            null,
            w.end - dice.between(2, 6) * DAY,
            dice.chance(r.dismissed),
          );
        }
      });
    }
  });
}
