import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import { AdminPage } from "./AdminPage.tsx";
import { ADMIN_PAGES } from "./pages.ts";

/** Where admins begin. */
export function Overview({ frame }: { frame: Frame }) {
  const { t } = usePageReader();
  return (
    <AdminPage frame={frame} title={t("admin.title")} about={t("admin.lead")}>
      <ul class="card rows">
        {ADMIN_PAGES.map(({ href, title, about, Icon }) => (
          <li key={href} class="row">
            <Icon size={18} strokeWidth={1.7} aria-hidden="true" />
            <div class="row-main">
              <a class="row-link" href={href}>{t(title)}</a>
              <p class="row-line">{t(about)}</p>
            </div>
          </li>
        ))}
      </ul>
    </AdminPage>
  );
}
