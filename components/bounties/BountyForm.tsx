import { type Bounty, BOUNTY_CATEGORIES } from "../../lib/bounties/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { FormFailure, Frame } from "../../lib/pages/mod.ts";
import { Field } from "../forms/Field.tsx";
import { Select } from "../forms/Select.tsx";
import { Failure } from "./Failure.tsx";
import { Shell } from "../shell/Shell.tsx";

export interface BountyFormProps {
  frame: Frame;
  /** The one that is changed; `null`: a new one. */
  bounty: Bounty | null;
  failure: FormFailure | null;
}

/** Writing a bounty, or changing one. */
export function BountyForm({ frame, bounty, failure }: BountyFormProps) {
  const { t, now } = usePageReader();
  const wrong = failure?.fields ?? {};
  const value = failure?.values ?? (bounty ? valuesOf(bounty) : {});
  const today = new Date(now()).toISOString().slice(0, 10);
  return (
    <Shell
      frame={frame}
      title={t(bounty ? "editBounty.title" : "newBounty.title")}
      narrow
    >
      <form method="post" class="form">
        <p class="lead">{t(bounty ? "editBounty.lead" : "newBounty.lead")}</p>
        {failure && <Failure failure={failure} />}
        <Field
          name="title"
          label={t("newBounty.name")}
          hint={t("newBounty.nameHint")}
          value={value.title}
          wrong={wrong.title}
          maxLength={120}
          required
        />
        <Field
          name="description"
          label={t("newBounty.about")}
          hint={t("newBounty.aboutHint")}
          value={value.description}
          wrong={wrong.description}
          rows={9}
          maxLength={8000}
          required
        />
        <div class="pair">
          <Select
            name="category"
            label={t("bounties.category")}
            value={value.category}
            wrong={wrong.category}
            options={BOUNTY_CATEGORIES.map((one) => ({
              value: one,
              text: t(`bounty.category.${one}`),
            }))}
            required
          />
          <Field
            name="skills"
            label={t("newBounty.skills")}
            hint={t("newBounty.skillsHint")}
            value={value.skills}
            wrong={wrong.skills}
            maxLength={420}
          />
        </div>
        <div class="pair">
          <Field
            name="reward"
            type="number"
            label={t("newBounty.reward")}
            value={value.reward}
            wrong={wrong.reward}
            min={1}
            max={1_000_000}
            required
          />
          <Field
            name="deadline"
            type="date"
            label={t("newBounty.deadline")}
            hint={t("newBounty.deadlineHint")}
            value={value.deadline}
            wrong={wrong.deadline}
            min={today}
          />
        </div>
        <div class="form-actions">
          {bounty
            ? (
              <button type="submit" class="button primary">
                {t("editBounty.save")}
              </button>
            )
            : (
              <>
                <button
                  type="submit"
                  class="button primary"
                  name="open"
                  value="1"
                >
                  {t("newBounty.open")}
                </button>
                <button type="submit" class="button" name="open" value="0">
                  {t("newBounty.draft")}
                </button>
              </>
            )}
          <a
            class="button quiet"
            href={bounty ? `/bounties/${bounty.id}` : "/bounties"}
          >
            {t("newBounty.cancel")}
          </a>
        </div>
      </form>
    </Shell>
  );
}

function valuesOf(bounty: Bounty): Record<string, string> {
  return {
    title: bounty.title,
    description: bounty.description,
    category: bounty.category,
    skills: bounty.skills.join(", "),
    reward: String(bounty.reward),
    deadline: bounty.deadline === null
      ? ""
      : new Date(bounty.deadline).toISOString().slice(0, 10),
  };
}
