import { z } from "zod";
import { UnfitAnswer } from "../model/failure.ts";
import { plainLine } from "../model/text.ts";
import type { Refinement } from "../told.ts";
import type { Trend, TrendReport } from "./types.ts";

const Answer = z.object({
  summary: plainLine(320),
  notes: z.array(z.object({ id: z.string(), note: plainLine(200) })).max(12),
});

type Answer = z.infer<typeof Answer>;

/** Skills that a model is shown. */
const SHOWN = 12;

const idOf = (kind: "category" | "skill", name: string) => `${kind}:${name}`;

/** A model words what the counts say; it changes no number and no order. */
export const trendsRefinement: Refinement<TrendReport, Answer> = {
  name: "bounty_trends",
  task:
    "Sum up in two sentences what is asked for more and less on the platform, then write one sentence for each entry " +
    "that is rising or falling. Name numbers only as they are given; say nothing of causes that the data does not show.",
  data: ({ opened, categories, skills }) => ({
    windowDays: 14,
    opened,
    categories: categories.map((t) => shown("category", t)),
    skills: skills.slice(0, SHOWN).map((t) => shown("skill", t)),
  }),
  schema: Answer,
  apply(report, { summary, notes }) {
    const known = new Map(notes.map(({ id, note }) => [id, note]));
    const noted = (kind: "category" | "skill") => (trend: Trend): Trend => {
      const id = idOf(kind, trend.name);
      const note = known.get(id) ?? null;
      known.delete(id);
      return { ...trend, note };
    };
    const categories = report.categories.map(noted("category"));
    const skills = report.skills.map(noted("skill"));
    if (known.size > 0) {
      throw new UnfitAnswer("invalid_answer", "It names what was not shown");
    }
    return { ...report, categories, skills, summary };
  },
};

function shown(
  kind: "category" | "skill",
  { name, direction, now, before, reward, taken }: Trend,
) {
  return { id: idOf(kind, name), direction, now, before, reward, taken };
}
