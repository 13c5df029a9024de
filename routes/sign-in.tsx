import { page } from "fresh";
import { z } from "zod";
import { Field } from "../components/forms/Field.tsx";
import { Notice } from "../components/forms/Notice.tsx";
import { Cast } from "../components/landing/Cast.tsx";
import { OpenPage } from "../components/landing/OpenPage.tsx";
import {
  DemoSignInForm,
  signIn,
  signInDemo,
  SignInForm,
} from "../lib/auth/mod.ts";
import { NexoraError } from "../lib/errors.ts";
import { parseFields } from "../lib/http/body.ts";
import { define } from "../lib/http/define.ts";
import { caller, signedInHeaders } from "../lib/http/session.ts";
import { usePageReader } from "../lib/i18n/mod.ts";
import {
  type Actor,
  type FormFailure,
  formFailure,
  listCast,
  localPath,
  readForm,
  seeOther,
} from "../lib/pages/mod.ts";

interface Data {
  next: string;
  cast: Actor[];
  failure: FormFailure | null;
}

const Extra = z.object({
  next: z.string().optional(),
  demo: z.string().optional(),
});

export const handler = define.handlers({
  async GET(ctx) {
    const next = localPath(ctx.url.searchParams.get("next"));
    if (ctx.state.user) return seeOther(next);
    const { kv, config } = ctx.state.platform;
    return page<Data>({
      next,
      cast: await listCast(kv, config.demo),
      failure: null,
    });
  },
  async POST(ctx) {
    const { platform, session } = ctx.state;
    const form = await readForm(ctx.req);
    const { next: wanted, demo } = parseFields(Extra, Object.fromEntries(form));
    const next = localPath(wanted);
    try {
      if (demo !== undefined && !platform.config.demo) {
        throw new NexoraError("not_found");
      }
      const signedIn = demo === undefined
        ? await signIn(
          platform,
          parseFields(SignInForm, Object.fromEntries(form)),
          caller(ctx),
          session,
        )
        : await signInDemo(
          platform,
          parseFields(DemoSignInForm, { handle: demo }).handle,
          caller(ctx),
          session,
        );
      return seeOther(next, signedInHeaders(ctx, signedIn));
    } catch (error) {
      const failure = formFailure(error, form);
      const cast = await listCast(platform.kv, platform.config.demo);
      return page<Data>({ next, cast, failure }, { status: failure.status });
    }
  },
});

export default define.page<typeof handler>(({ data }) => <SignIn {...data} />);

function SignIn({ next, cast, failure }: Data) {
  const { t } = usePageReader();
  const wrong = failure?.fields ?? {};
  return (
    <OpenPage title={t("nav.signIn")} links={false}>
      <main id="main" class="entrance" tabIndex={-1}>
        <div>
          <h1>{t("signIn.title")}</h1>
          <p class="lead">{t(next === "/" ? "signIn.lead" : "signIn.next")}</p>
        </div>
        <form method="post" class="card form">
          {failure && <Notice tone="bad">{failure.message}</Notice>}
          <input type="hidden" name="next" value={next} />
          <Field
            name="email"
            type="email"
            label={t("signIn.email")}
            value={failure?.values.email}
            wrong={wrong.email}
            autocomplete="username"
            required
          />
          <Field
            name="password"
            type="password"
            label={t("signIn.password")}
            wrong={wrong.password}
            autocomplete="current-password"
            required
          />
          <button type="submit" class="button primary large wide">
            {t("signIn.submit")}
          </button>
        </form>
        <p>
          {t("signIn.none")}{" "}
          <a href={`/sign-up?next=${encodeURIComponent(next)}`}>
            {t("nav.signUp")}
          </a>
        </p>
        {cast.length > 0 && (
          <>
            <p class="divider">{t("signIn.or")}</p>
            <Cast actors={cast} next={next} />
          </>
        )}
      </main>
    </OpenPage>
  );
}
