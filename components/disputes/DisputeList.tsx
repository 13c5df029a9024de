import { Scale } from "lucide-preact";
import RelativeTime from "../../islands/RelativeTime.tsx";
import {
  type Dispute,
  DISPUTE_STATES,
  type DisputeSummary,
} from "../../lib/disputes/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import { Empty } from "../Empty.tsx";
import { Shell } from "../shell/Shell.tsx";
import { StateChip } from "./PaneParts.tsx";

/** Which of the lists. */
export const DISPUTE_LISTS = ["mine", "jury", "all"] as const;
export type DisputeListName = typeof DISPUTE_LISTS[number];

export interface DisputeListProps {
  frame: Frame;
  list: DisputeListName;
  state: Dispute["state"] | null;
  disputes: DisputeSummary[];
  cursor: string | null;
  /** An older page is shown. */
  past: boolean;
  flash: string | null;
}

/** Disputes that concern somebody, the newest first. */
export function DisputeList(props: DisputeListProps) {
  const { frame, list, state, disputes, cursor, past, flash } = props;
  const { t } = usePageReader();
  const lists = DISPUTE_LISTS.filter((name) =>
    name !== "all" || frame.me.role === "admin"
  );
  const query = (more: Record<string, string | null>) => {
    const given = new URLSearchParams({ list });
    for (const [name, value] of Object.entries({ state, ...more })) {
      if (value !== null) given.set(name, value);
    }
    return `/disputes?${given}`;
  };
  return (
    <Shell
      frame={frame}
      title={t("disputes.title")}
      about={t("disputes.lead")}
      flash={flash}
    >
      <div class="list-bar">
        <nav class="segments" aria-label={t("disputes.lists")}>
          {lists.map((name) => (
            <a
              key={name}
              class="segment"
              href={`/disputes?list=${name}`}
              aria-current={name === list ? "page" : "false"}
            >
              {t(`disputes.list.${name}`)}
            </a>
          ))}
        </nav>
        {list === "all" && (
          <form method="get" action="/disputes" class="list-filter">
            <input type="hidden" name="list" value="all" />
            <label class="unseen" for="filter-state">
              {t("disputes.states")}
            </label>
            <select id="filter-state" name="state" class="input">
              <option value="">{t("disputes.state.any")}</option>
              {DISPUTE_STATES.map((one) => (
                <option key={one} value={one} selected={one === state}>
                  {t(`dispute.state.${one}`)}
                </option>
              ))}
            </select>
            <button type="submit" class="button small">
              {t("disputes.filter")}
            </button>
          </form>
        )}
      </div>
      <div class="card">
        {disputes.length === 0
          ? (
            <Empty
              icon={<Scale size={22} strokeWidth={1.6} aria-hidden="true" />}
              title={t(`disputes.none.${list}`)}
              body={t(`disputes.none.${list}Body`)}
            />
          )
          : (
            <ul class="rows">
              {disputes.map((dispute) => (
                <DisputeRow key={dispute.id} dispute={dispute} />
              ))}
            </ul>
          )}
      </div>
      {(cursor || past) && (
        <nav class="list-more">
          {past && (
            <a class="button small quiet" href={query({})}>
              {t("disputes.newest")}
            </a>
          )}
          {cursor && (
            <a class="button small" href={query({ cursor })}>
              {t("disputes.older")}
            </a>
          )}
        </nav>
      )}
    </Shell>
  );
}

function DisputeRow(
  { dispute }: { dispute: DisputeListProps["disputes"][number] },
) {
  const { t } = usePageReader();
  const { id, bountyTitle, state, deadline, hasVoted } = dispute;
  const gone = t("dispute.somebody");
  return (
    <li class="row dispute-row">
      <StateChip state={state} />
      <div class="row-main">
        <a class="row-link" href={`/disputes/${id}`}>{bountyTitle}</a>
        <p class="row-line">
          {t("disputes.versus", {
            raiser: dispute.raiser ?? gone,
            accused: dispute.accused ?? gone,
          })}
        </p>
      </div>
      {hasVoted !== null && (
        <span class={hasVoted ? "chip" : "chip accent"}>
          {t(hasVoted ? "disputes.youVoted" : "disputes.youJudge")}
        </span>
      )}
      <span class="row-side">
        {state === "escalated"
          ? (
            <>
              {t("disputes.ends")} <RelativeTime at={deadline!} />
            </>
          )
          : <RelativeTime at={dispute.updatedAt} />}
      </span>
    </li>
  );
}
