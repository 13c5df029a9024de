import type { ComponentChildren } from "preact";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import { current } from "../shell/current.ts";
import { Shell } from "../shell/Shell.tsx";
import { ADMIN_PAGES } from "./pages.ts";

/** The frame of every admin page, with the way to the others. */
export function AdminPage(
  { frame, title, about, flash, children }: {
    frame: Frame;
    title: string;
    about?: string;
    flash?: string | null;
    children: ComponentChildren;
  },
) {
  const { t } = usePageReader();
  return (
    <Shell frame={frame} title={title} about={about} flash={flash}>
      <div class="admin">
        <nav class="segments admin-tabs" aria-label={t("admin.pages")}>
          <a
            class="segment"
            href="/admin"
            aria-current={current(frame.here, "/admin")}
          >
            {t("admin.overview")}
          </a>
          {ADMIN_PAGES.map(({ href, title }) => (
            <a
              key={href}
              class="segment"
              href={href}
              aria-current={current(frame.here, href)}
            >
              {t(title)}
            </a>
          ))}
        </nav>
        {children}
      </div>
    </Shell>
  );
}
