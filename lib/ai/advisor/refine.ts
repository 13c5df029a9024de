import { z } from "zod";
import { readerOf } from "../../i18n/mod.ts";
import { UnfitAnswer } from "../model/failure.ts";
import { plainLine } from "../model/text.ts";
import type { Refinement } from "../told.ts";
import type { Advice, Insight } from "./types.ts";
import { insightWords } from "./words.ts";

const Answer = z.object({
  summary: plainLine(280),
  insights: z.array(z.object({ id: z.string(), note: plainLine(180) })).max(12),
});

type Answer = z.infer<typeof Answer>;

/** A model orders what there is to say and adds a sentence to each; it leaves nothing out and invents nothing. */
export function advisorRefinement(
  now: () => number,
): Refinement<Advice, Answer> {
  const reader = readerOf(null, "en", now);
  return {
    name: "personal_insights",
    task:
      "Order the insights by what this person should look at first, and add to each one sentence of at most 160 " +
      "characters that says what to do. Then sum up in one or two sentences, speaking to the person as you.",
    data: ({ insights, rank, trust, demand }) => ({
      rank: rank.now,
      nextRank: rank.next,
      trust: trust.now,
      skills: demand,
      insights: insights.map((insight) => ({
        id: insight.id,
        ...insightWords(insight, reader),
      })),
    }),
    schema: Answer,
    apply(advice, { summary, insights: ordered }) {
      const left = new Map(advice.insights.map((one) => [one.id, one]));
      const insights: Insight[] = [];
      for (const { id, note } of ordered) {
        const insight = left.get(id);
        if (!insight) {
          throw new UnfitAnswer(
            "invalid_answer",
            "It names an insight that was not shown, or one twice",
          );
        }
        left.delete(id);
        insights.push({ ...insight, note });
      }
      return { ...advice, summary, insights: [...insights, ...left.values()] };
    },
  };
}
