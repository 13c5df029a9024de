import "../core.ts";
import { useEffect, useRef } from "preact/hooks";
import { clockTime } from "../../../lib/i18n/day.ts";
import { type RoomReader, useRoomReader } from "../../../lib/i18n/live_room.ts";
import { relativeTime } from "../../../lib/i18n/time.ts";
import type { PersonCard as Card } from "../../../lib/status/types.ts";
import { Avatar } from "../../Avatar.tsx";
import { saysNow } from "../../people/statuses.ts";
import { reachNow, watched } from "../../people/watched.ts";
import { useAnswer } from "../panels/use_answer.ts";
import { Waiting } from "../panels/Waiting.tsx";
import type { RoomTools } from "../room_tools.ts";
import { PersonActs } from "./PersonActs.tsx";
import { Popup } from "./Popup.tsx";

export interface PersonCardProps {
  handle: string;
  /** The name, picture or mention that was pressed. */
  at: HTMLElement;
  tools: RoomTools;
  close: () => void;
}

/** Who somebody is and how they can be reached, beside their name. */
export function PersonCard({ handle, at, tools, close }: PersonCardProps) {
  const { t } = useRoomReader();
  const box = useRef<HTMLDivElement>(null);
  const card = useAnswer<Card>(
    `/api/users/${encodeURIComponent(handle)}/card`,
    (answer) => answer.card as Card,
  );
  useEffect(() => box.current?.focus(), []);
  return (
    <Popup
      at={at}
      label={t("room.person.card", { name: card.value?.user.name ?? handle })}
      role="dialog"
      class="person-card"
      placement="right-start"
      close={close}
    >
      <div ref={box} tabIndex={-1} class="person-card-body">
        {card.value === null ? <Waiting {...card} /> : (
          <>
            <Who card={card.value} />
            <PersonActs
              card={card.value}
              set={card.set}
              at={at}
              tools={tools}
              close={close}
            />
          </>
        )}
      </div>
    </Popup>
  );
}

function Who({ card }: { card: Card }) {
  const reader = useRoomReader();
  const { t } = reader;
  const { user, status, guilds } = card;
  const now = reader.now();
  const state = status
    ? reachNow(status, watched.value.get(user.id), now)
    : undefined;
  const says = status && saysNow(status, now);
  return (
    <>
      <header>
        <Avatar {...user} size={44} presence={state} />
        <div>
          <h2>{user.name}</h2>
          <p>@{user.handle}</p>
        </div>
      </header>
      {says && (
        <p class="person-says">
          {says.emoji} {says.text}
        </p>
      )}
      <dl>
        <dt>{t("room.person.rank")}</dt>
        <dd>
          <span class="chip accent">{user.rank}</span>{" "}
          {t("room.person.trust", { count: user.trust })}
        </dd>
        {state && (
          <>
            <dt>{t("room.person.now")}</dt>
            <dd>{whereNow(card, state, reader)}</dd>
          </>
        )}
        {guilds.length > 0 && (
          <>
            <dt>{t("room.person.guilds")}</dt>
            <dd>
              {guilds.map(({ id, name }, i) => (
                <span key={id}>
                  {i > 0 && ", "}
                  <a href={`/guilds/${id}`}>{name}</a>
                </span>
              ))}
            </dd>
          </>
        )}
      </dl>
    </>
  );
}

/** "online, 14:05 there" or "last seen 2 hours ago" */
function whereNow(
  { status, timeZone }: Card,
  state: "online" | "idle" | "dnd" | "offline",
  reader: RoomReader,
): string {
  const { t } = reader;
  const now = reader.now();
  const seen = status?.lastSeenAt;
  const word = state === "offline" && seen
    ? t("members.lastSeen", { time: relativeTime(seen, now, reader) })
    : t(`members.is.${state}`);
  if (timeZone === null) return word;
  const time = clockTime(now, { ...reader, timeZone });
  return `${word} · ${t("room.person.localTime", { time })}`;
}
