import { page } from "fresh";
import { Field } from "../../components/forms/Field.tsx";
import { Notice } from "../../components/forms/Notice.tsx";
import { Shell } from "../../components/shell/Shell.tsx";
import { createGuild, NewGuild } from "../../lib/guilds/mod.ts";
import { parseFields } from "../../lib/http/body.ts";
import { define } from "../../lib/http/define.ts";
import { caller } from "../../lib/http/session.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import {
  type FormFailure,
  formFailure,
  type Frame,
  readForm,
  readFrame,
  seeOther,
  toSignIn,
} from "../../lib/pages/mod.ts";

interface Data {
  frame: Frame;
  failure: FormFailure | null;
}

export const handler = define.handlers({
  async GET(ctx) {
    const { user } = ctx.state;
    if (!user) return toSignIn(ctx);
    return page<Data>({ frame: await readFrame(ctx, user), failure: null });
  },
  async POST(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    const form = await readForm(ctx.req);
    try {
      const given = parseFields(NewGuild, Object.fromEntries(form));
      const guild = await createGuild(
        platform,
        user,
        given,
        caller(ctx).device,
      );
      return seeOther(`/guilds/${guild.id}`);
    } catch (error) {
      const failure = formFailure(error, form);
      return page<Data>({ frame: await readFrame(ctx, user), failure }, {
        status: failure.status,
      });
    }
  },
});

export default define.page<typeof handler>(({ data }) => (
  <FoundGuild {...data} />
));

function FoundGuild({ frame, failure }: Data) {
  const { t } = usePageReader();
  const { fields: wrong = {}, values = {} } = failure ?? {};
  return (
    <Shell frame={frame} title={t("newGuild.title")} narrow>
      <form method="post" class="form">
        <p class="lead">{t("newGuild.lead")}</p>
        {failure && <Notice tone="bad">{failure.message}</Notice>}
        <Field
          name="name"
          label={t("newGuild.name")}
          value={values.name}
          wrong={wrong.name}
          maxLength={60}
          required
        />
        <Field
          name="description"
          label={t("newGuild.about")}
          value={values.description}
          wrong={wrong.description}
          rows={4}
          maxLength={1000}
        />
        <div class="form-actions">
          <button type="submit" class="button primary">
            {t("newGuild.submit")}
          </button>
          <a class="button quiet" href="/guilds">{t("newGuild.cancel")}</a>
        </div>
      </form>
    </Shell>
  );
}
