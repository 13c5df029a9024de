import BountyNews from "../../islands/BountyNews.tsx";
import { BOUNTY_CATEGORIES } from "../../lib/bounties/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { BountyRow, Frame } from "../../lib/pages/mod.ts";
import { Empty } from "../Empty.tsx";
import { Shell } from "../shell/Shell.tsx";
import { Plus, Search, Target, X } from "lucide-preact";
import { BountyRows } from "./BountyRows.tsx";

/** The tabs above the list. */
export const TABS = ["available", "work", "completed", "all"] as const;
export type Tab = typeof TABS[number];

export interface BountyListProps {
  frame: Frame;
  rows: BountyRow[];
  cursor: string | null;
  tab: Tab;
  category: string | null;
  skill: string | null;
  q: string;
  flash: string | null;
}

/** All bounties, by state, category, skill and words. */
export function BountyList(props: BountyListProps) {
  const { frame, rows, cursor, tab, category, skill, q, flash } = props;
  const { t } = usePageReader();
  const filtered = category !== null || skill !== null || q !== "";
  return (
    <Shell
      frame={frame}
      title={t("bounties.title")}
      about={t("bounties.lead")}
      flash={flash}
      actions={
        <>
          <a class="button small quiet hide-small" href="/bounties/mine">
            {t("bounties.mine")}
          </a>
          <a class="button small primary" href="/bounties/new">
            <Plus size={15} aria-hidden="true" />
            {t("bounties.post")}
          </a>
        </>
      }
    >
      <div class="bounty-bar">
        <nav class="segments" aria-label={t("bounties.tabs")}>
          {TABS.map((one) => (
            <a
              key={one}
              class="segment"
              href={hrefOf({ ...props, tab: one })}
              aria-current={one === tab ? "page" : "false"}
            >
              {t(`bounties.tab.${one}`)}
            </a>
          ))}
        </nav>
        <Filters {...props} />
      </div>
      {(skill !== null || filtered) && (
        <p class="chips bounty-filters">
          {skill !== null && (
            <a
              class="chip accent"
              href={hrefOf({ ...props, skill: null })}
              aria-label={t("bounties.clearSkill", { skill })}
            >
              {skill}
              <X size={13} aria-hidden="true" />
            </a>
          )}
          <a class="chip" href={hrefOf({ tab })}>{t("bounties.clear")}</a>
        </p>
      )}
      {(tab === "available" || tab === "all") && (
        <BountyNews category={category} skill={skill} />
      )}
      {rows.length === 0
        ? (
          <div class="card">
            <Empty
              icon={<Target size={22} strokeWidth={1.6} aria-hidden="true" />}
              title={t(filtered ? "bounties.noMatch" : "bounties.none")}
              body={t(filtered ? "bounties.noMatchBody" : "bounties.noneBody")}
            >
              <a
                class="button"
                href={filtered ? hrefOf({ tab }) : "/bounties/new"}
              >
                {t(filtered ? "bounties.clear" : "bounties.post")}
              </a>
            </Empty>
          </div>
        )
        : <BountyRows rows={rows} skillLinks />}
      {cursor !== null && (
        <p class="older">
          <a class="button" href={hrefOf(props, cursor)}>
            {t("bounties.older")}
          </a>
        </p>
      )}
    </Shell>
  );
}

/** A form, so that it needs no script. */
function Filters({ tab, category, skill, q }: BountyListProps) {
  const { t } = usePageReader();
  return (
    <form
      method="get"
      action="/bounties"
      class="bounty-search"
      role="search"
      aria-label={t("bounties.filters")}
    >
      {tab !== "available" && <input type="hidden" name="tab" value={tab} />}
      {skill !== null && <input type="hidden" name="skill" value={skill} />}
      <input
        class="input"
        type="search"
        name="q"
        value={q}
        maxLength={100}
        placeholder={t("bounties.searchHint")}
        aria-label={t("bounties.search")}
      />
      <select class="input" name="category" aria-label={t("bounties.category")}>
        <option value="">{t("bounties.anyCategory")}</option>
        {BOUNTY_CATEGORIES.map((one) => (
          <option key={one} value={one} selected={one === category}>
            {t(`bounty.category.${one}`)}
          </option>
        ))}
      </select>
      <button type="submit" class="button">
        <Search size={15} aria-hidden="true" />
        {t("bounties.apply")}
      </button>
    </form>
  );
}

/** The list with these filters. */
function hrefOf(
  { tab, category, skill, q }:
    & Partial<Pick<BountyListProps, "category" | "skill" | "q">>
    & Pick<BountyListProps, "tab">,
  cursor?: string,
): string {
  const query = new URLSearchParams();
  if (tab !== "available") query.set("tab", tab);
  if (category) query.set("category", category);
  if (skill) query.set("skill", skill);
  if (q) query.set("q", q);
  if (cursor) query.set("cursor", cursor);
  return query.size > 0 ? `/bounties?${query}` : "/bounties";
}
