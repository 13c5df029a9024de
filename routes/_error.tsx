import { HttpError, page } from "fresh";
import { OpenPage } from "../components/landing/OpenPage.tsx";
import { ERROR_PAGE_POLICY } from "../lib/http/content_policy.ts";
import { define } from "../lib/http/define.ts";
import { securityHeaders } from "../lib/http/headers.ts";
import { usePageReader } from "../lib/i18n/mod.ts";

const WORDS = [403, 404, 503] as const;

/** Fresh renders error pages outside of every middleware, so their headers are set here. */
export const handler = define.handlers((ctx) =>
  page(undefined, {
    status: ctx.error instanceof HttpError ? ctx.error.status : 500,
    headers: {
      ...securityHeaders(ctx.state.platform.config.production),
      "content-security-policy": ERROR_PAGE_POLICY,
      "cache-control": "no-store",
    },
  })
);

export default define.page(({ error, url }) => {
  const status = error instanceof HttpError ? error.status : 500;
  // What a refusal says is written for its reader; what a crash says is not.
  const said = error instanceof HttpError && error.cause ? error.message : null;
  return (
    <Lost
      status={status}
      said={status < 500 ? said : null}
      path={url.pathname}
    />
  );
});

/** Something is missing, closed or broken: what it is, and the way on. */
function Lost(
  { status, said, path }: { status: number; said: string | null; path: string },
) {
  const { t } = usePageReader();
  const known = WORDS.find((one) => one === status) ??
    (status < 500 ? 404 : 500);
  const title = said ? t("error.form") : t(`error.${known}.title`);
  return (
    <OpenPage title={title} links={false}>
      <main id="main" class="lost" tabIndex={-1}>
        <p class="status">{status}</p>
        <h1>{title}</h1>
        <p>{said ?? t(`error.${known}.body`)}</p>
        <div class="hero-actions">
          <a class="button primary" href="/">{t("error.home")}</a>
          {status >= 500 && <a class="button" href={path}>{t("error.back")}</a>}
        </div>
      </main>
    </OpenPage>
  );
}
