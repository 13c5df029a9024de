import { type Context, page } from "fresh";
import { z } from "zod";
import {
  MUTE_FOR,
  type NotificationSettings,
  NotificationSettingsPage,
} from "../../components/notifications/settings/SettingsPage.tsx";
import { NexoraError } from "../../lib/errors.ts";
import { parseFields } from "../../lib/http/body.ts";
import { define, type State } from "../../lib/http/define.ts";
import { tellOfMute } from "../../lib/messages/mod.ts";
import {
  CHANNELS,
  getPreferences,
  LANGUAGE_NAMES,
  listSubscriptions,
  Mute,
  MUTE_KINDS,
  muteSubject,
  NotificationPreferences,
  type NotificationType,
  preferenceDefaults,
  removeSubscription,
  setPreferences,
  unmuteSubject,
} from "../../lib/notifications/mod.ts";
import {
  type FormFailure,
  formFailure,
  nameOfSubject,
  orErrorPage,
  readFlash,
  readForm,
  readFrame,
  seeOther,
  toSignIn,
  withFlash,
} from "../../lib/pages/mod.ts";
import { updateProfile, type User } from "../../lib/users/mod.ts";

const PATH = "/settings/notifications";

const Language = z.object({
  language: z.enum(Object.keys(LANGUAGE_NAMES) as [keyof typeof LANGUAGE_NAMES])
    .optional(),
});
const MuteFor = z.object({
  for: z.enum(Object.keys(MUTE_FOR) as [keyof typeof MUTE_FOR]),
  kind: z.enum(MUTE_KINDS).default("guild"),
  id: z.string().min(1).max(200),
});

export const handler = define.handlers({
  async GET(ctx) {
    const { user } = ctx.state;
    return user ? page(await readSettings(ctx, user, null)) : toSignIn(ctx);
  },
  async POST(ctx) {
    const { user } = ctx.state;
    if (!user) return toSignIn(ctx);
    const form = await readForm(ctx.req);
    if (form.get("do") === "save") return await save(ctx, user, form);
    return await orErrorPage(() => act(ctx, user, form));
  },
});

async function act(ctx: Context<State>, user: User, form: FormData) {
  const { platform } = ctx.state;
  const fields = Object.fromEntries(form);
  switch (form.get("do")) {
    case "mute": {
      const { kind, id, for: length } = parseFields(MuteFor, fields);
      const label = await nameOfSubject(platform, user, { kind, id });
      if (label === null) throw new NexoraError("not_found");
      const ms = MUTE_FOR[length];
      await muteSubject(platform, user.id, {
        kind,
        id,
        label,
        until: ms ? platform.now() + ms : null,
      });
      await tellOfMute(platform, user.id, { kind, id });
      return seeOther(withFlash(PATH, "notify.muted"));
    }
    case "unmute": {
      const subject = parseFields(Mute, fields);
      await unmuteSubject(platform, user.id, subject);
      await tellOfMute(platform, user.id, subject);
      return seeOther(withFlash(PATH, "notify.unmuted"));
    }
    case "forget":
      await removeSubscription(platform, user.id, String(fields.id));
      return seeOther(withFlash(PATH, "notify.deviceRemoved"));
    default:
      return seeOther(PATH);
  }
}

async function save(ctx: Context<State>, user: User, form: FormData) {
  const { platform } = ctx.state;
  const before = await getPreferences(platform, user.id);
  try {
    const { language } = parseFields(Language, Object.fromEntries(form));
    const preferences = parseFields(
      NotificationPreferences,
      { ...readPreferences(form, user), mutes: before.mutes },
    );
    await setPreferences(platform, user.id, preferences);
    if (language && language !== languageOf(user)) {
      await updateProfile(platform, user.id, { locale: language });
    }
    return seeOther(withFlash(PATH, "notify.saved"));
  } catch (error) {
    const failure = formFailure(error, form);
    const typed = readPreferences(form, user) as Partial<
      NotificationPreferences
    >;
    return page(await readSettings(ctx, user, failure, typed), {
      status: failure.status,
    });
  }
}

/** What the form says. A way that is as by default is not written down: it follows the default. */
function readPreferences(form: FormData, user: User) {
  const types: Record<string, Record<string, boolean>> = {};
  for (const [type, defaults] of Object.entries(preferenceDefaults(user))) {
    for (const channel of CHANNELS) {
      const on = form.has(`types.${type}.${channel}`);
      if (on !== defaults[channel]) (types[type] ??= {})[channel] = on;
    }
  }
  const number = (name: string) => Number(form.get(name));
  return {
    types,
    quietHours: form.has("quiet")
      ? {
        from: form.get("from"),
        to: form.get("to"),
        days: [0, 1, 2, 3, 4, 5, 6].filter((day) => form.has(`day.${day}`)),
      }
      : null,
    criticalAlways: form.has("criticalAlways"),
    email: { every: form.get("every"), at: number("at") },
    limits: {
      pushesPerHour: number("pushesPerHour"),
      emailsPerDay: number("emailsPerDay"),
    },
  };
}

/** `?mute=bounty:ID`: where a page's "Mute" leads. */
function parseAsked(text: string | null) {
  const [kind, ...id] = (text ?? "").split(":");
  const asked = Mute.safeParse({ kind, id: id.join(":") });
  return asked.success ? { kind: asked.data.kind, id: asked.data.id } : null;
}

function languageOf({ locale }: User): string {
  const primary = locale.split("-")[0]!;
  return primary in LANGUAGE_NAMES ? primary : "en";
}

async function readSettings(
  ctx: Context<State>,
  user: User,
  failure: FormFailure | null,
  typed: Partial<NotificationPreferences> = {},
): Promise<NotificationSettings> {
  const { platform } = ctx.state;
  const [frame, stored, devices] = await Promise.all([
    readFrame(ctx, user),
    getPreferences(platform, user.id),
    listSubscriptions(platform.kv, user.id),
  ]);
  const preferences = { ...stored, ...typed };
  const asked = parseAsked(ctx.url.searchParams.get("mute"));
  const name = asked && await nameOfSubject(platform, user, asked);
  const rows: NotificationSettings["rows"] = {};
  const defaults = Object.entries(preferenceDefaults(user));
  for (const [name, { critical, ...on }] of defaults) {
    const type = name as NotificationType;
    rows[type] = { critical, on: { ...on, ...preferences.types[type] } };
  }
  return {
    frame,
    preferences,
    rows,
    toMute: asked && name !== null ? { ...asked, name } : null,
    email: user.email,
    timeZone: user.timeZone,
    language: languageOf(user),
    devices: devices.map(({ hash, userAgent, createdAt }) => ({
      id: hash,
      userAgent,
      createdAt,
    })),
    failure,
    flash: readFlash(ctx),
  };
}

export default define.page<typeof handler>(({ data }) => (
  <NotificationSettingsPage {...data} />
));
