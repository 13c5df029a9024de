import { format, usePageReader } from "../../../lib/i18n/mod.ts";
import type { NotificationPreferences } from "../../../lib/notifications/mod.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Sunday. */
const SUNDAY = Date.UTC(2026, 10, 22);
/** Offered to who has none yet. */
const SUGGESTED = { from: "22:00", to: "07:00", days: [0, 1, 2, 3, 4, 5, 6] };
const EVERY = ["notification", "hour", "day", "never"] as const;

/** When nothing disturbs. */
export function QuietFields(
  { preferences }: { preferences: NotificationPreferences },
) {
  const { t, locale } = usePageReader();
  const { quietHours, criticalAlways } = preferences;
  const { from, to, days } = quietHours ?? SUGGESTED;
  const weekday = format({ locale, timeZone: "UTC" }, { weekday: "short" });
  return (
    <div class="form">
      <Check
        name="quiet"
        label={t("notify.quietOn")}
        checked={quietHours !== null}
      />
      <div class="pair">
        <Time name="from" label={t("notify.from")} value={from} />
        <Time name="to" label={t("notify.to")} value={to} />
      </div>
      <fieldset class="days">
        <legend>{t("notify.days")}</legend>
        {[1, 2, 3, 4, 5, 6, 0].map((day) => (
          <Check
            key={day}
            name={`day.${day}`}
            label={weekday.format(SUNDAY + day * DAY)}
            checked={days.includes(day)}
          />
        ))}
      </fieldset>
      <Check
        name="criticalAlways"
        label={t("notify.criticalAlways")}
        checked={criticalAlways}
      />
    </div>
  );
}

/** How e-mails are put together, and how many of anything. */
export function EmailFields(
  { preferences, wrong }: {
    preferences: NotificationPreferences;
    wrong: Record<string, string>;
  },
) {
  const { t, locale } = usePageReader();
  const { email, limits } = preferences;
  const hours = format({ locale, timeZone: "UTC" }, {
    hour: "2-digit",
    minute: "2-digit",
  });
  return (
    <div class="form">
      <div class="pair">
        <div class="field">
          <label for="field-every">{t("notify.every")}</label>
          <select id="field-every" name="every" class="input">
            {EVERY.map((every) => (
              <option
                key={every}
                value={every}
                selected={every === email.every}
              >
                {t(`notify.every.${every}`)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="field-at">{t("notify.at")}</label>
          <select id="field-at" name="at" class="input">
            {Array.from(
              { length: 24 },
              (_, hour) => (
                <option key={hour} value={hour} selected={hour === email.at}>
                  {hours.format(hour * HOUR)}
                </option>
              ),
            )}
          </select>
        </div>
      </div>
      <fieldset class="pair plain">
        <legend>{t("notify.limits")}</legend>
        <Count
          name="pushesPerHour"
          label={t("notify.pushesPerHour")}
          value={limits.pushesPerHour}
          wrong={wrong["limits.pushesPerHour"]}
        />
        <Count
          name="emailsPerDay"
          label={t("notify.emailsPerDay")}
          value={limits.emailsPerDay}
          wrong={wrong["limits.emailsPerDay"]}
        />
      </fieldset>
    </div>
  );
}

function Check(
  { name, label, checked }: { name: string; label: string; checked: boolean },
) {
  return (
    <label class="check">
      <input type="checkbox" name={name} checked={checked} />
      <span>{label}</span>
    </label>
  );
}

function Time(
  { name, label, value }: { name: string; label: string; value: string },
) {
  return (
    <div class="field">
      <label for={`field-${name}`}>{label}</label>
      <input
        id={`field-${name}`}
        name={name}
        type="time"
        class="input"
        value={value}
        required
      />
    </div>
  );
}

function Count({ name, label, value, wrong }: {
  name: string;
  label: string;
  value: number;
  wrong: string | undefined;
}) {
  const id = `field-${name}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        type="number"
        inputMode="numeric"
        min={1}
        max={1000}
        class="input"
        value={value}
        required
        aria-invalid={wrong ? "true" : undefined}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
      />
      {wrong && <p class="wrong" id={`${id}-wrong`}>{wrong}</p>}
    </div>
  );
}
