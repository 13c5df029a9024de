export {
  type Dispute,
  DISPUTE_STATES,
  type DisputeEscalated,
  type DisputeEvidenced,
  type DisputeParty,
  type DisputeRaised,
  type DisputeResolved,
  type DisputeState,
  type DisputeVoted,
  type Draw,
  type Evidence,
  type Verdict,
  type Vote,
} from "./types.ts";
export {
  Ballot,
  Decision,
  DisputeReason,
  DisputesQuery,
  NewDispute,
  NewEvidence,
} from "./fields.ts";
export {
  DISPUTABLE,
  DISPUTE_RULES,
  type DisputeAction,
  disputeAfter,
  disputeAllows,
  type DisputeVerb,
  hasEnded,
  JURORS,
  MAX_EVIDENCE,
  quorumOf,
  RESPONSE_TIME,
  ROUNDS,
  type Tally,
  tallyOf,
  VOTING_TIME,
} from "./machine.ts";
export { type DisputeDeps } from "./change.ts";
export { raiseDispute } from "./raise.ts";
export { addEvidence, listEvidence } from "./evidence.ts";
export { castVote, escalateDispute } from "./tribunal.ts";
export { closeTribunal, decideDispute, withdrawDispute } from "./settle.ts";
export { drawTribunal, JUROR_ACTIVE, JUROR_TRUST, pickJurors } from "./jury.ts";
export { registerDisputeJobs, sweepTribunals } from "./jobs.ts";
export {
  type DisputeListQuery,
  getDispute,
  listDisputes,
  listDisputesOf,
  listDisputesOfGuild,
  listDisputesToJudge,
} from "./find.ts";
export { type DisputeSummary, listDisputeSummaries } from "./summaries.ts";
export {
  type DisputeMoves,
  type DisputePerson,
  type DisputeView,
  viewDispute,
} from "./view.ts";
export { disputeRows, evidenceRow, voteRow } from "./rows.ts";
