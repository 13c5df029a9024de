import { z } from "zod";
import { ANOMALY_KINDS } from "../oracle/mod.ts";

/** What the oracle found, as far as it is told: the report without its evidence. */
export const Findings = z.object({
  health: z.object({
    score: z.number(),
    components: z.record(z.string(), z.number()),
  }),
  /** Activities that were looked at. */
  activities: z.number(),
  anomalies: z.array(z.object({
    id: z.string(),
    kind: z.enum(ANOMALY_KINDS),
    riskScore: z.number(),
    reason: z.string(),
  })),
});

export type Findings = z.infer<typeof Findings>;

/** A report in words. */
export interface OracleWords {
  findings: Findings;
  /** Two or three plain sentences. */
  summary: string;
  /** What to look at first; ids of anomalies. At most 5. */
  first: { id: string; why: string }[];
}
