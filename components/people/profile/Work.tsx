import { usePageReader } from "../../../lib/i18n/mod.ts";
import type { BountyRow } from "../../../lib/pages/mod.ts";
import { BountyRows } from "../../bounties/BountyRows.tsx";

/** Bounties that somebody worked on, and that they posted. */
export function Work(
  { worked, commissioned }: {
    worked: BountyRow[];
    commissioned: BountyRow[];
  },
) {
  const { t } = usePageReader();
  return (
    <>
      <section class="section" aria-labelledby="person-work">
        <div class="section-head">
          <h2 id="person-work">{t("person.work")}</h2>
        </div>
        {worked.length === 0
          ? <p class="quiet-text">{t("person.noWork")}</p>
          : <BountyRows rows={worked} />}
      </section>
      {commissioned.length > 0 && (
        <section class="section" aria-labelledby="person-commissioned">
          <div class="section-head">
            <h2 id="person-commissioned">{t("person.asClient")}</h2>
          </div>
          <BountyRows rows={commissioned} />
        </section>
      )}
    </>
  );
}
