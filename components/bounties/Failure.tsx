import { usePageReader } from "../../lib/i18n/mod.ts";
import type { FormFailure } from "../../lib/pages/mod.ts";
import { Notice } from "../forms/Notice.tsx";

/** Why a form was refused; what is wrong with single fields stands beside them. */
export function Failure({ failure }: { failure: FormFailure }) {
  const { t } = usePageReader();
  const ofFields = Object.keys(failure.fields).length > 0;
  return (
    <Notice tone="bad">
      {ofFields ? t("bounties.checkFields") : failure.message}
    </Notice>
  );
}
