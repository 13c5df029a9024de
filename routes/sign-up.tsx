import { page } from "fresh";
import { Field } from "../components/forms/Field.tsx";
import { Notice } from "../components/forms/Notice.tsx";
import { OpenPage } from "../components/landing/OpenPage.tsx";
import { signUp, SignUpForm } from "../lib/auth/mod.ts";
import { parseFields } from "../lib/http/body.ts";
import { define } from "../lib/http/define.ts";
import { caller, signedInHeaders } from "../lib/http/session.ts";
import { usePageReader } from "../lib/i18n/mod.ts";
import {
  type FormFailure,
  formFailure,
  localPath,
  readForm,
  seeOther,
} from "../lib/pages/mod.ts";

interface Data {
  next: string;
  failure: FormFailure | null;
}

export const handler = define.handlers({
  GET(ctx) {
    const next = localPath(ctx.url.searchParams.get("next"));
    return ctx.state.user
      ? seeOther(next)
      : page<Data>({ next, failure: null });
  },
  async POST(ctx) {
    const { platform, session } = ctx.state;
    const form = await readForm(ctx.req);
    const next = localPath(form.get("next") as string | null);
    try {
      const parsed = parseFields(SignUpForm, Object.fromEntries(form));
      const signedIn = await signUp(platform, parsed, caller(ctx), session);
      return seeOther(next, signedInHeaders(ctx, signedIn));
    } catch (error) {
      const failure = formFailure(error, form);
      return page<Data>({ next, failure }, { status: failure.status });
    }
  },
});

export default define.page<typeof handler>(({ data }) => <SignUp {...data} />);

function SignUp({ next, failure }: Data) {
  const { t } = usePageReader();
  const { fields: wrong = {}, values = {} } = failure ?? {};
  return (
    <OpenPage title={t("nav.signUp")} links={false}>
      <main id="main" class="entrance" tabIndex={-1}>
        <div>
          <h1>{t("signUp.title")}</h1>
          <p class="lead">{t("signUp.lead")}</p>
        </div>
        <form method="post" class="card form">
          {failure && <Notice tone="bad">{failure.message}</Notice>}
          <input type="hidden" name="next" value={next} />
          <Field
            name="name"
            label={t("signUp.name")}
            value={values.name}
            wrong={wrong.name}
            autocomplete="name"
            maxLength={60}
            required
          />
          <Field
            name="handle"
            label={t("signUp.handle")}
            hint={t("signUp.handleHint")}
            value={values.handle}
            wrong={wrong.handle}
            autocomplete="username"
            maxLength={32}
          />
          <Field
            name="email"
            type="email"
            label={t("signIn.email")}
            value={values.email}
            wrong={wrong.email}
            autocomplete="email"
            required
          />
          <Field
            name="password"
            type="password"
            label={t("signUp.password")}
            hint={t("signUp.passwordHint")}
            wrong={wrong.password}
            autocomplete="new-password"
            minLength={8}
            required
          />
          <button type="submit" class="button primary large wide">
            {t("signUp.submit")}
          </button>
        </form>
        <p>
          {t("signUp.have")}{" "}
          <a href={`/sign-in?next=${encodeURIComponent(next)}`}>
            {t("nav.signIn")}
          </a>
        </p>
      </main>
    </OpenPage>
  );
}
