import { DAY } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import type { NewBounty } from "./fields.ts";
import type { Bounty, BountyMatch, BountyState } from "./types.ts";

/** Who does it: people by their part in the bounty, or the platform itself. */
export type BountyParty =
  | "client"
  | "guild"
  | "worker"
  | "matchmaker"
  | "clock"
  | "tribunal";

interface Rule {
  from: readonly BountyState[];
  /** `null`: the state stays. */
  to: BountyState | null;
  by: BountyParty;
}

/**
 * The whole life of a bounty: what can be done in which state, what comes of it and whose part it is. Everything that
 * is not here is refused with `illegal_transition`, and while a dispute is open everything but its settlement.
 */
export const RULES = {
  edit: { from: ["draft", "open", "matched"], to: null, by: "client" },
  open: { from: ["draft"], to: "open", by: "client" },
  /** Matching again replaces the proposals. */
  match: { from: ["open", "matched"], to: "matched", by: "matchmaker" },
  accept: { from: ["open", "matched"], to: "accepted", by: "guild" },
  submit: { from: ["accepted"], to: "submitted", by: "worker" },
  approve: { from: ["submitted"], to: "completed", by: "client" },
  askChanges: { from: ["submitted"], to: "accepted", by: "client" },
  reject: { from: ["submitted"], to: "rejected", by: "client" },
  cancel: {
    from: ["draft", "open", "matched", "accepted"],
    to: "cancelled",
    by: "client",
  },
  /** Work that was handed in does not expire: the client has to answer for it. */
  expire: { from: ["open", "matched", "accepted"], to: "expired", by: "clock" },
  dispute: {
    from: ["accepted", "submitted", "rejected"],
    to: null,
    by: "tribunal",
  },
  /** The dispute ended with nothing to put right. */
  release: {
    from: ["accepted", "submitted", "rejected"],
    to: null,
    by: "tribunal",
  },
  /** The dispute ended for the worker: the reward is due. */
  award: {
    from: ["accepted", "submitted", "rejected"],
    to: "completed",
    by: "tribunal",
  },
  /** The dispute ended for the client: nothing is due. */
  deny: {
    from: ["accepted", "submitted", "rejected"],
    to: "rejected",
    by: "tribunal",
  },
} as const satisfies Record<string, Rule>;

export type BountyVerb = keyof typeof RULES;

/** Something done to a bounty, with what it needs. */
export type BountyAction =
  | { verb: "edit"; change: Partial<NewBounty> }
  | { verb: "open" }
  | { verb: "match"; matches: BountyMatch[] }
  | { verb: "accept"; guildId: string; workerId: string }
  | { verb: "submit"; note: string; url: string | null }
  | { verb: "approve" | "reject"; rating: number; note: string }
  | { verb: "askChanges"; note: string }
  | { verb: "cancel"; note: string | null }
  | { verb: "expire" }
  | { verb: "dispute"; disputeId: string; raiserId: string }
  | { verb: "release" | "award" | "deny" };

const OF_THE_DISPUTE: readonly BountyVerb[] = ["release", "award", "deny"];
/** Time that a worker has at least after a client asked for changes, or after a dispute: milliseconds. */
export const GRACE = 3 * DAY;
/** What must happen before the deadline. */
const IN_TIME: readonly BountyVerb[] = ["open", "match", "accept", "submit"];

/** Whether the state allows it; the deadline and the fields are another matter. */
export function allows(
  bounty: Pick<Bounty, "state" | "disputed">,
  verb: BountyVerb,
): boolean {
  const from: readonly BountyState[] = RULES[verb].from;
  return bounty.disputed === OF_THE_DISPUTE.includes(verb) &&
    from.includes(bounty.state);
}

/**
 * The bounty after an action at `at` (milliseconds). Pure: reads nothing, writes nothing.
 *
 * @throws {NexoraError} `illegal_transition` with what is possible instead
 */
export function transition(
  bounty: Bounty,
  action: BountyAction,
  at: number,
): Bounty {
  refuse(bounty, action, at);
  const after: Bounty = {
    ...bounty,
    state: RULES[action.verb].to ?? bounty.state,
    revision: bounty.revision + 1,
    updatedAt: at,
  };
  switch (action.verb) {
    case "edit":
      Object.assign(after, defined(action.change));
      if (after.deadline !== null && after.deadline <= at) {
        throw new NexoraError("bad_request", "The deadline has passed", {
          fields: { deadline: "Choose a day that is still to come" },
        });
      }
      break;
    case "open":
      after.openedAt = at;
      break;
    case "match":
      after.matches = action.matches;
      break;
    case "accept":
      after.guildId = action.guildId;
      after.workerId = action.workerId;
      after.acceptedAt = at;
      break;
    case "submit":
      after.submission = { note: action.note, url: action.url, at };
      break;
    case "approve":
    case "reject":
      after.review = {
        outcome: action.verb === "approve" ? "accepted" : "rejected",
        rating: action.rating,
        note: action.note,
        at,
      };
      break;
    case "askChanges":
      after.review = {
        outcome: "changes",
        rating: null,
        note: action.note,
        at,
      };
      extend(after, at);
      break;
    case "cancel":
      after.endNote = action.note;
      break;
    case "dispute":
      after.disputeId = action.disputeId;
      after.disputed = true;
      break;
    case "release":
      after.disputed = false;
      extend(after, at);
      break;
    case "award":
    case "deny":
      after.disputed = false;
      break;
  }
  if (isEnd(after.state) && bounty.endedAt === null) after.endedAt = at;
  if (after.state === "completed") {
    after.endedAt = at;
    after.payout = {
      amount: after.reward,
      payeeId: after.workerId!,
      guildId: after.guildId!,
      at,
    };
  }
  return after;
}

/** The states from which nothing leads on but a dispute. */
export function isEnd(state: BountyState): boolean {
  return state === "completed" || state === "rejected" ||
    state === "cancelled" || state === "expired";
}

/** Not open to guilds any more because its time is over, though the clock has not struck yet. */
export function isOverdue(bounty: Bounty, at: number): boolean {
  return bounty.deadline !== null && bounty.deadline <= at;
}

function refuse(bounty: Bounty, action: BountyAction, at: number): void {
  const { verb } = action;
  if (!allows(bounty, verb)) {
    throw new NexoraError("illegal_transition", whyNot(bounty, verb));
  }
  const overdue = isOverdue(bounty, at);
  if (overdue && IN_TIME.includes(verb)) {
    throw new NexoraError(
      "illegal_transition",
      verb === "open"
        ? "The deadline has passed: choose a later one first"
        : "The deadline of this bounty has passed",
    );
  }
  if (verb === "expire" && !overdue) {
    throw new NexoraError("illegal_transition", "There is time left");
  }
  if (action.verb === "accept" && action.workerId === bounty.clientId) {
    throw new NexoraError(
      "illegal_transition",
      "Nobody works on their own bounty: review and payment would be with oneself",
    );
  }
}

function whyNot({ state, disputed }: Bounty, verb: BountyVerb): string {
  if (disputed && !OF_THE_DISPUTE.includes(verb)) {
    return "A dispute about this bounty is open: it has to be settled first";
  }
  if (verb === "accept" && state === "accepted") {
    return "Another guild has accepted this bounty";
  }
  return `This is not possible while the bounty is ${state}`;
}

/** Nobody lets work expire by asking for changes on the last day. */
function extend(bounty: Bounty, at: number): void {
  if (bounty.deadline === null) return;
  bounty.deadline = Math.max(bounty.deadline, at + GRACE);
}

function defined<T extends object>(given: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}
