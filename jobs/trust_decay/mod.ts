export { trustDecayJob, type TrustDecayOptions } from "./job.ts";
export { LOSS_LIMIT, QUIET_DAYS, TRUST_FLOOR } from "./rule.ts";
