import { page } from "fresh";
import { Notice } from "../../components/forms/Notice.tsx";
import { OpenPage } from "../../components/landing/OpenPage.tsx";
import { define } from "../../lib/http/define.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import {
  readUnsubscribeToken,
  setSubscribed,
  type UnsubscribeScope,
} from "../../lib/notifications/mod.ts";
import { orErrorPage, readForm } from "../../lib/pages/mod.ts";

interface Data {
  token: string;
  type: UnsubscribeScope["type"];
  /** What was done just now. */
  done: "stopped" | "again" | null;
}

/**
 * The link below every e-mail (RFC 8058). Looking at it changes nothing, for scanners follow links; posting to it does,
 * without signing in. The token is the right, no cookie counts here.
 */
export const handler = define.handlers({
  GET: (ctx) =>
    orErrorPage(async () => {
      const token = ctx.params.token!;
      const { kv } = ctx.state.platform;
      const { type } = await readUnsubscribeToken(kv, token);
      return page<Data>({ token, type, done: null }, { headers: PRIVATE });
    }),
  POST: (ctx) =>
    orErrorPage(async () => {
      const token = ctx.params.token!;
      const { platform } = ctx.state;
      const scope = await readUnsubscribeToken(platform.kv, token);
      const again = (await readForm(ctx.req)).get("do") === "again";
      await setSubscribed(platform, scope, again);
      const done = again ? "again" : "stopped";
      return page<Data>({ token, type: scope.type, done }, {
        headers: PRIVATE,
      });
    }),
});

/** The address is a right: it is not passed on. */
const PRIVATE = {
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};

export default define.page<typeof handler>(({ data }) => (
  <Unsubscribe {...data} />
));

function Unsubscribe({ token, type, done }: Data) {
  const { t } = usePageReader();
  return (
    <OpenPage title={t("unsubscribe.title")} links={false}>
      <main class="entrance" id="main">
        <h1>{t("unsubscribe.title")}</h1>
        {done && (
          <Notice tone="good">
            {t(done === "again" ? "unsubscribe.back" : "unsubscribe.done")}
          </Notice>
        )}
        {done === null && (
          <p class="lead">
            {type
              ? t("unsubscribe.type", { type: t(`notify.type.${type}`) })
              : t("unsubscribe.all")} {t("unsubscribe.lead")}
          </p>
        )}
        <form
          method="post"
          action={`/unsubscribe/${token}`}
          class="card form"
        >
          {done === "stopped"
            ? (
              <button
                type="submit"
                name="do"
                value="again"
                class="button wide"
              >
                {t("unsubscribe.again")}
              </button>
            )
            : (
              <button
                type="submit"
                name="do"
                value="stop"
                class="button primary wide"
              >
                {t("unsubscribe.do")}
              </button>
            )}
          <a class="button quiet wide" href="/settings/notifications">
            {t("unsubscribe.settings")}
          </a>
        </form>
      </main>
    </OpenPage>
  );
}
