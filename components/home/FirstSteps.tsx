import { usePageReader } from "../../lib/i18n/mod.ts";
import type { FirstStep } from "../../lib/pages/mod.ts";
import { Circle, CircleCheck } from "lucide-preact";

/** What a newcomer does first; gone once it is done. */
export function FirstSteps({ steps }: { steps: FirstStep[] }) {
  const { t } = usePageReader();
  const done = steps.filter((step) => step.done).length;
  return (
    <section class="section first-steps" aria-labelledby="home-steps">
      <div class="section-head">
        <h2 id="home-steps">{t("home.steps")}</h2>
        <p>{t("home.stepsLead", { done, all: steps.length })}</p>
      </div>
      <ul class="card rows">
        {steps.map(({ step, link, done }) => (
          <li key={step} class={done ? "row done" : "row"}>
            {done
              ? <CircleCheck size={18} strokeWidth={1.8} aria-hidden="true" />
              : <Circle size={18} strokeWidth={1.8} aria-hidden="true" />}
            <div class="row-main">
              {done
                ? (
                  <span>
                    {t(`home.step.${step}`)}
                    <span class="unseen">: {t("home.done")}</span>
                  </span>
                )
                : <a class="row-link" href={link}>{t(`home.step.${step}`)}</a>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
