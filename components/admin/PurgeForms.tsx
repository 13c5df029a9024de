import type { KindOverview } from "../../lib/cache/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { FormFailure } from "../../lib/pages/mod.ts";
import { Field } from "../forms/Field.tsx";
import { Notice } from "../forms/Notice.tsx";

/** Makes every isolate forget: a kind, a tag, a key, everything. */
export function PurgeForms(
  { kinds, failure }: { kinds: KindOverview[]; failure: FormFailure | null },
) {
  const { t } = usePageReader();
  const wrong = failure?.fields ?? {};
  const what = failure?.values.what;
  return (
    <section class="section" aria-labelledby="cache-purge">
      <div class="section-head">
        <div>
          <h2 id="cache-purge">{t("admin.cache.purge")}</h2>
          <p>{t("admin.cache.purgeLead")}</p>
        </div>
      </div>
      {failure && (
        <Notice tone="bad">
          {Object.values(wrong)[0] ?? failure.message}
        </Notice>
      )}
      <div class="purges">
        <form method="post" action="/admin/cache" class="card form padded">
          <input type="hidden" name="what" value="kind" />
          <Kinds id="purge-kind" kinds={kinds} />
          <button type="submit" class="button">
            {t("admin.cache.purgeKind")}
          </button>
        </form>
        <form method="post" action="/admin/cache" class="card form padded">
          <input type="hidden" name="what" value="tag" />
          <Field
            name="tag"
            label={t("admin.cache.tag")}
            value={what === "tag" ? failure?.values.tag : undefined}
            wrong={wrong.tag}
            maxLength={256}
            required
          />
          <button type="submit" class="button">
            {t("admin.cache.purgeTag")}
          </button>
        </form>
        <form method="post" action="/admin/cache" class="card form padded">
          <input type="hidden" name="what" value="key" />
          <Kinds id="purge-key-kind" kinds={kinds} />
          <Field
            name="parts"
            label={t("admin.cache.key")}
            hint={t("admin.cache.keyHint")}
            value={what === "key" ? failure?.values.parts : undefined}
            wrong={wrong.parts}
            maxLength={512}
            required
          />
          <button type="submit" class="button">
            {t("admin.cache.purgeKey")}
          </button>
        </form>
        <form method="post" action="/admin/cache" class="card form padded">
          <input type="hidden" name="what" value="all" />
          <p class="quiet-text">{t("admin.cache.allLead")}</p>
          <button type="submit" class="button danger">
            {t("admin.cache.purgeAll")}
          </button>
        </form>
      </div>
    </section>
  );
}

function Kinds({ id, kinds }: { id: string; kinds: KindOverview[] }) {
  const { t } = usePageReader();
  return (
    <div class="field">
      <label for={id}>{t("admin.cache.kind")}</label>
      <select id={id} name="kind" class="input">
        {kinds.map(({ name }) => <option key={name} value={name}>{name}
        </option>)}
      </select>
    </div>
  );
}
