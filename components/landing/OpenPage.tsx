import type { ComponentChildren } from "preact";
import { Head } from "fresh/runtime";
import { usePageReader } from "../../lib/i18n/mod.ts";
import { Logo } from "../Logo.tsx";

/** The frame of pages for people who are not signed in. */
export function OpenPage(
  { title, children, links = true }: {
    title?: string;
    /** To sign in and to sign up, in the bar. */
    links?: boolean;
    children: ComponentChildren;
  },
) {
  const { t } = usePageReader();
  const name = t("app.name");
  return (
    <div class="open-page">
      <Head>
        <title>
          {title ? `${title} · ${name}` : `${name}: ${t("landing.title")}`}
        </title>
      </Head>
      <header class="open-bar">
        <a class="wordmark" href="/" aria-current="false">
          <Logo size={24} />
          {name}
        </a>
        {links && (
          <nav aria-label={t("nav.label")}>
            <a class="button quiet" href="/sign-in">{t("nav.signIn")}</a>
            <a class="button primary" href="/sign-up">{t("nav.signUp")}</a>
          </nav>
        )}
      </header>
      {children}
    </div>
  );
}
