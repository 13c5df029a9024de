import { asks, type Settling } from "../notifications/asks.ts";
import { hasEnded } from "./machine.ts";
import type { Dispute } from "./types.ts";

/** What was asked about a dispute, and is not any more after a change. What one person has done is settled there. Pure. */
export function settledBy(before: Dispute, after: Dispute): Settling[] {
  const { id } = after;
  const ended = hasEnded(after) && !hasEnded(before);
  const withdrawn = after.state === "withdrawn";
  const settled: Settling[] = [];
  if (
    before.state === "escalated" &&
    (after.state !== "escalated" || after.round !== before.round)
  ) {
    settled.push({
      ask: asks.vote(id, before.round),
      outcome: withdrawn ? "withdrawn" : "voted",
      byId: null,
    });
  }
  if (ended && before.state === "mediation") {
    settled.push({
      ask: asks.mediate(id),
      outcome: withdrawn ? "withdrawn" : "decided",
      byId: after.verdict?.mediatorId ?? null,
    });
  }
  if (ended) {
    settled.push({
      ask: asks.giveYourSide(id),
      outcome: withdrawn ? "withdrawn" : "decided",
      byId: null,
    });
  }
  return settled;
}
