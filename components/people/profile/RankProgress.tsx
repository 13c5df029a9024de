import { DAY } from "../../../lib/clock.ts";
import { usePageReader } from "../../../lib/i18n/mod.ts";
import type { Rank, Step } from "../../../lib/users/mod.ts";
import { ArrowRight, Check } from "lucide-preact";

/** What the next rank asks for, and how much of it is there. */
export function RankProgress(
  { next }: { next: { rank: Rank; steps: Step[] } | null },
) {
  const { t, locale } = usePageReader();
  if (!next) return <p class="quiet-text">{t("person.top")}</p>;
  const shown = ({ what, has, asked }: Step) => {
    const number = (value: number) =>
      what === "rating"
        ? value.toLocaleString(locale, {
          minimumFractionDigits: 1,
          maximumFractionDigits: 1,
        })
        : Math.floor(what === "tenure" ? value / DAY : value)
          .toLocaleString(locale);
    return t("rank.ofAsked", { has: number(has), asked: number(asked) });
  };
  return (
    <ul class="rank-steps">
      {next.steps.map((step) => (
        <li key={step.what} class={step.done >= 1 ? "done" : undefined}>
          <span class="rank-what">
            {step.done >= 1
              ? <Check size={14} aria-hidden="true" />
              : <ArrowRight size={14} aria-hidden="true" />}
            {t(`rank.${step.what}`)}
          </span>
          <progress
            aria-label={t(`rank.${step.what}`)}
            max={1}
            value={step.done}
          />
          <span class="rank-has">{shown(step)}</span>
        </li>
      ))}
    </ul>
  );
}
