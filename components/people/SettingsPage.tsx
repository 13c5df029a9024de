import RelativeTime from "../../islands/RelativeTime.tsx";
import { ThemeSwitch } from "../ThemeSwitch.tsx";
import { usePageReader } from "../../lib/i18n/mod.ts";
import {
  browserName,
  type FormFailure,
  type Frame,
} from "../../lib/pages/mod.ts";
import { Field } from "../forms/Field.tsx";
import { Notice } from "../forms/Notice.tsx";
import { Select } from "../forms/Select.tsx";
import { LogOut, Monitor } from "lucide-preact";
import { Shell } from "../shell/Shell.tsx";
import { PictureForm } from "./settings/PictureForm.tsx";

export interface SettingsProps {
  frame: Frame;
  email: string;
  values: Record<string, string>;
  timeZones: string[];
  sessions: {
    id: string;
    createdAt: number;
    userAgent: string;
    current: boolean;
  }[];
  failure: FormFailure | null;
  /** Why a picture was refused. */
  picture: "large" | "type" | null;
  flash: string | null;
}

/** The languages that there are texts in, by their own names. */
const LANGUAGES: Record<string, string> = { en: "English", de: "Deutsch" };

/** What somebody may change about themselves and about how Nexora looks. */
export function SettingsPage(props: SettingsProps) {
  const { frame, email, values, timeZones, sessions, failure, flash } = props;
  const { t } = usePageReader();
  const wrong = failure?.fields ?? {};
  return (
    <Shell
      frame={frame}
      title={t("settings.title")}
      flash={flash}
      narrow
      actions={
        <form method="post" action="/sign-out">
          <button type="submit" class="button small quiet">
            <LogOut size={15} aria-hidden="true" />
            {t("nav.signOut")}
          </button>
        </form>
      }
    >
      <div class="settings">
        <section class="section" aria-labelledby="settings-profile">
          <div class="section-head">
            <div>
              <h2 id="settings-profile">{t("settings.profile")}</h2>
              <p>{t("settings.profileLead")}</p>
            </div>
            <a class="button small quiet" href={`/people/${frame.me.handle}`}>
              {t("settings.view")}
            </a>
          </div>
          <form method="post" action="/settings" class="card form">
            {failure && <Notice tone="bad">{failure.message}</Notice>}
            <div class="pair">
              <Field
                name="name"
                label={t("settings.name")}
                value={values.name}
                wrong={wrong.name}
                autocomplete="name"
                maxLength={60}
                required
              />
              <Select
                name="locale"
                label={t("settings.language")}
                value={values.locale}
                options={withOwn(Object.keys(LANGUAGES), values.locale).map((
                  value,
                ) => ({ value, text: LANGUAGES[value] ?? value }))}
              />
              <div class="field">
                <label for="field-timeZone">{t("settings.timeZone")}</label>
                <select id="field-timeZone" name="timeZone" class="input">
                  {withOwn(timeZones, values.timeZone).map((zone) => (
                    <option
                      key={zone}
                      value={zone}
                      selected={zone === values.timeZone}
                    >
                      {zone.replaceAll("_", " ")}
                    </option>
                  ))}
                </select>
              </div>
            </div>
            <Field
              name="bio"
              label={t("settings.bio")}
              value={values.bio}
              wrong={wrong.bio}
              rows={3}
              maxLength={500}
            />
            <Field
              name="skills"
              label={t("settings.skills")}
              hint={t("settings.skillsHint")}
              value={values.skills}
              wrong={wrong.skills}
            />
            <div class="form-actions">
              <button type="submit" class="button primary">
                {t("settings.save")}
              </button>
              <span class="quiet-text">{email}</span>
            </div>
          </form>
        </section>

        <PictureForm
          me={frame.me}
          wrong={props.picture === "large"
            ? t("settings.pictureLarge")
            : props.picture === "type"
            ? t("settings.pictureType")
            : undefined}
        />

        <section class="section" aria-labelledby="settings-notifications">
          <div class="section-head">
            <div>
              <h2 id="settings-notifications">{t("notify.settings")}</h2>
              <p>{t("notify.settingsLead")}</p>
            </div>
            <a class="button small" href="/settings/notifications">
              {t("notify.openSettings")}
            </a>
          </div>
        </section>

        <section class="section" aria-labelledby="settings-look">
          <div class="section-head">
            <div>
              <h2 id="settings-look">{t("settings.look")}</h2>
              <p>{t("settings.lookLead")}</p>
            </div>
          </div>
          <div class="card theme-card">
            <ThemeSwitch theme={frame.theme} back="/settings" />
          </div>
        </section>

        <section class="section" aria-labelledby="settings-sessions">
          <div class="section-head">
            <div>
              <h2 id="settings-sessions">{t("settings.sessions")}</h2>
              <p>{t("settings.sessionsLead")}</p>
            </div>
          </div>
          <ul class="card rows">
            {sessions.map((session) => (
              <li key={session.id} class="row">
                <Monitor size={18} strokeWidth={1.7} aria-hidden="true" />
                <div class="row-main">
                  <strong title={session.userAgent}>
                    {browserName(session.userAgent) ??
                      t("settings.otherSession")}
                  </strong>
                  <p class="row-line">
                    {session.current && (
                      <span class="chip accent">
                        {t("settings.thisSession")}
                      </span>
                    )} {t("settings.signedIn")}{" "}
                    <RelativeTime at={session.createdAt} />
                  </p>
                </div>
                <form method="post" action="/settings/sessions">
                  <input type="hidden" name="id" value={session.id} />
                  <button type="submit" class="button small">
                    {session.current && <LogOut size={14} aria-hidden="true" />}
                    {t("settings.revoke")}
                  </button>
                </form>
              </li>
            ))}
          </ul>
        </section>

        <section class="section" aria-labelledby="settings-end">
          <div class="section-head">
            <div>
              <h2 id="settings-end">{t("settings.end")}</h2>
              <p>{t("settings.endLead")}</p>
            </div>
            <a class="button small danger" href="/settings/account">
              {t("settings.endOpen")}
            </a>
          </div>
        </section>
      </div>
    </Shell>
  );
}

/** A zone that somebody has stays theirs, also when this runtime lists it by another name (`UTC`). */
function withOwn(zones: string[], own: string | undefined): string[] {
  return own === undefined || zones.includes(own) ? zones : [own, ...zones];
}
