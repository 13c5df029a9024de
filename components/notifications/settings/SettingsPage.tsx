import type { ComponentChildren } from "preact";
import { CircleHelp, Monitor, VolumeX } from "lucide-preact";
import PushSwitch from "../../../islands/PushSwitch.tsx";
import RelativeTime from "../../../islands/RelativeTime.tsx";
import { exactTime, usePageReader } from "../../../lib/i18n/mod.ts";
import {
  LANGUAGE_NAMES,
  type Mute,
  type NotificationPreferences,
  type NotificationType,
} from "../../../lib/notifications/mod.ts";
import {
  browserName,
  type FormFailure,
  type Frame,
} from "../../../lib/pages/mod.ts";
import { Notice } from "../../forms/Notice.tsx";
import { Shell } from "../../shell/Shell.tsx";
import { Matrix, type MatrixRow } from "./Matrix.tsx";
import { EmailFields, QuietFields } from "./Times.tsx";

export interface NotificationSettings {
  frame: Frame;
  preferences: NotificationPreferences;
  rows: Partial<Record<NotificationType, MatrixRow>>;
  /** What a page's "Mute" led here for. */
  toMute: (Pick<Mute, "kind" | "id"> & { name: string }) | null;
  email: string;
  timeZone: string;
  language: string;
  devices: { id: string; userAgent: string; createdAt: number }[];
  failure: FormFailure | null;
  flash: string | null;
}

/** How long something may be muted, in milliseconds; 0: for ever. */
export const MUTE_FOR = {
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  ever: 0,
} as const;

/** What reaches somebody, on which way and when; all of it works without scripts, but for allowing a browser. */
export function NotificationSettingsPage(props: NotificationSettings) {
  const { frame, preferences, rows, failure, flash } = props;
  const { t } = usePageReader();
  return (
    <Shell
      frame={frame}
      title={t("notify.settings")}
      about={t("notify.settingsLead")}
      flash={flash}
      narrow
      actions={
        <a class="button small quiet" href="/notifications/why-not">
          <CircleHelp size={15} aria-hidden="true" />
          {t("whyNot.link")}
        </a>
      }
    >
      <div class="settings">
        <form method="post" action="/settings/notifications" class="stack">
          <input type="hidden" name="do" value="save" />
          {failure && (
            <Notice tone="bad">
              {[t("notify.check"), ...Object.values(failure.fields)].join(". ")}
            </Notice>
          )}
          <Part
            id="ways"
            title={t("notify.ways")}
            lead={t("notify.waysLead", { email: props.email })}
          >
            <div class="card ways-card">
              <Matrix rows={rows} />
            </div>
          </Part>
          <Part
            id="quiet"
            title={t("notify.quiet")}
            lead={t("notify.quietLead", {
              zone: props.timeZone.replaceAll("_", " "),
            })}
          >
            <div class="card pad">
              <QuietFields preferences={preferences} />
            </div>
          </Part>
          <Part id="email" title={t("notify.email")}>
            <div class="card pad">
              <EmailFields
                preferences={preferences}
                wrong={failure?.fields ?? {}}
              />
              <div class="field">
                <label for="field-language">{t("notify.language")}</label>
                <select id="field-language" name="language" class="input">
                  {Object.entries(LANGUAGE_NAMES).map(([code, name]) => (
                    <option
                      key={code}
                      value={code}
                      lang={code}
                      selected={code === props.language}
                    >
                      {name}
                    </option>
                  ))}
                </select>
              </div>
            </div>
          </Part>
          <div class="form-actions">
            <button type="submit" class="button primary">
              {t("notify.save")}
            </button>
          </div>
        </form>
        <Devices devices={props.devices} />
        <Mutes
          mutes={preferences.mutes}
          guilds={frame.guilds}
          toMute={props.toMute}
        />
      </div>
    </Shell>
  );
}

function Part({ id, title, lead, children }: {
  id: string;
  title: string;
  lead?: string;
  children: ComponentChildren;
}) {
  return (
    <section class="section" id={id} aria-labelledby={`${id}-title`}>
      <div class="section-head">
        <div>
          <h2 id={`${id}-title`}>{title}</h2>
          {lead && <p>{lead}</p>}
        </div>
      </div>
      {children}
    </section>
  );
}

function Devices({ devices }: Pick<NotificationSettings, "devices">) {
  const { t } = usePageReader();
  return (
    <Part id="devices" title={t("notify.devices")}>
      <div class="card">
        <div class="pad">
          <PushSwitch />
          <noscript>
            <p class="quiet-text">{t("notify.devicesScripts")}</p>
          </noscript>
        </div>
        {devices.length > 0 && (
          <ul class="rows lined">
            {devices.map(({ id, userAgent, createdAt }) => (
              <li key={id} class="row">
                <Monitor size={18} strokeWidth={1.7} aria-hidden="true" />
                <div class="row-main">
                  <strong title={userAgent}>
                    {browserName(userAgent) ?? t("settings.otherSession")}
                  </strong>
                  <p class="row-line">
                    {t("notify.deviceSince")} <RelativeTime at={createdAt} />
                  </p>
                </div>
                <form method="post" action="/settings/notifications">
                  <input type="hidden" name="do" value="forget" />
                  <input type="hidden" name="id" value={id} />
                  <button type="submit" class="button small">
                    {t("notify.deviceRemove")}
                  </button>
                </form>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Part>
  );
}

function Mutes({ mutes, guilds, toMute }: {
  mutes: Mute[];
  guilds: { id: string; name: string }[];
  toMute: NotificationSettings["toMute"];
}) {
  const { t, ...reader } = usePageReader();
  const open = mutes.filter((m) => m.until === null || m.until > reader.now());
  return (
    <Part id="mutes" title={t("notify.mutes")} lead={t("notify.mutesLead")}>
      <div class="card">
        {open.length === 0
          ? <p class="pad quiet-text">{t("notify.mutesNone")}</p>
          : (
            <ul class="rows">
              {open.map(({ kind, id, label, until }) => (
                <li key={`${kind} ${id}`} class="row">
                  <VolumeX size={18} strokeWidth={1.7} aria-hidden="true" />
                  <div class="row-main">
                    <strong>{label || id}</strong>
                    <p class="row-line">
                      {t(`notify.kind.${kind}`)}
                      {until !== null && ", " + t("notify.mutedUntil", {
                            date: exactTime(until, reader),
                          })}
                    </p>
                  </div>
                  <form method="post" action="/settings/notifications">
                    <input type="hidden" name="do" value="unmute" />
                    <input type="hidden" name="kind" value={kind} />
                    <input type="hidden" name="id" value={id} />
                    <button type="submit" class="button small">
                      {t("notify.unmute")}
                    </button>
                  </form>
                </li>
              ))}
            </ul>
          )}
        {(toMute !== null || guilds.length > 0) && (
          <form
            method="post"
            action="/settings/notifications"
            class="pad mute-form"
          >
            <input type="hidden" name="do" value="mute" />
            {toMute
              ? (
                <div class="field">
                  <span>{t(`notify.kind.${toMute.kind}`)}</span>
                  <strong class="to-mute">{toMute.name}</strong>
                  <input type="hidden" name="kind" value={toMute.kind} />
                  <input type="hidden" name="id" value={toMute.id} />
                </div>
              )
              : (
                <div class="field">
                  <label for="field-guild">{t("notify.muteGuild")}</label>
                  <select id="field-guild" name="id" class="input">
                    {guilds.map(({ id, name }) => (
                      <option key={id} value={id}>{name}</option>
                    ))}
                  </select>
                </div>
              )}
            <div class="field">
              <label for="field-for">{t("notify.muteFor")}</label>
              <select id="field-for" name="for" class="input">
                {(Object.keys(MUTE_FOR) as (keyof typeof MUTE_FOR)[]).map((
                  length,
                ) => (
                  <option key={length} value={length}>
                    {t(`notify.mute.${length}`)}
                  </option>
                ))}
              </select>
            </div>
            <button type="submit" class="button">{t("notify.mute")}</button>
          </form>
        )}
      </div>
    </Part>
  );
}
