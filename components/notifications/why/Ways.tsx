import { Bell, Mail, Smartphone } from "lucide-preact";
import { usePageReader } from "../../../lib/i18n/mod.ts";
import type { Explained } from "../../../lib/notifications/mod.ts";

const ICONS = { inApp: Bell, push: Smartphone, email: Mail };

/** What was decided about each way, the deciding sentence last, with the way to the setting behind it. */
export function Ways({ explained }: { explained: Explained[] }) {
  const { t } = usePageReader();
  return (
    <ul class="rows">
      {explained.map(({ channel, goes, verdict, sentences, setting }) => {
        const Icon = ICONS[channel];
        return (
          <li key={channel} class="row way">
            <Icon size={18} strokeWidth={1.7} aria-hidden="true" />
            <div class="row-main">
              <strong>{t(`notify.channel.${channel}`)}</strong>
              <ol class="why-reasons">
                {sentences.map((sentence, i) => (
                  <li
                    key={sentence}
                    class={i === sentences.length - 1 ? "decided" : ""}
                  >
                    {sentence}.
                  </li>
                ))}
              </ol>
              {setting && (
                <a class="why-setting" href={setting}>{t("why.change")}</a>
              )}
            </div>
            <span class={`chip ${goes ? "accent" : ""}`}>{verdict}</span>
          </li>
        );
      })}
    </ul>
  );
}
