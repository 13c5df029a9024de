import { usePageReader } from "../../lib/i18n/mod.ts";
import { Field } from "../forms/Field.tsx";

/** Calling it off, behind a second click. */
export function CancelForm() {
  const { t } = usePageReader();
  return (
    <details class="way-out">
      <summary class="button quiet">{t("bounty.cancelTitle")}</summary>
      <form method="post" class="card panel form">
        <p>{t("bounty.cancelBody")}</p>
        <Field
          name="why"
          label={t("bounty.cancelNote")}
          rows={2}
          maxLength={1000}
        />
        <div class="form-actions">
          <button
            type="submit"
            class="button danger"
            name="do"
            value="cancel"
          >
            {t("bounty.cancel")}
          </button>
        </div>
      </form>
    </details>
  );
}
