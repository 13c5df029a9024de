import { usePageReader } from "../../../lib/i18n/mod.ts";
import {
  CHANNELS,
  type NotificationChannel,
  type NotificationType,
} from "../../../lib/notifications/mod.ts";
import { TYPE_GROUPS } from "./groups.ts";

export interface MatrixRow {
  on: Record<NotificationChannel, boolean>;
  critical: boolean;
}

/** Type × way, each a checkbox named `types.{type}.{channel}`. Types that are not in `rows` are not this person's. */
export function Matrix(
  { rows }: { rows: Partial<Record<NotificationType, MatrixRow>> },
) {
  const { t } = usePageReader();
  const groups = Object.entries(TYPE_GROUPS) as [
    keyof typeof TYPE_GROUPS,
    readonly NotificationType[],
  ][];
  return (
    <table class="ways">
      <thead>
        <tr>
          <th scope="col">{t("notify.type")}</th>
          {CHANNELS.map((channel) => (
            <th key={channel} scope="col">{t(`notify.channel.${channel}`)}</th>
          ))}
        </tr>
      </thead>
      {groups.map(([group, types]) => (
        <tbody key={group}>
          <tr class="ways-group">
            <th scope="rowgroup" colSpan={4}>{t(`notify.group.${group}`)}</th>
          </tr>
          {types.map((type) => {
            const row = rows[type];
            return row && (
              <tr key={type}>
                <th scope="row">
                  {t(`notify.type.${type}`)}
                  {row.critical && (
                    <span class="chip">{t("notify.critical")}</span>
                  )}
                </th>
                {CHANNELS.map((channel) => (
                  <td key={channel}>
                    <label class="check-cell">
                      <input
                        type="checkbox"
                        name={`types.${type}.${channel}`}
                        checked={row.on[channel]}
                        aria-label={t("notify.cell", {
                          type: t(`notify.type.${type}`),
                          channel: t(`notify.channel.${channel}`),
                        })}
                      />
                    </label>
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      ))}
    </table>
  );
}
