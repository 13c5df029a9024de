import { BellOff } from "lucide-preact";
import RelativeTime from "../../../islands/RelativeTime.tsx";
import { usePageReader } from "../../../lib/i18n/mod.ts";
import {
  type DeliveryDecision,
  type DeliveryStory,
  explainDecision,
  type NotificationType,
  type WithheldView,
} from "../../../lib/notifications/mod.ts";
import type { Frame } from "../../../lib/pages/mod.ts";
import { Empty } from "../../Empty.tsx";
import { Shell } from "../../shell/Shell.tsx";
import { TYPE_GROUPS } from "../settings/groups.ts";
import { Ways } from "./Ways.tsx";

export interface WhyNotProps {
  frame: Frame;
  withheld: WithheldView[];
  quietly: DeliveryStory[];
  /** Types that this person may get. */
  types: NotificationType[];
  asked: { type: NotificationType; guildId: string } | null;
  would: DeliveryDecision | null;
}

/** Why nothing came: what was kept back by which setting, and what would happen to something that came now. */
export function WhyNotPage(props: WhyNotProps) {
  const { frame, withheld, quietly, would } = props;
  const reader = usePageReader();
  const { t } = reader;
  return (
    <Shell
      frame={frame}
      title={t("whyNot.title")}
      about={t("whyNot.lead")}
      narrow
      actions={
        <a class="button small quiet" href="/settings/notifications">
          {t("notify.settings")}
        </a>
      }
    >
      <div class="settings">
        <section class="section" aria-labelledby="whynot-now">
          <div class="section-head">
            <h2 id="whynot-now">{t("whyNot.now")}</h2>
          </div>
          <div class="card">
            <Question {...props} />
            {would && (
              <div class="lined" role="status">
                <Ways explained={explainDecision(would, reader)} />
              </div>
            )}
          </div>
        </section>
        <section class="section" aria-labelledby="whynot-withheld">
          <div class="section-head">
            <h2 id="whynot-withheld">{t("whyNot.withheld")}</h2>
          </div>
          {withheld.length === 0
            ? (
              <div class="card">
                <Empty
                  icon={
                    <BellOff size={22} strokeWidth={1.6} aria-hidden="true" />
                  }
                  title={t("whyNot.none")}
                  body={t("whyNot.noneBody")}
                />
              </div>
            )
            : (
              <ul class="card rows">
                {withheld.map(({ notification, at, decision }) => (
                  <Kept
                    key={notification.id}
                    notification={notification}
                    at={at}
                    decision={decision}
                    href={null}
                  />
                ))}
              </ul>
            )}
        </section>
        {quietly.length > 0 && (
          <section class="section" aria-labelledby="whynot-quietly">
            <div class="section-head">
              <div>
                <h2 id="whynot-quietly">{t("whyNot.quietly")}</h2>
                <p>{t("whyNot.quietlyLead")}</p>
              </div>
            </div>
            <ul class="card rows">
              {quietly.map(({ notification, delivery }) => (
                <Kept
                  key={notification.id}
                  notification={notification}
                  at={notification.createdAt}
                  decision={delivery!.decision}
                  href={`/notifications/${notification.id}`}
                />
              ))}
            </ul>
          </section>
        )}
      </div>
    </Shell>
  );
}

function Kept({ notification, at, decision, href }: {
  notification: WithheldView["notification"];
  at: number;
  decision: DeliveryDecision;
  href: string | null;
}) {
  const reader = usePageReader();
  const { t } = reader;
  const kept = explainDecision(decision, reader).filter((way) => !way.goes);
  const title = `${notification.emoji} ${notification.title}`;
  return (
    <li class="row way">
      <div class="row-main">
        <strong>{href ? <a href={href}>{title}</a> : title}</strong>
        {kept.map(({ channel, sentences, setting }) => (
          <p key={channel} class="row-line">
            {t(`notify.channel.${channel}`)}: {setting
              ? <a href={setting}>{sentences.at(-1)}</a>
              : sentences.at(-1)}
          </p>
        ))}
      </div>
      <span class="row-side">
        <RelativeTime at={at} />
      </span>
    </li>
  );
}

function Question({ types, asked, frame }: WhyNotProps) {
  const { t } = usePageReader();
  return (
    <form method="get" action="/notifications/why-not" class="pad mute-form">
      <div class="field">
        <label for="field-type">{t("whyNot.kind")}</label>
        <select id="field-type" name="type" class="input">
          {(Object.keys(TYPE_GROUPS) as (keyof typeof TYPE_GROUPS)[]).map((
            group,
          ) => (
            <optgroup key={group} label={t(`notify.group.${group}`)}>
              {TYPE_GROUPS[group].filter((type) => types.includes(type)).map((
                type,
              ) => (
                <option
                  key={type}
                  value={type}
                  selected={type === asked?.type}
                >
                  {t(`notify.type.${type}`)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="field-guildId">{t("whyNot.guild")}</label>
        <select id="field-guildId" name="guildId" class="input">
          <option value="">{t("whyNot.anyGuild")}</option>
          {frame.guilds.map(({ id, name }) => (
            <option key={id} value={id} selected={id === asked?.guildId}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" class="button primary">{t("whyNot.ask")}</button>
    </form>
  );
}
