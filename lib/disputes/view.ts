import { type Actor, mayDispute } from "../auth/policy.ts";
import { keys } from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import { disputeChannel, parseChannel } from "../realtime/mod.ts";
import { getUsers, type PublicUser, publicUser } from "../users/mod.ts";
import { noSuchDispute } from "./change.ts";
import { listEvidence } from "./evidence.ts";
import { getDispute } from "./find.ts";
import { disputeAllows, hasEnded, MAX_EVIDENCE } from "./machine.ts";
import type { Dispute, Draw, Evidence, Vote } from "./types.ts";

export type DisputePerson = Pick<
  PublicUser,
  "id" | "handle" | "name" | "rank" | "trust"
>;

/** What somebody may do in a dispute now: right and state both allow it. */
export interface DisputeMoves {
  giveEvidence: boolean;
  /** Now; a party who has to wait for it sees `respondBy`. */
  escalate: boolean;
  vote: boolean;
  withdraw: boolean;
  decide: boolean;
}

/** A dispute as one person sees it. */
export interface DisputeView extends Omit<Dispute, "draws"> {
  raiser: DisputePerson | null;
  accused: DisputePerson | null;
  jurors: DisputePerson[];
  pieces: Evidence[];
  /** How the jurors were drawn; of the parties' interest, so that they can check it. */
  draws: Draw[];
  may: DisputeMoves;
  /** Whom the reader voted for. */
  ownVote: string | null;
  /** What the reader is in it. */
  role: "raiser" | "accused" | "juror" | "mediator" | "observer";
}

/**
 * Reads a dispute for somebody.
 *
 * @throws {NexoraError} `not_found` when there is none, or it is not for them to see
 */
export async function viewDispute(
  deps: Pick<Deps, "kv" | "now" | "policy">,
  actor: NonNullable<Actor>,
  disputeId: string,
): Promise<DisputeView> {
  const { kv, now, policy } = deps;
  const dispute = await getDispute(kv, disputeId);
  const channel = parseChannel(disputeChannel(disputeId));
  // What is not for somebody to see is not told from what does not exist.
  if (!dispute || !channel || !await policy.may(actor, "see", channel)) {
    throw noSuchDispute();
  }
  const { raiserId, accusedId, jurorIds, round } = dispute;
  const [users, pieces, vote] = await Promise.all([
    getUsers(kv, [raiserId, accusedId, ...jurorIds]),
    listEvidence(kv, disputeId),
    kv.get<Vote>(keys.disputeVote(disputeId, round, actor.id)),
  ]);
  const people = new Map(
    users.map((user) => [user.id, personOf(publicUser(user))]),
  );
  return {
    ...dispute,
    raiser: people.get(raiserId) ?? null,
    accused: people.get(accusedId) ?? null,
    jurors: jurorIds.flatMap((id) => people.get(id) ?? []),
    pieces,
    may: movesOf(actor, dispute, pieces, now()),
    ownVote: vote.value?.forId ?? null,
    role: roleOf(actor, dispute),
  };
}

function personOf(
  { id, handle, name, rank, trust }: PublicUser,
): DisputePerson {
  return { id, handle, name, rank, trust };
}

function movesOf(
  actor: NonNullable<Actor>,
  dispute: Dispute,
  pieces: readonly Evidence[],
  at: number,
): DisputeMoves {
  const mediates = mayDispute(actor, "mediate", dispute);
  const own = pieces.filter(({ authorId }) => authorId === actor.id).length;
  return {
    giveEvidence: !hasEnded(dispute) && own < MAX_EVIDENCE &&
      mayDispute(actor, "giveEvidence", dispute),
    escalate: disputeAllows(dispute, "escalate") &&
      (mediates ||
        mayDispute(actor, "escalate", dispute) && at >= dispute.respondBy),
    vote: disputeAllows(dispute, "vote") && at < dispute.deadline! &&
      mayDispute(actor, "vote", dispute),
    withdraw: disputeAllows(dispute, "withdraw") &&
      mayDispute(actor, "withdraw", dispute),
    decide: mediates && dispute.state === "mediation",
  };
}

function roleOf(
  actor: NonNullable<Actor>,
  dispute: Dispute,
): DisputeView["role"] {
  if (actor.id === dispute.raiserId) return "raiser";
  if (actor.id === dispute.accusedId) return "accused";
  if (dispute.jurorIds.includes(actor.id)) return "juror";
  return mayDispute(actor, "mediate", dispute) ? "mediator" : "observer";
}
