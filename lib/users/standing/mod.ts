export * from "./types.ts";
export { type Absence, type Loss, lossesOf, withLoss } from "./absence.ts";
export {
  boundedTrust,
  completionPoints,
  MAX_TRUST,
  TRUST_POINTS,
} from "./points.ts";
export { counted, meritsOf, monthOf, newStanding } from "./count.ts";
export {
  ALL_TIME,
  PEOPLE_BOARDS,
  type PeopleBoard,
  placeRows,
  standingRows,
} from "./places.ts";
export {
  changedPerson,
  type PersonRows,
  planTrustChange,
  type TrustPlan,
} from "./plan.ts";
export { changeTrust, trustChangeJob, type TrustDeps } from "./change.ts";
export { forgetProfile, profileChangedJob } from "./profile_job.ts";
export { registerUserJobs } from "./jobs.ts";
export { getStanding, listTrustHistory } from "./find.ts";
