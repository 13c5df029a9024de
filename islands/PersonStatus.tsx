import "../components/core.ts";
import { Avatar } from "../components/Avatar.tsx";
import { saysNow, useStatuses } from "../components/people/statuses.ts";
import { reachNow, watched } from "../components/people/watched.ts";
import { useChatReader } from "../lib/i18n/live_chat.ts";
import { relativeTime } from "../lib/i18n/time.ts";

export interface PersonStatusProps {
  /** The direct conversation with them. */
  channel: string;
  person: { id: string; name: string; picture?: string };
}

/** Somebody's picture with how they can be reached, live. */
export default function PersonStatus({ channel, person }: PersonStatusProps) {
  const reader = useChatReader();
  const { t } = reader;
  const status = useStatuses(channel).get(person.id);
  const now = reader.now();
  const state = reachNow(status, watched.value.get(person.id), now);
  const seen = status?.lastSeenAt;
  const word = state === undefined
    ? ""
    : state === "offline" && seen
    ? t("members.lastSeen", { time: relativeTime(seen, now, reader) })
    : t(`members.is.${state}`);
  const says = status && saysNow(status, now);
  return (
    <span class="person-status" title={says ? `${word} · ${says.text}` : word}>
      <Avatar {...person} size={24} presence={state} />
      {says && <span aria-hidden="true">{says.emoji}</span>}
      <span class="unseen">{word} {says?.text}</span>
    </span>
  );
}
