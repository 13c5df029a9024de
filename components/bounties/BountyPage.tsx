import BountyLive from "../../islands/BountyLive.tsx";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { BountyView, FormFailure, Frame } from "../../lib/pages/mod.ts";
import { MuteLink } from "../notifications/MuteLink.tsx";
import { Shell } from "../shell/Shell.tsx";
import { Pencil } from "lucide-preact";
import { BountyActions } from "./BountyActions.tsx";
import { BountyFacts } from "./BountyFacts.tsx";
import { BountyHistory } from "./BountyHistory.tsx";
import { BountyMatches } from "./BountyMatches.tsx";
import { StateBadge } from "./StateBadge.tsx";
import { Timed, WHEN } from "./When.tsx";

export interface BountyPageProps {
  frame: Frame;
  view: BountyView;
  /** Channels that tell of it, and the positions after which they do. */
  since: Record<string, string>;
  /** Of which form, and what is wrong. */
  failure: FormFailure | null;
  flash: string | null;
}

/** One bounty: what it is, where it stands, what the reader can do. */
export function BountyPage(
  { frame, view, since, failure, flash }: BountyPageProps,
) {
  const { t } = usePageReader();
  const { bounty, client, can } = view;
  return (
    <Shell
      frame={frame}
      title={bounty.title}
      flash={flash}
      actions={
        <>
          <MuteLink
            kind="bounty"
            id={bounty.id}
            class="button small quiet hide-small"
          />
          <a class="button small quiet hide-small" href="/bounties">
            {t("bounty.back")}
          </a>
        </>
      }
    >
      <BountyLive
        bountyId={bounty.id}
        revision={bounty.revision}
        since={since}
      />
      {/* Loaded anew by BountyLive: nothing in here may be an island. */}
      <div id="bounty" class="bounty" data-revision={bounty.revision}>
        <article class="bounty-main">
          <header class="bounty-head">
            <div class="bounty-title">
              <h2>{bounty.title}</h2>
              {can.edit && (
                <a class="button small" href={`/bounties/${bounty.id}/edit`}>
                  <Pencil size={14} aria-hidden="true" />
                  {t("bounty.edit")}
                </a>
              )}
            </div>
            <p class="bounty-line">
              <StateBadge state={bounty.state} />
              <span>
                {bounty.state === "draft" ? t("bounty.drafted") : (
                  <>
                    <Timed
                      text={t("bounty.posted", { when: WHEN })}
                      at={bounty.openedAt ?? bounty.createdAt}
                    />{" "}
                    {t("bounties.by", {
                      name: client?.name ?? t("bounties.someone"),
                    })}
                  </>
                )}
              </span>
            </p>
          </header>
          <section aria-labelledby="bounty-about">
            <h3 id="bounty-about" class="unseen">{t("bounty.about")}</h3>
            <p class="prose">{bounty.description}</p>
          </section>
          <BountyActions view={view} failure={failure} />
          <BountyHistory view={view} />
        </article>
        <aside class="bounty-side" aria-label={t("bounty.details")}>
          <BountyFacts view={view} />
          <BountyMatches view={view} />
        </aside>
      </div>
    </Shell>
  );
}
