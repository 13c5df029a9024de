import { BellOff } from "lucide-preact";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Mute } from "../../lib/notifications/mod.ts";

/** Leads to where notifications about something are muted for a while. */
export function MuteLink(
  { kind, id, class: look = "button small quiet" }:
    & Pick<Mute, "kind" | "id">
    & {
      class?: string;
    },
) {
  const { t } = usePageReader();
  const query = new URLSearchParams({ mute: `${kind}:${id}` });
  return (
    <a class={look} href={`/settings/notifications?${query}#mutes`}>
      <BellOff size={15} aria-hidden="true" />
      {t("notify.muteLink")}
    </a>
  );
}
