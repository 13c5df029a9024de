import RelativeTime from "../../islands/RelativeTime.tsx";
import type { CaseFile, NamedPerson } from "../../jobs/oracle/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { FormFailure } from "../../lib/pages/mod.ts";
import { Notice } from "../forms/Notice.tsx";
import { CaseEvidence } from "./CaseEvidence.tsx";
import { CaseGraph } from "./CaseGraph.tsx";
import { Risk } from "./OraclePage.tsx";

/** A case: what, who, why, since when, and what to do about it. */
export function CaseSheet(
  { file, failure }: { file: CaseFile; failure: FormFailure | null },
) {
  const { t } = usePageReader();
  const { case: one, graph, people } = file;
  const name = (id: string) =>
    id.startsWith("device:")
      ? t("admin.oracle.device")
      : id.startsWith("guild:")
      ? t("admin.oracle.guild")
      : people[id]?.name ?? id;
  return (
    <article class="case" aria-labelledby="case-title">
      <header class="case-head card">
        <div class="case-title">
          <Risk score={one.riskScore} />
          <div>
            <h2 id="case-title">{t(`admin.oracle.kind.${one.kind}`)}</h2>
            <p class="quiet-text">
              <span class={`chip state-${one.state}`}>
                {t(`admin.oracle.state.${one.state}`)}
              </span>{" "}
              {t("admin.oracle.opened")} <RelativeTime at={one.openedAt} />
              {one.peak > one.riskScore &&
                ` · ${t("admin.oracle.peak", { score: Math.round(one.peak) })}`}
            </p>
          </div>
        </div>
        <p class="case-reason">{one.reason}</p>
        <ul class="chips" aria-label={t("admin.oracle.subjects")}>
          {one.subjects.map((id) => (
            <li key={id}>
              <Person id={id} person={people[id]} />
            </li>
          ))}
        </ul>
        <Decide file={file} failure={failure} />
      </header>
      {graph.links.length > 0 && (
        <section class="section" aria-labelledby="case-graph">
          <div class="section-head">
            <h2 id="case-graph">{t("admin.oracle.graph")}</h2>
          </div>
          <figure class="card graph-card">
            <CaseGraph
              graph={graph}
              name={name}
              label={t("admin.oracle.graphSays", {
                people: graph.nodes.filter((n) =>
                  n.kind === "person"
                ).length,
                links: graph.links.length,
              })}
            />
            <figcaption class="graph-key">
              <span class="subject">{t("admin.oracle.key.subject")}</span>
              <span>{t("admin.oracle.key.other")}</span>
              {graph.nodes.some((n) => n.kind !== "person") && (
                <span class="shared">{t("admin.oracle.key.shared")}</span>
              )}
              {graph.hidden > 0 &&
                t("admin.oracle.hidden", { count: graph.hidden })}
            </figcaption>
          </figure>
        </section>
      )}
      <Timeline file={file} name={name} />
      <CaseEvidence file={file} name={name} />
    </article>
  );
}

function Person(
  { id, person }: { id: string; person: NamedPerson | undefined },
) {
  return person
    ? <a class="chip" href={`/people/${person.handle}`}>{person.name}</a>
    : <span class="chip mono">{id}</span>;
}

function Decide(
  { file, failure }: { file: CaseFile; failure: FormFailure | null },
) {
  const { t } = usePageReader();
  const { id, state } = file.case;
  return (
    <form method="post" class="form case-decide">
      {failure && (
        <Notice tone="bad">
          {failure.fields.note ?? failure.message}
        </Notice>
      )}
      <input type="hidden" name="case" value={id} />
      <div class="field">
        <label for="case-note">{t("admin.oracle.note")}</label>
        <textarea
          id="case-note"
          name="note"
          class="input"
          rows={2}
          maxLength={500}
        >
          {failure?.values.note}
        </textarea>
      </div>
      <div class="form-actions">
        {state === "open" && (
          <button
            type="submit"
            name="action"
            value="acknowledge"
            class="button primary"
          >
            {t("admin.oracle.acknowledge")}
          </button>
        )}
        {state !== "dismissed" && (
          <button type="submit" name="action" value="dismiss" class="button">
            {t("admin.oracle.dismiss")}
          </button>
        )}
        {state !== "open" && (
          <button type="submit" name="action" value="reopen" class="button">
            {t("admin.oracle.reopen")}
          </button>
        )}
        <p class="quiet-text">
          {t(
            state === "dismissed"
              ? "admin.oracle.dismissedHint"
              : "admin.oracle.dismissHint",
          )}
        </p>
      </div>
    </form>
  );
}

/** Sightings and decisions, the newest first. Sightings that repeat the one before are told as one. */
function Timeline(
  { file, name }: { file: CaseFile; name: (id: string) => string },
) {
  const { t } = usePageReader();
  const { timeline, notes } = file.case;
  const entries = [
    ...timeline.map((s) => ({ at: s.at, sighting: s, note: undefined })),
    ...notes.map((n) => ({ at: n.at, sighting: undefined, note: n })),
  ].sort((a, b) => b.at - a.at);
  return (
    <section class="section" aria-labelledby="case-timeline">
      <div class="section-head">
        <h2 id="case-timeline">{t("admin.oracle.timeline")}</h2>
      </div>
      <ol class="card timeline">
        {entries.map(({ at, sighting, note }, i) => (
          <li key={`${at} ${i}`} class={note ? "noted" : undefined}>
            <p>
              {sighting
                ? t("admin.oracle.sighting", {
                  score: Math.round(sighting.riskScore),
                  people: sighting.subjects,
                  evidence: sighting.evidence,
                })
                : t(`admin.oracle.noted.${note!.action}`, {
                  name: name(note!.by),
                })} <RelativeTime at={at} class="quiet-text" />
            </p>
            {note?.note && <blockquote>{note.note}</blockquote>}
          </li>
        ))}
      </ol>
    </section>
  );
}
