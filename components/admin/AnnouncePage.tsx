import { Megaphone } from "lucide-preact";
import RelativeTime from "../../islands/RelativeTime.tsx";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Announcement } from "../../lib/notifications/mod.ts";
import type { FormFailure, Frame } from "../../lib/pages/mod.ts";
import { Empty } from "../Empty.tsx";
import { Field } from "../forms/Field.tsx";
import { Notice } from "../forms/Notice.tsx";
import { AdminPage } from "./AdminPage.tsx";

export interface AnnounceProps {
  frame: Frame;
  past: Announcement[];
  failure: FormFailure | null;
  flash: string | null;
}

/** Where admins tell everybody something, and see how far it has come. */
export function AnnouncePage({ frame, past, failure, flash }: AnnounceProps) {
  const { t } = usePageReader();
  const wrong = failure?.fields ?? {};
  const values = failure?.values ?? {};
  return (
    <AdminPage
      frame={frame}
      title={t("announce.nav")}
      about={t("announce.about")}
      flash={flash}
    >
      <div class="announcements">
        <section class="section" aria-labelledby="announce-new">
          <div class="section-head">
            <h2 id="announce-new">{t("announce.new")}</h2>
          </div>
          <form method="post" action="/admin/announce" class="card form">
            {failure && <Notice tone="bad">{failure.message}</Notice>}
            <Field
              name="title"
              label={t("announce.subject")}
              value={values.title}
              wrong={wrong.title}
              maxLength={120}
              required
            />
            <Field
              name="body"
              label={t("announce.body")}
              value={values.body}
              wrong={wrong.body}
              maxLength={2000}
              rows={4}
              required
            />
            <Field
              name="link"
              label={t("announce.link")}
              hint={t("announce.linkHint")}
              value={values.link}
              wrong={wrong.link}
              maxLength={500}
            />
            <div class="form-actions">
              <button type="submit" class="button primary">
                {t("announce.send")}
              </button>
            </div>
          </form>
        </section>
        <section class="section" aria-labelledby="announce-past">
          <div class="section-head">
            <h2 id="announce-past">{t("announce.past")}</h2>
          </div>
          {past.length === 0
            ? (
              <div class="card">
                <Empty
                  icon={
                    <Megaphone size={22} strokeWidth={1.6} aria-hidden="true" />
                  }
                  title={t("announce.none")}
                  body={t("announce.noneBody")}
                />
              </div>
            )
            : (
              <ul class="card rows">
                {past.map(({ id, title, body, at, told, finishedAt }) => (
                  <li key={id} class="row">
                    <div class="row-main">
                      <strong>{title}</strong>
                      <p class="row-line">{body}</p>
                      <p class="row-line">
                        {t("announce.told", { count: told })},{"  "}
                        <RelativeTime at={at} />
                      </p>
                    </div>
                    <span class={`chip ${finishedAt === null ? "accent" : ""}`}>
                      {t(
                        finishedAt === null
                          ? "announce.running"
                          : "announce.finished",
                      )}
                    </span>
                  </li>
                ))}
              </ul>
            )}
        </section>
      </div>
    </AdminPage>
  );
}
