import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Actor } from "../../lib/pages/mod.ts";
import { Bell, Radio, ShieldCheck } from "lucide-preact";
import { Cast } from "./Cast.tsx";
import { OpenPage } from "./OpenPage.tsx";
import { Preview } from "./Preview.tsx";

const FEATURES = [
  {
    Icon: Radio,
    title: "landing.feature1.title",
    body: "landing.feature1.body",
  },
  {
    Icon: Bell,
    title: "landing.feature2.title",
    body: "landing.feature2.body",
  },
  {
    Icon: ShieldCheck,
    title: "landing.feature3.title",
    body: "landing.feature3.body",
  },
] as const;

/** What Nexora is, for somebody who is not signed in. */
export function Landing({ cast }: { cast: Actor[] }) {
  const { t } = usePageReader();
  return (
    <OpenPage>
      <main id="main" class="landing" tabIndex={-1}>
        <section class="hero">
          <h1>{t("landing.title")}</h1>
          <p>{t("landing.lead")}</p>
          <div class="hero-actions">
            <a class="button primary large" href="/sign-up">
              {t("landing.start")}
            </a>
            <a class="button large" href="/sign-in">{t("nav.signIn")}</a>
          </div>
        </section>
        {cast.length > 0 && (
          <section class="landing-demo" aria-labelledby="demo">
            <div>
              <h2 id="demo">{t("landing.demo")}</h2>
              <p>{t("landing.demoLead")}</p>
            </div>
            <Cast actors={cast} />
          </section>
        )}
        <Preview />
        <div class="features">
          {FEATURES.map(({ Icon, title, body }) => (
            <section key={title} class="feature">
              <Icon size={20} aria-hidden="true" />
              <h2>{t(title)}</h2>
              <p>{t(body)}</p>
            </section>
          ))}
        </div>
      </main>
    </OpenPage>
  );
}
