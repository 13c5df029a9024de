import type { CaseFile } from "../../jobs/oracle/mod.ts";
import { exactTime, usePageReader } from "../../lib/i18n/mod.ts";

const SHOWN = 60;

/** What was done, the newest first, in words a reader can check. */
export function CaseEvidence(
  { file, name }: { file: CaseFile; name: (id: string) => string },
) {
  const reader = usePageReader();
  const { t, locale } = reader;
  const rows = file.activity.toReversed();
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const time = new Intl.DateTimeFormat(locale, {
    timeZone: reader.timeZone,
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  return (
    <section class="section" aria-labelledby="case-evidence">
      <div class="section-head">
        <h2 id="case-evidence">{t("admin.oracle.evidence")}</h2>
        <span class="count-note">{file.case.evidence.length}</span>
      </div>
      <div
        class="card table-box evidence"
        tabIndex={0}
        role="region"
        aria-labelledby="case-evidence"
      >
        {rows.length === 0
          ? <p class="table-empty">{t("admin.oracle.evidenceGone")}</p>
          : (
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">{t("admin.oracle.when")}</th>
                  <th scope="col">{t("admin.oracle.what")}</th>
                  <th scope="col">{t("admin.oracle.who")}</th>
                  <th scope="col" class="number">{t("admin.oracle.amount")}</th>
                </tr>
              </thead>
              <tbody>
                {rows.slice(0, SHOWN).map((a) => (
                  <tr key={a.id}>
                    <td class="nowrap">
                      <time
                        dateTime={new Date(a.at).toISOString()}
                        title={exactTime(a.at, reader)}
                      >
                        {time.format(a.at)}
                      </time>
                    </td>
                    <td>
                      {t(`admin.oracle.act.${a.kind}`)}
                      {a.rating !== null && ` ${a.rating}/5`}
                      {a.outcome !== null && ` · ${a.outcome}`}
                    </td>
                    <td>
                      {name(a.actorId)}
                      {a.counterpartyId !== null &&
                        ` → ${name(a.counterpartyId)}`}
                    </td>
                    <td class="number">
                      {a.amount === null ? "" : number.format(a.amount)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
      </div>
      {rows.length > SHOWN && (
        <p class="table-note">
          {t("admin.oracle.evidenceMore", { count: rows.length - SHOWN })}
        </p>
      )}
    </section>
  );
}
