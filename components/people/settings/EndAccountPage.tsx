import type { Obstacle } from "../../../lib/accounts/mod.ts";
import { usePageReader } from "../../../lib/i18n/mod.ts";
import type { FormFailure, Frame } from "../../../lib/pages/mod.ts";
import { Field } from "../../forms/Field.tsx";
import { Notice } from "../../forms/Notice.tsx";
import { TriangleAlert } from "lucide-preact";
import { Shell } from "../../shell/Shell.tsx";

export interface EndAccountProps {
  frame: Frame;
  demo: boolean;
  obstacles: Obstacle[];
  failure: FormFailure | null;
}

/** What goes and what stays, what is in the way, and the password that makes it so. */
export function EndAccountPage(props: EndAccountProps) {
  const { frame, demo, obstacles, failure } = props;
  const { t } = usePageReader();
  return (
    <Shell frame={frame} title={t("endAccount.title")} narrow>
      <section class="section" aria-labelledby="end-goes">
        <div class="section-head">
          <h2 id="end-goes">{t("endAccount.goes")}</h2>
        </div>
        <p class="prose">{t("endAccount.goesBody")}</p>
      </section>
      <section class="section" aria-labelledby="end-stays">
        <div class="section-head">
          <h2 id="end-stays">{t("endAccount.stays")}</h2>
        </div>
        <p class="prose">{t("endAccount.staysBody")}</p>
      </section>
      {obstacles.length > 0 && (
        <section class="section" aria-labelledby="end-obstacles">
          <div class="section-head">
            <div>
              <h2 id="end-obstacles">{t("endAccount.obstacles")}</h2>
              <p>{t("endAccount.obstaclesBody")}</p>
            </div>
          </div>
          <ul class="card rows">
            {obstacles.map(({ kind, name, link }) => (
              <li key={kind + link} class="row">
                <TriangleAlert size={16} aria-hidden="true" />
                <div class="row-main">
                  <a class="row-link" href={link}>{name}</a>
                  <p class="row-line">{t(`endAccount.${kind}`)}</p>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div class="section">
        {demo ? <p class="notice">{t("endAccount.demo")}</p> : (
          <form
            method="post"
            action="/settings/account"
            class="card form end-form"
          >
            {failure && <Notice tone="bad">{failure.message}</Notice>}
            <Field
              name="password"
              type="password"
              label={t("endAccount.password")}
              wrong={failure?.fields.password}
              autocomplete="current-password"
              required
            />
            <div class="form-actions">
              <button
                type="submit"
                class="button danger"
                disabled={obstacles.length > 0}
              >
                {t("endAccount.submit")}
              </button>
              <a class="button quiet" href="/settings">
                {t("endAccount.keep")}
              </a>
            </div>
          </form>
        )}
      </div>
    </Shell>
  );
}
