import { usePageReader } from "../../lib/i18n/mod.ts";
import type { BountyView, FormFailure } from "../../lib/pages/mod.ts";
import { Scale } from "lucide-preact";
import { AcceptForm } from "./AcceptForm.tsx";
import { CancelForm } from "./CancelForm.tsx";
import { Failure } from "./Failure.tsx";
import { ReviewForm } from "./ReviewForm.tsx";
import { SubmitForm } from "./SubmitForm.tsx";

export interface BountyActionsProps {
  view: BountyView;
  failure: FormFailure | null;
}

/** What the reader can do now, or what is waited for. Forms, so that they need no script. */
export function BountyActions({ view, failure }: BountyActionsProps) {
  const { t } = usePageReader();
  const { bounty, guild, can, disputeLink } = view;
  const inWork = bounty.state === "accepted" || bounty.state === "submitted";
  return (
    <div class="bounty-actions">
      {failure && <Failure failure={failure} />}
      {bounty.disputed
        ? (
          <div class="card panel">
            <p>{t("bounty.disputed")}</p>
            {disputeLink && (
              <p>
                <a class="button" href={disputeLink}>
                  <Scale size={15} aria-hidden="true" />
                  {t("bounty.toDispute")}
                </a>
              </p>
            )}
          </div>
        )
        : (
          <>
            {can.open && (
              <form method="post" class="card panel">
                <p>{t("bounty.openBody")}</p>
                <div class="form-actions">
                  <button
                    type="submit"
                    class="button primary"
                    name="do"
                    value="open"
                  >
                    {t("bounty.openIt")}
                  </button>
                </div>
              </form>
            )}
            <AcceptForm view={view} />
            {can.submit && <SubmitForm failure={failure} />}
            {can.review && <ReviewForm view={view} failure={failure} />}
            {inWork && !can.submit && !can.review && (
              <p class="quiet-text">
                {bounty.state === "submitted"
                  ? t("bounty.waitClient")
                  : t("bounty.waitWorker", {
                    guild: guild?.name ?? t("bounties.aGuild"),
                  })}
              </p>
            )}
          </>
        )}
      {(can.cancel || can.dispute || disputeLink && !bounty.disputed) && (
        <div class="bounty-ways-out">
          {can.cancel && <CancelForm />}
          {can.dispute && (
            <a class="button quiet" href={`/bounties/${bounty.id}/dispute`}>
              <Scale size={15} aria-hidden="true" />
              {t("bounty.raise")}
            </a>
          )}
          {disputeLink && !bounty.disputed && (
            <a class="button quiet" href={disputeLink}>
              <Scale size={15} aria-hidden="true" />
              {t("bounty.pastDispute")}
            </a>
          )}
        </div>
      )}
    </div>
  );
}
