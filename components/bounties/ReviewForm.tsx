import { usePageReader } from "../../lib/i18n/mod.ts";
import type { BountyView, FormFailure } from "../../lib/pages/mod.ts";
import { Field } from "../forms/Field.tsx";
import { CircleAlert, Star } from "lucide-preact";

const OUTCOMES = ["accepted", "changes", "rejected"] as const;

/** The client's answer to what was handed in. */
export function ReviewForm(
  { view, failure }: { view: BountyView; failure: FormFailure | null },
) {
  const { t } = usePageReader();
  const { fields: wrong = {}, values = {} } = failure ?? {};
  const reward = t("bounties.credits", { count: view.bounty.reward });
  return (
    <form method="post" class="card panel form">
      <h3>{t("bounty.reviewTitle")}</h3>
      <fieldset class="choices">
        <legend>{t("bounty.reviewOutcome")}</legend>
        {OUTCOMES.map((outcome) => (
          <label key={outcome} class="choice">
            <input
              type="radio"
              name="outcome"
              value={outcome}
              checked={(values.outcome ?? "accepted") === outcome}
              required
            />
            <span>
              <strong>{t(`bounty.review.${outcome}`, { reward })}</strong>
              <small>{t(`bounty.review.${outcome}Hint`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset
        class="rating"
        aria-describedby={wrong.rating ? "rating-wrong" : "rating-hint"}
      >
        <legend>{t("bounty.rating")}</legend>
        <div class="rating-stars">
          {[1, 2, 3, 4, 5].map((n) => (
            <label key={n} title={t("bounty.stars", { count: n })}>
              <input
                type="radio"
                name="rating"
                value={n}
                checked={values.rating === String(n)}
              />
              <Star size={22} aria-hidden="true" />
              <span class="unseen">{t("bounty.stars", { count: n })}</span>
            </label>
          ))}
        </div>
        {wrong.rating
          ? (
            <p class="wrong" id="rating-wrong">
              <CircleAlert size={14} aria-hidden="true" />
              {wrong.rating}
            </p>
          )
          : <p class="hint" id="rating-hint">{t("bounty.ratingHint")}</p>}
      </fieldset>
      <Field
        name="note"
        label={t("bounty.reviewNote")}
        hint={t("bounty.reviewNoteHint")}
        value={values.note}
        wrong={wrong.note}
        rows={3}
        maxLength={4000}
      />
      <div class="form-actions">
        <button type="submit" class="button primary" name="do" value="review">
          {t("bounty.review")}
        </button>
      </div>
    </form>
  );
}
