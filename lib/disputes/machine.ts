/** The life of a dispute without a store: what can be done in which state, and what comes of it. */
import { DAY, HOUR } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import type { Dispute, DisputeState, Draw, Verdict } from "./types.ts";

/** Time to answer and settle it among themselves before a party may call a tribunal, in milliseconds. */
export const RESPONSE_TIME = 2 * DAY;
/** Time that jurors have, in milliseconds. */
export const VOTING_TIME = 3 * DAY;
/** Work that was rejected longer ago is not disputed any more; milliseconds. */
export const DISPUTABLE = 14 * DAY;
/** Jurors of a tribunal: odd, so that a full house has no tie. */
export const JURORS = 5;
/** With fewer eligible people there is no tribunal and an admin decides. */
export const FEWEST_JURORS = 3;
/** Tribunals before an admin decides. */
export const ROUNDS = 2;
/** Pieces of evidence that one party may give. */
export const MAX_EVIDENCE = 20;

/** What is done to a dispute, with what it needs. */
export type DisputeAction =
  | { verb: "addEvidence" }
  | { verb: "escalate"; draw: Draw; early: boolean }
  | { verb: "vote"; changed: boolean }
  | { verb: "redraw"; draw: Draw }
  | { verb: "resolve"; verdict: Verdict }
  | { verb: "withdraw" };

export type DisputeVerb = DisputeAction["verb"];

/**
 * The whole of it: from where what is possible. Everything else is refused with `illegal_transition`.
 *
 * `escalate` and `redraw` lead to `escalated`, or to `mediation` where too few people can be drawn or every round is
 * over; `resolve` to `resolved`, `withdraw` to `withdrawn`; the others leave the state as it is.
 */
export const DISPUTE_RULES = {
  addEvidence: ["raised", "escalated", "mediation"],
  escalate: ["raised"],
  vote: ["escalated"],
  redraw: ["escalated"],
  resolve: ["escalated", "mediation"],
  withdraw: ["raised", "escalated", "mediation"],
} as const satisfies Record<DisputeVerb, readonly DisputeState[]>;

export function disputeAllows(
  { state }: Pick<Dispute, "state">,
  verb: DisputeVerb,
): boolean {
  return (DISPUTE_RULES[verb] as readonly DisputeState[]).includes(state);
}

export function hasEnded({ state }: Pick<Dispute, "state">): boolean {
  return state === "resolved" || state === "withdrawn";
}

/** Votes that make a verdict of so many jurors: more than half. */
export function quorumOf(jurors: number): number {
  return Math.floor(jurors / 2) + 1;
}

/**
 * The dispute after an action at `at` (milliseconds). Pure.
 *
 * @throws {NexoraError} `illegal_transition` with what is possible instead
 */
export function disputeAfter(
  dispute: Dispute,
  action: DisputeAction,
  at: number,
): Dispute {
  refuse(dispute, action, at);
  const after: Dispute = {
    ...dispute,
    revision: dispute.revision + 1,
    updatedAt: at,
  };
  switch (action.verb) {
    case "addEvidence":
      after.evidence++;
      break;
    case "escalate":
    case "redraw":
      seat(after, action.draw, at);
      break;
    case "vote":
      if (!action.changed) after.voted++;
      break;
    case "resolve":
      after.state = "resolved";
      after.verdict = action.verdict;
      after.endedAt = at;
      break;
    case "withdraw":
      after.state = "withdrawn";
      after.endedAt = at;
      break;
  }
  return after;
}

/** Seats the jurors that were drawn; too few of them are none. */
function seat(after: Dispute, draw: Draw, at: number): void {
  after.draws = [...after.draws, draw];
  after.voted = 0;
  if (draw.drawn.length < FEWEST_JURORS) {
    after.state = "mediation";
    after.jurorIds = [];
    after.quorum = 0;
    after.deadline = null;
    return;
  }
  after.state = "escalated";
  after.round = draw.round;
  after.jurorIds = draw.drawn;
  after.quorum = quorumOf(draw.drawn.length);
  after.deadline = at + VOTING_TIME;
}

function refuse(dispute: Dispute, action: DisputeAction, at: number): void {
  const { verb } = action;
  if (!disputeAllows(dispute, verb)) {
    throw new NexoraError("illegal_transition", whyNot(dispute));
  }
  if (verb === "escalate" && !action.early && at < dispute.respondBy) {
    const hours = Math.ceil((dispute.respondBy - at) / HOUR);
    throw new NexoraError(
      "illegal_transition",
      `The other side has ${hours} more ${
        hours === 1 ? "hour" : "hours"
      } to answer before you can call a tribunal`,
    );
  }
  if (verb === "vote" && at >= dispute.deadline!) {
    throw new NexoraError("illegal_transition", "Voting is over");
  }
}

function whyNot({ state }: Dispute): string {
  switch (state) {
    case "raised":
      return "No tribunal has been called yet";
    case "escalated":
      return "A tribunal is voting on it";
    case "mediation":
      return "It waits for the decision of an admin";
    case "resolved":
      return "This dispute has been resolved";
    case "withdrawn":
      return "This dispute has been withdrawn";
  }
}

/** What the votes of a tribunal come to. */
export type Tally =
  | { votes: Record<string, number>; forId: string; frivolous: boolean }
  | {
    votes: Record<string, number>;
    forId: null;
    because: "tie" | "no_quorum";
  };

/**
 * Counts. More than half of the jurors must have voted; who has more votes has won. Nobody for the raiser, and at
 * least three against: raised without grounds.
 */
export function tallyOf(
  { raiserId, accusedId, quorum }: Pick<
    Dispute,
    "raiserId" | "accusedId" | "quorum"
  >,
  votesFor: readonly string[],
): Tally {
  const count = (id: string) => votesFor.filter((one) => one === id).length;
  const [raiser, accused] = [count(raiserId), count(accusedId)];
  const votes = { [raiserId]: raiser, [accusedId]: accused };
  if (raiser + accused < quorum) {
    return { votes, forId: null, because: "no_quorum" };
  }
  if (raiser === accused) return { votes, forId: null, because: "tie" };
  return {
    votes,
    forId: raiser > accused ? raiserId : accusedId,
    frivolous: raiser === 0 && accused >= 3,
  };
}
