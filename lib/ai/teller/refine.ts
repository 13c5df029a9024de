import { z } from "zod";
import { UnfitAnswer } from "../model/failure.ts";
import { plainLine } from "../model/text.ts";
import type { Refinement } from "../told.ts";
import { cut } from "../words.ts";
import type { OracleWords } from "./types.ts";

const Answer = z.object({
  summary: plainLine(480),
  first: z.array(z.object({ id: z.string(), why: plainLine(220) })).max(5),
});

type Answer = z.infer<typeof Answer>;

/** Anomalies that a model is shown. */
const SHOWN = 20;

/** A model words the report; scores and findings stay as the statistics have them. */
export const tellerRefinement: Refinement<OracleWords, Answer> = {
  name: "oracle_summary",
  task:
    "Tell the platform's admins in two or three sentences how things stand, then name up to five anomalies to look at " +
    "first and say why. Accuse nobody: these are statistical signs, not verdicts.",
  data: ({ findings: { health, activities, anomalies } }) => ({
    health,
    activities,
    anomalies: [...anomalies].sort((a, b) => b.riskScore - a.riskScore)
      .slice(0, SHOWN)
      .map(({ id, kind, riskScore, reason }) => ({
        id,
        kind,
        riskScore,
        reason: cut(reason, 300),
      })),
  }),
  schema: Answer,
  apply(local, { summary, first }) {
    const known = new Set(local.findings.anomalies.map(({ id }) => id));
    if (!first.every(({ id }) => known.delete(id))) {
      throw new UnfitAnswer(
        "invalid_answer",
        "It names an anomaly that was not shown, or one twice",
      );
    }
    return { ...local, summary, first };
  },
};
