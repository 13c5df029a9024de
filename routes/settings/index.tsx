import { page } from "fresh";
import {
  SettingsPage,
  type SettingsProps,
} from "../../components/people/SettingsPage.tsx";
import { listSessions } from "../../lib/auth/mod.ts";
import { parseFields } from "../../lib/http/body.ts";
import { define, type State } from "../../lib/http/define.ts";
import {
  type FormFailure,
  formFailure,
  readFlash,
  readForm,
  readFrame,
  seeOther,
  toSignIn,
  withFlash,
} from "../../lib/pages/mod.ts";
import {
  ProfileChange,
  updateProfile,
  type User,
} from "../../lib/users/mod.ts";
import type { Context } from "fresh";

export const handler = define.handlers({
  async GET(ctx) {
    const { user } = ctx.state;
    return user ? page(await readSettings(ctx, user, null)) : toSignIn(ctx);
  },
  async POST(ctx) {
    const { platform, user } = ctx.state;
    if (!user) return toSignIn(ctx);
    const form = await readForm(ctx.req);
    try {
      await updateProfile(
        platform,
        user.id,
        parseFields(ProfileChange, Object.fromEntries(form)),
      );
      return seeOther(withFlash("/settings", "settings.saved"));
    } catch (error) {
      const failure = formFailure(error, form);
      return page(await readSettings(ctx, user, failure), {
        status: failure.status,
      });
    }
  },
});

async function readSettings(
  ctx: Context<State>,
  user: User,
  failure: FormFailure | null,
): Promise<SettingsProps> {
  const [frame, sessions] = await Promise.all([
    readFrame(ctx, user),
    listSessions(ctx.state.platform, user.id),
  ]);
  const { name, bio, skills, locale, timeZone, email } = user;
  const picture = ctx.url.searchParams.get("picture");
  return {
    frame,
    failure,
    picture: picture === "large" || picture === "type" ? picture : null,
    flash: readFlash(ctx),
    values: failure?.values ??
      { name, bio, skills: skills.join(", "), locale, timeZone },
    email,
    timeZones: Intl.supportedValuesOf("timeZone"),
    sessions: sessions.map(({ id, createdAt, userAgent }) => ({
      id,
      createdAt,
      userAgent,
      current: id === ctx.state.session?.id,
    })),
  };
}

export default define.page<typeof handler>(({ data }) => (
  <SettingsPage {...data} />
));
