import { DAY } from "../../clock.ts";
import type { Activity } from "./activity.ts";
import { findReviewCollusion } from "./collusion.ts";
import { findDisputeAbuse } from "./disputes.ts";
import type { AnomalyKind, Detector, Finding } from "./finding.ts";
import { Ledger } from "./ledger.ts";
import { findPaymentOutliers } from "./payments.ts";
import { type OracleReport, writeReport } from "./report.ts";
import { findRings } from "./rings.ts";
import { findSybilGuilds } from "./sybils.ts";
import { findTakeovers } from "./takeover.ts";
import { findVelocitySpikes } from "./velocity.ts";
import { findVoteBrigades } from "./votes.ts";

export interface OracleOptions {
  /** Length of the window in days, up to the newest activity; default 7. */
  days?: number;
  /** Only these kinds; default all. */
  kinds?: readonly AnomalyKind[];
}

const DETECTORS: Record<AnomalyKind, Detector> = {
  sybil_guild: findSybilGuilds,
  account_takeover: findTakeovers,
  self_dealing_ring: findRings,
  review_collusion: findReviewCollusion,
  vote_brigading: findVoteBrigades,
  dispute_abuse: findDisputeAbuse,
  payment_outlier: findPaymentOutliers,
  velocity_spike: findVelocitySpikes,
};

/** Reads activities one by one and then reports: what `detectAnomalies` is made of. */
export class Oracle {
  readonly #ledger: Ledger;
  readonly #kinds: AnomalyKind[];

  constructor(options: OracleOptions = {}) {
    this.#ledger = new Ledger((options.days ?? 7) * DAY);
    const all = Object.keys(DETECTORS) as AnomalyKind[];
    this.#kinds = all.filter((k) => options.kinds?.includes(k) ?? true);
  }

  /** Takes the next activity; they come in order of time. */
  add(activity: Activity): void {
    this.#ledger.add(activity);
  }

  /** Ends the reading. */
  report(): OracleReport {
    const ledger = this.#ledger.close();
    const findings: Finding[] = [];
    for (const kind of this.#kinds) findings.push(...DETECTORS[kind](ledger));
    return writeReport(ledger, findings);
  }
}

/**
 * Finds what is not right in the last days of a stream of activities, with the weeks before as a baseline. Pure and deterministic: the
 * same stream gives the same report. An asynchronous stream may bring lists of activities, which is quicker. Memory follows the window and the number of users, not the length of the stream.
 *
 * @example
 * ```ts
 * const report = await detectAnomalies(activities, { days: 7 });
 * const critical = report.anomalies.filter((a) => a.riskScore >= 80);
 * ```
 */
export async function detectAnomalies(
  activity:
    | AsyncIterable<Activity | readonly Activity[]>
    | Iterable<Activity>,
  options: OracleOptions = {},
): Promise<OracleReport> {
  const oracle = new Oracle(options);
  if (Symbol.iterator in activity) {
    for (const a of activity) oracle.add(a);
  } else {
    for await (const some of activity) {
      if (isList(some)) { for (const a of some) oracle.add(a); }
      else oracle.add(some);
    }
  }
  return oracle.report();
}

function isList(
  some: Activity | readonly Activity[],
): some is readonly Activity[] {
  return Array.isArray(some);
}
