import { usePageReader } from "../../lib/i18n/mod.ts";
import type { BountyRow, Frame } from "../../lib/pages/mod.ts";
import { Empty } from "../Empty.tsx";
import { Shell } from "../shell/Shell.tsx";
import { Plus, Target } from "lucide-preact";
import { BountyRows } from "./BountyRows.tsx";

/** The reader's parts in bounties. */
export const PARTS = ["posted", "work", "proposed"] as const;
export type Part = typeof PARTS[number];

export interface MyBountiesProps {
  frame: Frame;
  part: Part;
  rows: BountyRow[];
  cursor: string | null;
  flash: string | null;
}

/** What one has posted, works on, and could accept. */
export function MyBounties(
  { frame, part, rows, cursor, flash }: MyBountiesProps,
) {
  const { t } = usePageReader();
  const hrefOf = (one: Part) =>
    one === "posted" ? "/bounties/mine" : `/bounties/mine?part=${one}`;
  return (
    <Shell
      frame={frame}
      title={t("mine.title")}
      about={t("mine.lead")}
      flash={flash}
      actions={
        <a class="button small primary" href="/bounties/new">
          <Plus size={15} aria-hidden="true" />
          {t("bounties.post")}
        </a>
      }
    >
      <div class="bounty-bar">
        <nav class="segments" aria-label={t("mine.tabs")}>
          {PARTS.map((one) => (
            <a
              key={one}
              class="segment"
              href={hrefOf(one)}
              aria-current={one === part ? "page" : "false"}
            >
              {t(`mine.tab.${one}`)}
            </a>
          ))}
        </nav>
      </div>
      {rows.length === 0
        ? (
          <div class="card">
            <Empty
              icon={<Target size={22} strokeWidth={1.6} aria-hidden="true" />}
              title={t(`mine.none.${part}`)}
              body={t(`mine.none.${part}Body`)}
            >
              {part === "posted"
                ? (
                  <a class="button" href="/bounties/new">
                    {t("bounties.post")}
                  </a>
                )
                : <a class="button" href="/bounties">{t("mine.browse")}</a>}
            </Empty>
          </div>
        )
        : <BountyRows rows={rows} />}
      {cursor !== null && (
        <p class="older">
          <a
            class="button"
            href={`/bounties/mine?part=${part}&cursor=${
              encodeURIComponent(cursor)
            }`}
          >
            {t("bounties.older")}
          </a>
        </p>
      )}
    </Shell>
  );
}
