import { Send, Trash2, Webhook } from "lucide-preact";
import RelativeTime from "../../islands/RelativeTime.tsx";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { FormFailure, Frame } from "../../lib/pages/mod.ts";
import type {
  DeadDelivery,
  ListedEndpoint,
  WebhookOverview,
} from "../../lib/realtime/inspect_webhooks.ts";
import {
  type DeliveryOutcome,
  WEBHOOK_TYPES,
} from "../../lib/realtime/webhooks.ts";
import { Empty } from "../Empty.tsx";
import { Field } from "../forms/Field.tsx";
import { Notice } from "../forms/Notice.tsx";
import { AdminPage } from "./AdminPage.tsx";

export interface WebhooksPageProps {
  frame: Frame;
  overview: WebhookOverview;
  failure: FormFailure | null;
  /** What was chosen in a form that failed; all without one. */
  chosen: string[];
  flash: string | null;
  /** How a test just ended. */
  tested: DeliveryOutcome | null;
}

/** Who is told what happens on channels, how that went, and what was given up. */
export function WebhooksPage(props: WebhooksPageProps) {
  const { frame, overview, failure, chosen, flash, tested } = props;
  const { t } = usePageReader();
  const urls = new Map(overview.endpoints.map((e) => [e.id, e.url]));
  return (
    <AdminPage
      frame={frame}
      title={t("admin.webhooks")}
      about={t("admin.webhooksAbout")}
      flash={flash}
    >
      {tested && <TestOutcome outcome={tested} />}
      <div class="live-columns">
        <div>
          <section class="section" aria-labelledby="hooks-endpoints">
            <div class="section-head">
              <div>
                <h2 id="hooks-endpoints">{t("admin.hooks.endpoints")}</h2>
                <p>{t("admin.hooks.endpointsLead")}</p>
              </div>
            </div>
            {overview.endpoints.length === 0
              ? (
                <div class="card">
                  <Empty
                    title={t("admin.hooks.none")}
                    body={t("admin.hooks.noneBody")}
                    icon={
                      <Webhook size={22} strokeWidth={1.6} aria-hidden="true" />
                    }
                  />
                </div>
              )
              : (
                <ul class="card rows">
                  {overview.endpoints.map((endpoint) => (
                    <EndpointRow key={endpoint.id} endpoint={endpoint} />
                  ))}
                </ul>
              )}
          </section>
          <AddEndpoint failure={failure} chosen={chosen} />
        </div>
        <div>
          <section class="section" aria-labelledby="hooks-dead">
            <div class="section-head">
              <div>
                <h2 id="hooks-dead">{t("admin.hooks.dead")}</h2>
                <p>{t("admin.hooks.deadLead")}</p>
              </div>
            </div>
            {overview.dead.length === 0
              ? <p class="card table-empty">{t("admin.hooks.deadNone")}</p>
              : (
                <ul class="card rows">
                  {overview.dead.map((letter) => (
                    <DeadRow
                      key={letter.id}
                      letter={letter}
                      url={urls.get(letter.endpointId)}
                    />
                  ))}
                </ul>
              )}
            {overview.moreDead && (
              <p class="table-note">{t("admin.hooks.deadMore")}</p>
            )}
          </section>
          <section class="section" aria-labelledby="hooks-last">
            <div class="section-head">
              <h2 id="hooks-last">{t("admin.hooks.last")}</h2>
            </div>
            {overview.deliveries.length === 0
              ? <p class="card table-empty">{t("admin.hooks.lastNone")}</p>
              : (
                <ul class="card rows">
                  {overview.deliveries.map((outcome) => (
                    <DeliveryRow
                      key={`${outcome.endpointId} ${outcome.at}`}
                      outcome={outcome}
                    />
                  ))}
                </ul>
              )}
          </section>
        </div>
      </div>
    </AdminPage>
  );
}

function TestOutcome({ outcome }: { outcome: DeliveryOutcome }) {
  const { t } = usePageReader();
  const { ok, status, ms, error } = outcome;
  return (
    <Notice tone={ok ? "good" : "bad"}>
      {status === null
        ? t("admin.hooks.testFailed", { error: error ?? "" })
        : t(ok ? "admin.hooks.testOk" : "admin.hooks.testStatus", {
          status: String(status),
          ms,
        })}
    </Notice>
  );
}

function EndpointRow({ endpoint }: { endpoint: ListedEndpoint }) {
  const { t } = usePageReader();
  const { id, url, types, fixed } = endpoint;
  return (
    <li class="row hook">
      <div class="row-main">
        <strong>{url}</strong>
        <p class="chips">
          {fixed && <span class="chip accent">{t("admin.hooks.fixed")}</span>}
          {types.map((type) => <span key={type} class="chip">{type}</span>)}
        </p>
      </div>
      <form method="post" action="/admin/webhooks" class="hook-actions">
        <input type="hidden" name="id" value={id} />
        <button
          type="submit"
          name="do"
          value="test"
          class="button small"
          aria-label={t("admin.hooks.testNamed", { url })}
        >
          <Send size={14} aria-hidden="true" />
          {t("admin.hooks.test")}
        </button>
        {!fixed && (
          <button
            type="submit"
            name="do"
            value="remove"
            class="button small danger"
            aria-label={t("admin.hooks.removeNamed", { url })}
          >
            <Trash2 size={14} aria-hidden="true" />
            {t("admin.hooks.remove")}
          </button>
        )}
      </form>
    </li>
  );
}

function AddEndpoint(
  { failure, chosen }: Pick<WebhooksPageProps, "failure" | "chosen">,
) {
  const { t } = usePageReader();
  const wrong = failure?.fields ?? {};
  return (
    <section class="section" aria-labelledby="hooks-add">
      <div class="section-head">
        <h2 id="hooks-add">{t("admin.hooks.add")}</h2>
      </div>
      <form method="post" action="/admin/webhooks" class="card form padded">
        {failure && (
          <Notice tone="bad">
            {Object.keys(wrong).length > 0 ? t("admin.check") : failure.message}
          </Notice>
        )}
        <input type="hidden" name="do" value="add" />
        <Field
          name="url"
          label={t("admin.hooks.url")}
          hint={t("admin.hooks.urlHint")}
          value={failure?.values.url}
          wrong={wrong.url}
          maxLength={2000}
          required
        />
        <fieldset
          class="checks"
          aria-describedby={wrong.types ? "field-types-wrong" : undefined}
        >
          <legend>{t("admin.hooks.types")}</legend>
          {WEBHOOK_TYPES.map((type) => (
            <label key={type} class="check">
              <input
                type="checkbox"
                name="types"
                value={type}
                checked={chosen.includes(type)}
              />
              <span>
                {type}
                <small>{t(`admin.hooks.type.${type}`)}</small>
              </span>
            </label>
          ))}
        </fieldset>
        {wrong.types && (
          <div class="field">
            <p class="wrong" id="field-types-wrong">{wrong.types}</p>
          </div>
        )}
        <div class="form-actions">
          <button type="submit" class="button primary">
            {t("admin.hooks.submit")}
          </button>
        </div>
      </form>
    </section>
  );
}

function DeadRow(
  { letter, url }: { letter: DeadDelivery; url: string | undefined },
) {
  const { t } = usePageReader();
  return (
    <li class="row hook">
      <div class="row-main">
        <strong>
          {letter.events.map((e) =>
            [e.name, e.channel].filter(Boolean).join(" ")
          )
            .join(", ")}
        </strong>
        <p class="row-line">{url ?? t("admin.hooks.gone")}</p>
        <p class="row-line">
          {letter.error} ·{" "}
          {t("admin.hooks.attempts", { count: letter.attempts })}
          {" · "}
          <RelativeTime at={letter.diedAt} />
        </p>
      </div>
      <form method="post" action="/admin/webhooks" class="hook-actions">
        <input type="hidden" name="id" value={letter.id} />
        <button type="submit" name="do" value="replay" class="button small">
          {t("admin.hooks.replay")}
        </button>
        <button
          type="submit"
          name="do"
          value="discard"
          class="button small quiet"
        >
          {t("admin.hooks.discard")}
        </button>
      </form>
    </li>
  );
}

function DeliveryRow({ outcome }: { outcome: DeliveryOutcome }) {
  const { t } = usePageReader();
  const { ok, status, error, url, events, ms, at, attempt } = outcome;
  return (
    <li class="row hook">
      <span class={`chip ${ok ? "good" : "bad"}`}>
        {status ?? t("admin.hooks.noAnswer")}
      </span>
      <div class="row-main">
        <strong>{events.join(", ")}</strong>
        <p class="row-line">{url}</p>
        {error && <p class="row-line">{error}</p>}
      </div>
      <span class="row-side">
        {t("admin.hooks.took", { ms })}
        {attempt > 1 &&
          ` · ${t("admin.hooks.attempt", { count: attempt })}`} ·{" "}
        <RelativeTime at={at} />
      </span>
    </li>
  );
}
