import { mayDispute } from "../auth/policy.ts";
import { NexoraError } from "../errors.ts";
import { keys } from "../kv/mod.ts";
import { asks, settleAsk } from "../notifications/asks.ts";
import { disputeChannel } from "../realtime/mod.ts";
import type { User } from "../users/mod.ts";
import { decideOnDispute, type DisputeDeps, told } from "./change.ts";
import type { NewEvidence } from "./fields.ts";
import { disputeAfter, MAX_EVIDENCE } from "./machine.ts";
import { evidenceRow } from "./rows.ts";
import type { DisputeEvidenced, Evidence } from "./types.ts";

/**
 * Adds a piece of evidence, by a party. It is numbered and stays as it is.
 *
 * @throws {NexoraError} `not_found`, `forbidden`, `illegal_transition` after the end and over 20 pieces a party
 */
export function addEvidence(
  deps: DisputeDeps,
  actor: Pick<User, "id" | "role">,
  disputeId: string,
  { text, links }: NewEvidence,
): Promise<Evidence> {
  return decideOnDispute<Evidence>(deps, disputeId, async (dispute) => {
    if (!mayDispute(actor, "giveEvidence", dispute)) {
      throw new NexoraError("forbidden", "The parties give evidence");
    }
    const at = deps.now();
    const after = disputeAfter(dispute, { verb: "addEvidence" }, at);
    const given = await listEvidence(deps.kv, disputeId);
    const own = given.filter(({ authorId }) => authorId === actor.id).length;
    if (own >= MAX_EVIDENCE) {
      throw new NexoraError(
        "illegal_transition",
        `A party gives at most ${MAX_EVIDENCE} pieces of evidence`,
      );
    }
    const evidence: Evidence = {
      disputeId,
      n: after.evidence,
      authorId: actor.id,
      text,
      links,
      at,
    };
    const settled = settleAsk({
      ask: asks.giveYourSide(disputeId),
      outcome: "answered",
      byId: actor.id,
      userIds: [actor.id],
    }, at);
    const data: DisputeEvidenced = {
      ...told(after),
      n: evidence.n,
      authorId: actor.id,
    };
    return {
      dispute: after,
      mutations: [evidenceRow(evidence), ...settled.mutations],
      jobs: settled.jobs,
      events: [{
        channel: disputeChannel(disputeId),
        event: "dispute:evidence",
        data,
      }],
      result: evidence,
    };
  });
}

/** All evidence in the order given; at most 20 pieces of each party. */
export async function listEvidence(
  kv: Deno.Kv,
  disputeId: string,
): Promise<Evidence[]> {
  const rows = kv.list<Evidence>({ prefix: keys.disputeEvidences(disputeId) });
  return await Array.fromAsync(rows, ({ value }) => value);
}
