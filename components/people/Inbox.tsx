import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Frame, KnownConversation } from "../../lib/pages/mod.ts";
import type { PublicUser } from "../../lib/users/mod.ts";
import { Avatar } from "../Avatar.tsx";
import { Empty } from "../Empty.tsx";
import { Conversations } from "../home/Home.tsx";
import { MessageCircle } from "lucide-preact";
import { Shell } from "../shell/Shell.tsx";

export interface InboxProps {
  frame: Frame;
  conversations: KnownConversation[];
  /** Whom one shares a guild with and has not written to. */
  people: PublicUser[];
}

/** Direct conversations, and whom one could begin one with. */
export function Inbox({ frame, conversations, people }: InboxProps) {
  const { t } = usePageReader();
  const starred = new Set(
    frame.rooms.filter((room) => room.starred).map((room) => room.subjectId),
  );
  // Those that are starred first, as in the rail, which a phone does not show.
  const sorted = conversations.toSorted((a, b) =>
    Number(starred.has(b.person.id)) - Number(starred.has(a.person.id))
  );
  return (
    <Shell frame={frame} title={t("messages.title")} narrow>
      <section class="section" aria-label={t("messages.title")}>
        <div class="card">
          {conversations.length === 0
            ? (
              <Empty
                icon={
                  <MessageCircle
                    size={22}
                    strokeWidth={1.6}
                    aria-hidden="true"
                  />
                }
                title={t("messages.none")}
                body={t("messages.noneBody")}
              />
            )
            : <Conversations items={sorted} frame={frame} />}
        </div>
      </section>
      {people.length > 0 && (
        <section class="section" aria-labelledby="messages-people">
          <div class="section-head">
            <h2 id="messages-people">{t("messages.people")}</h2>
          </div>
          <ul class="cast">
            {people.map((person) => (
              <li key={person.id}>
                <a
                  class="card acquaintance"
                  href={`/messages/${person.handle}`}
                >
                  <Avatar {...person} size={28} />
                  <span>
                    <span class="unseen">{`${t("messages.to")} `}</span>
                    {person.name}
                    <small>@{person.handle}</small>
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Shell>
  );
}
