import { usePageReader } from "../../lib/i18n/mod.ts";
import type { FormFailure, Frame } from "../../lib/pages/mod.ts";
import { Field } from "../forms/Field.tsx";
import { Notice } from "../forms/Notice.tsx";
import { Shell } from "../shell/Shell.tsx";

export interface RaiseFormProps {
  frame: Frame;
  bounty: { id: string; title: string };
  /** Name of the other side. */
  against: string | null;
  failure: FormFailure | null;
}

/** Where a client or a worker says what went wrong. */
export function RaiseForm(
  { frame, bounty, against, failure }: RaiseFormProps,
) {
  const { t } = usePageReader();
  return (
    <Shell frame={frame} title={t("dispute.raise.title")} narrow>
      <form method="post" class="form">
        <p class="lead">{t("dispute.raise.lead")}</p>
        {failure && <Notice tone="bad">{failure.message}</Notice>}
        <dl class="card figures raise-about">
          <div>
            <dt>{t("dispute.raise.about")}</dt>
            <dd>
              <a href={`/bounties/${bounty.id}`}>{bounty.title}</a>
            </dd>
          </div>
          <div>
            <dt>{t("dispute.parties")}</dt>
            <dd>
              {t("dispute.raise.against", {
                name: against ?? t("dispute.somebody"),
              })}
            </dd>
          </div>
        </dl>
        <Field
          name="reason"
          label={t("dispute.raise.reason")}
          hint={t("dispute.raise.hint")}
          value={failure?.values.reason}
          wrong={failure?.fields.reason}
          rows={7}
          minLength={20}
          maxLength={2000}
          required
        />
        <div class="form-actions">
          <button type="submit" class="button primary">
            {t("dispute.raise.submit")}
          </button>
          <a class="button quiet" href={`/bounties/${bounty.id}`}>
            {t("dispute.raise.cancel")}
          </a>
        </div>
      </form>
      <section class="section" aria-labelledby="raise-steps">
        <div class="section-head">
          <h2 id="raise-steps">{t("dispute.raise.steps")}</h2>
        </div>
        <ol class="steps">
          <li>{t("dispute.raise.step1")}</li>
          <li>{t("dispute.raise.step2")}</li>
          <li>{t("dispute.raise.step3")}</li>
        </ol>
      </section>
    </Shell>
  );
}
