import { ScanEye } from "lucide-preact";
import RelativeTime from "../../islands/RelativeTime.tsx";
import type {
  Case,
  CaseFile,
  CaseFilter,
  OracleOverview,
} from "../../jobs/oracle/mod.ts";
import type { OracleWords, Shown } from "../../lib/ai/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { FormFailure, Frame } from "../../lib/pages/mod.ts";
import { Empty } from "../Empty.tsx";
import { Provenance } from "../insights/Provenance.tsx";
import { AdminPage } from "./AdminPage.tsx";
import { CaseSheet } from "./CaseSheet.tsx";
import { HealthCard } from "./HealthCard.tsx";

export interface OraclePageProps {
  frame: Frame;
  overview: OracleOverview;
  /** The latest report in words. */
  words: Shown<OracleWords> | null;
  filter: CaseFilter;
  /** The case that is open. */
  file: CaseFile | null;
  failure: FormFailure | null;
  flash: string | null;
}

const FILTERS = ["open", "acknowledged", "dismissed", "all"] as const;

/** How sound the platform is, what the oracle found, and one case to decide about. */
export function OraclePage(props: OraclePageProps) {
  const { frame, overview, words, filter, file, failure, flash } = props;
  const { t } = usePageReader();
  return (
    <AdminPage
      frame={frame}
      title={t("admin.oracle")}
      about={t("admin.oracleAbout")}
      flash={flash}
    >
      {!file && <HealthCard overview={overview} />}
      {words && (
        <section class="section oracle-words">
          <p>{words.value.summary}</p>
          {words.engine === "model" && words.value.first.length > 0 && (
            <ul>
              {words.value.first.map(({ id, why }) => <li key={id}>{why}</li>)}
            </ul>
          )}
          <Provenance shown={words} />
        </section>
      )}
      <div class={file ? "cases open" : "cases"}>
        <section class="section cases-list" aria-labelledby="oracle-cases">
          <div class="section-head">
            <h2 id="oracle-cases">{t("admin.oracle.cases")}</h2>
            {file && (
              <a class="cases-back" href={`/admin/oracle?state=${filter}`}>
                {t("admin.oracle.back")}
              </a>
            )}
          </div>
          <nav
            class="segments cases-filter"
            aria-label={t("admin.oracle.filter")}
          >
            {FILTERS.map((one) => (
              <a
                key={one}
                class="segment"
                href={`/admin/oracle?state=${one}`}
                aria-current={one === filter ? "page" : undefined}
              >
                {t(`admin.oracle.state.${one}`)}
                <span class="segment-count">{overview.counts[one]}</span>
              </a>
            ))}
          </nav>
          {overview.cases.length === 0
            ? (
              <div class="card">
                <Empty
                  title={t("admin.oracle.none")}
                  body={overview.latest
                    ? t("admin.oracle.noneBody")
                    : t("admin.oracle.noneYet")}
                  icon={
                    <ScanEye size={22} strokeWidth={1.6} aria-hidden="true" />
                  }
                />
              </div>
            )
            : (
              <ul class="card rows">
                {overview.cases.map((one) => (
                  <CaseRow
                    key={one.id}
                    one={one}
                    filter={filter}
                    chosen={one.id === file?.case.id}
                  />
                ))}
              </ul>
            )}
        </section>
        {file && <CaseSheet file={file} failure={failure} />}
      </div>
    </AdminPage>
  );
}

function CaseRow(
  { one, filter, chosen }: { one: Case; filter: CaseFilter; chosen: boolean },
) {
  const { t } = usePageReader();
  const query = new URLSearchParams({ case: one.id, state: filter });
  return (
    <li class="row case-row" aria-current={chosen ? "true" : undefined}>
      <Risk score={one.riskScore} />
      <div class="row-main">
        <a class="row-link" href={`/admin/oracle?${query}`}>
          {t(`admin.oracle.kind.${one.kind}`)}
        </a>
        <p class="row-line">
          {t("admin.oracle.people", { count: one.subjects.length })}
          {filter === "all" && ` · ${t(`admin.oracle.state.${one.state}`)}`}
          {" · "}
          <RelativeTime at={one.lastSeen} />
        </p>
      </div>
    </li>
  );
}

/** The score, as a figure and a colour that means the same. */
export function Risk({ score }: { score: number }) {
  const { t } = usePageReader();
  const level = score >= 80 ? "critical" : score >= 60 ? "high" : "some";
  return (
    <span class={`risk ${level}`}>
      <span class="unseen">{t("admin.oracle.risk")}</span>
      {Math.round(score)}
    </span>
  );
}
