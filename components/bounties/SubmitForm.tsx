import { usePageReader } from "../../lib/i18n/mod.ts";
import type { FormFailure } from "../../lib/pages/mod.ts";
import { Field } from "../forms/Field.tsx";

/** Handing work in. */
export function SubmitForm({ failure }: { failure: FormFailure | null }) {
  const { t } = usePageReader();
  const { fields: wrong = {}, values = {} } = failure ?? {};
  return (
    <form method="post" class="card panel form">
      <h3>{t("bounty.submitTitle")}</h3>
      <Field
        name="note"
        label={t("bounty.submitNote")}
        hint={t("bounty.submitNoteHint")}
        value={values.note}
        wrong={wrong.note}
        rows={4}
        maxLength={4000}
        required
      />
      <Field
        name="url"
        type="url"
        label={t("bounty.submitLink")}
        hint={t("bounty.submitLinkHint")}
        value={values.url}
        wrong={wrong.url}
        maxLength={500}
      />
      <div class="form-actions">
        <button type="submit" class="button primary" name="do" value="submit">
          {t("bounty.submit")}
        </button>
      </div>
    </form>
  );
}
