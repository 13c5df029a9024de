import { Check, CircleAlert, Minus } from "lucide-preact";
import RelativeTime from "../../../islands/RelativeTime.tsx";
import { exactTime, usePageReader } from "../../../lib/i18n/mod.ts";
import {
  type DeliveryAttempt,
  type DeliveryStory,
  explainDecision,
} from "../../../lib/notifications/mod.ts";
import type { Frame } from "../../../lib/pages/mod.ts";
import { Shell } from "../../shell/Shell.tsx";
import { Ways } from "./Ways.tsx";

const OUTCOMES = { delivered: Check, skipped: Minus, failed: CircleAlert };

/** One notification, and why and how it came. */
export function StoryPage(
  { frame, notification, delivery }: DeliveryStory & { frame: Frame },
) {
  const reader = usePageReader();
  const { t } = reader;
  return (
    <Shell frame={frame} title={t("why.titleOf")} narrow>
      <div class="settings">
        <article class="card pad why-note">
          <span class="why-emoji" aria-hidden="true">{notification.emoji}</span>
          <div>
            <h2>{notification.title}</h2>
            <p>{notification.body}</p>
            <p class="quiet-text">
              <RelativeTime at={notification.createdAt} />
              {notification.outcome && ` · ${notification.outcome}`}
            </p>
          </div>
          <a class="button primary" href={notification.link}>{t("why.open")}</a>
        </article>
        {delivery === null
          ? <p class="card pad quiet-text">{t("why.noLog")}</p>
          : (
            <>
              <section class="section" aria-labelledby="why-ways">
                <div class="section-head">
                  <div>
                    <h2 id="why-ways">{t("why.ways")}</h2>
                    <p>
                      {t("why.decided")} {exactTime(delivery.at, reader)}
                    </p>
                  </div>
                </div>
                <div class="card">
                  <Ways
                    explained={explainDecision(delivery.decision, reader)}
                  />
                </div>
              </section>
              <section class="section" aria-labelledby="why-attempts">
                <div class="section-head">
                  <h2 id="why-attempts">{t("why.attempts")}</h2>
                </div>
                <div class="card">
                  {delivery.attempts.length === 0
                    ? <p class="pad quiet-text">{t("why.attemptsNone")}</p>
                    : (
                      <ol class="rows">
                        {delivery.attempts.map((attempt, i) => (
                          <Attempt key={i} {...attempt} />
                        ))}
                      </ol>
                    )}
                </div>
              </section>
              <section class="section" aria-labelledby="why-cause">
                <div class="section-head">
                  <h2 id="why-cause">{t("why.cause")}</h2>
                </div>
                <div class="card pad">
                  <p>{t(`notify.type.${notification.type}`)}</p>
                  {delivery.added > 0 && (
                    <p class="quiet-text">
                      {t("why.causeGrown", { count: delivery.added + 1 })}
                    </p>
                  )}
                  {delivery.causes.length > 0 && (
                    <ul class="why-causes">
                      {delivery.causes.map((cause) => (
                        <li key={cause}>
                          <code>{cause}</code>
                        </li>
                      ))}
                    </ul>
                  )}
                </div>
              </section>
            </>
          )}
      </div>
    </Shell>
  );
}

function Attempt(
  { channel, outcome, detail, at, attempt }: DeliveryAttempt,
) {
  const { t } = usePageReader();
  const Icon = OUTCOMES[outcome];
  return (
    <li class="row way">
      <Icon
        size={18}
        strokeWidth={1.7}
        aria-hidden="true"
        class={`outcome ${outcome}`}
      />
      <div class="row-main">
        <strong>
          {t(`notify.channel.${channel}`)}: {t(`why.outcome.${outcome}`)}
        </strong>
        <p class="row-line">
          {detail}
          {attempt > 1 && ` (${t("why.attempt", { attempt })})`}
        </p>
      </div>
      <span class="row-side">
        <RelativeTime at={at} />
      </span>
    </li>
  );
}
