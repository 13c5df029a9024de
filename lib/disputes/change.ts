import { commitTogether } from "../commit_together.ts";
import { NexoraError } from "../errors.ts";
import {
  type Check,
  keys,
  type Mutation,
  retryConflicts,
  unchanged,
} from "../kv/mod.ts";
import { inTurn } from "../kv/turns.ts";
import { settleAsk } from "../notifications/asks.ts";
import type { Deps } from "../platform.ts";
import type { NewJob } from "../queue/types.ts";
import {
  accessChanged,
  disputeChannel,
  guildChannel,
  type NewEvent,
  userChannel,
} from "../realtime/mod.ts";
import { settledBy } from "./asked.ts";
import { hasEnded } from "./machine.ts";
import { disputeRows } from "./rows.ts";
import type { Dispute } from "./types.ts";

export type DisputeDeps = Pick<Deps, "kv" | "now" | "newId" | "log" | "queue">;

/** What a decision about a dispute comes to. */
export interface DisputeDecision<T> {
  dispute: Dispute;
  /** Rows besides the dispute's own and its indexes. */
  mutations?: Mutation[];
  events?: NewEvent[];
  jobs?: NewJob[];
  /** Rows that were read besides the dispute's. */
  checks?: Check[];
  result: T;
}

/**
 * Reads a dispute, decides, and commits rows, events and jobs together; anew when somebody came in between. Every change
 * writes the dispute's row, so two of them never both happen on the same ground: votes, the deadline, escalations.
 * `decide` returns `{ result }` alone when there is nothing to change.
 *
 * @throws {NexoraError} `not_found`, and whatever `decide` throws
 */
export function decideOnDispute<T>(
  deps: DisputeDeps,
  disputeId: string,
  decide: (
    dispute: Dispute,
  ) => Promise<DisputeDecision<T> | { result: T }>,
): Promise<T> {
  const { kv } = deps;
  return inTurn(`dispute ${disputeId}`, () =>
    retryConflicts(async () => {
      const entry = await kv.get<Dispute>(keys.dispute(disputeId));
      if (entry.value === null) throw noSuchDispute();
      const before = entry.value;
      const decision = await decide(before);
      if (!("dispute" in decision)) return { result: decision.result };
      const { dispute: after, events = [], result } = decision;
      const settled = settledBy(before, after).map((settling) =>
        settleAsk(settling, deps.now())
      );
      const committed = await commitTogether(deps, {
        checks: [unchanged(entry), ...decision.checks ?? []],
        mutations: [
          ...disputeRows(before, after),
          ...decision.mutations ?? [],
          ...settled.flatMap(({ mutations }) => mutations),
        ],
        // Jurors who are drawn no more, and whoever wrote before the end, lose a right.
        events: [...events, ...lostAccess(before, after)],
        jobs: [
          ...decision.jobs ?? [],
          ...settled.flatMap(({ jobs }) => jobs),
        ],
      });
      return committed ? { result } : null;
    })).then(({ result }) => result);
}

function lostAccess(before: Dispute, after: Dispute): NewEvent[] {
  return before.jurorIds.filter((id) => !after.jurorIds.includes(id))
    .map(accessChanged);
}

export function noSuchDispute(): NexoraError {
  return new NexoraError("not_found", "There is no such dispute");
}

/** What every event about a dispute says of it. */
export function told(dispute: Dispute) {
  const { id, bountyId, bountyTitle, state, revision, updatedAt } = dispute;
  return {
    disputeId: id,
    bountyId,
    bountyTitle,
    state,
    revision,
    at: updatedAt,
  };
}

/** Where a change of a dispute is told: its room, its parties' own channels, and the guild that did the work. */
export function channelsOf(dispute: Dispute): string[] {
  const { id, raiserId, accusedId, guildId } = dispute;
  return [
    disputeChannel(id),
    userChannel(raiserId),
    userChannel(accusedId),
    ...guildId === null ? [] : [guildChannel(guildId)],
  ];
}

/** @throws {NexoraError} `illegal_transition` after the end */
export function mustBeOpen(dispute: Dispute): void {
  if (!hasEnded(dispute)) return;
  throw new NexoraError(
    "illegal_transition",
    `This dispute has been ${dispute.state}`,
  );
}
