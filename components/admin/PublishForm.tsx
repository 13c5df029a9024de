import { useAdminReader } from "../../lib/i18n/live_admin.ts";

export interface PublishValues {
  channel: string;
  event: string;
  data: string;
}

export interface PublishOutcome {
  tone: "good" | "bad";
  message: string;
  fields: Record<string, string>;
}

/** A test event, by script or by form. */
export function PublishForm(
  { values, outcome, busy, onPublish }: {
    values: PublishValues;
    outcome: PublishOutcome | null;
    busy: boolean;
    onPublish: (values: PublishValues) => void;
  },
) {
  const { t } = useAdminReader();
  return (
    <section class="section" aria-labelledby="live-publish">
      <div class="section-head">
        <div>
          <h2 id="live-publish">{t("admin.publish.title")}</h2>
          <p>{t("admin.publish.lead")}</p>
        </div>
      </div>
      <form
        method="post"
        action="/admin/live"
        class="card form padded"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const text = (name: string) => String(form.get(name) ?? "");
          onPublish({
            channel: text("channel"),
            event: text("event"),
            data: text("data"),
          });
        }}
      >
        <input type="hidden" name="do" value="publish" />
        <div class="pair">
          <TextField
            name="channel"
            label={t("admin.publish.channel")}
            value={values.channel}
            wrong={outcome?.fields.channel}
          />
          <TextField
            name="event"
            label={t("admin.publish.event")}
            value={values.event}
            wrong={outcome?.fields.event}
          />
        </div>
        <TextField
          name="data"
          label={t("admin.publish.data")}
          value={values.data}
          wrong={outcome?.fields.data}
          rows={3}
        />
        <div class="form-actions">
          <button type="submit" class="button primary" disabled={busy}>
            {t("admin.publish.submit")}
          </button>
          <p
            class={`outcome ${outcome?.tone ?? ""}`}
            role={outcome?.tone === "bad" ? "alert" : "status"}
          >
            {outcome?.message}
          </p>
        </div>
      </form>
    </section>
  );
}

/** As `Field` of the forms, without its icon library: this one goes to the browser. */
function TextField(
  { name, label, value, wrong, rows }: {
    name: string;
    label: string;
    value: string;
    wrong?: string;
    rows?: number;
  },
) {
  const id = `publish-${name}`;
  const common = {
    id,
    name,
    class: name === "data" ? "input mono" : "input",
    required: true,
    spellcheck: false,
    autocomplete: "off" as const,
    "aria-invalid": wrong ? "true" as const : undefined,
    "aria-describedby": wrong ? `${id}-wrong` : undefined,
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {rows
        ? <textarea {...common} rows={rows} defaultValue={value} />
        : <input {...common} type="text" defaultValue={value} />}
      {wrong && <p class="wrong" id={`${id}-wrong`}>{wrong}</p>}
    </div>
  );
}
