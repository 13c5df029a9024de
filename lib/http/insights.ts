import { type Advice, insightWords, type Shown } from "../ai/mod.ts";
import { readerOf } from "../i18n/mod.ts";
import type { User } from "../users/mod.ts";

/** The answer of `/api/insights`: the facts, each with its words in the person's language. */
export function insightsAnswer(
  { value, ...told }: Shown<Advice>,
  user: User,
  now: () => number,
) {
  const reader = readerOf(user, null, now);
  const { insights, basis: _, ...advice } = value;
  return {
    ...advice,
    insights: insights.map((insight) => ({
      ...insight,
      words: insightWords(insight, reader),
    })),
    ...told,
  };
}
