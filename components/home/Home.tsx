import RelativeTime from "../../islands/RelativeTime.tsx";
import { type PageReader, usePageReader } from "../../lib/i18n/mod.ts";
import type { Conversation } from "../../lib/messages/mod.ts";
import type { NotificationView } from "../../lib/notifications/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import { Avatar } from "../Avatar.tsx";
import { Empty } from "../Empty.tsx";
import { CheckCheck, MessageCircle, Users } from "lucide-preact";
import { Shell } from "../shell/Shell.tsx";

export interface HomeProps {
  frame: Frame;
  guilds: {
    id: string;
    name: string;
    description: string;
    memberCount: number;
  }[];
  recent: (Pick<Conversation, "lastAt" | "lastAuthorId" | "excerpt"> & {
    person: { id: string; handle: string; name: string };
  })[];
  /** The newest unread. */
  waiting: NotificationView[];
  flash: string | null;
}

/** Where somebody begins: what waits, where they belong, whom they talk to. */
export function Home({ frame, guilds, recent, waiting, flash }: HomeProps) {
  const reader = usePageReader();
  const { t } = reader;
  const { unread } = frame.inbox;
  return (
    <Shell frame={frame} title={t("home.title")} flash={flash}>
      <div class="greeting">
        <h2>{t(greeting(reader), { name: frame.me.name.split(" ")[0]! })}</h2>
        <p>
          {unread === 0
            ? t("home.caughtUp")
            : t("home.waiting", { count: unread })}
        </p>
      </div>
      <div class="columns">
        <div>
          <section class="section" aria-labelledby="home-guilds">
            <div class="section-head">
              <h2 id="home-guilds">{t("home.guilds")}</h2>
              <a class="button small quiet" href="/guilds">
                {t("nav.browseGuilds")}
              </a>
            </div>
            <div class="card">
              {guilds.length === 0
                ? (
                  <Empty
                    icon={
                      <Users size={22} strokeWidth={1.6} aria-hidden="true" />
                    }
                    title={t("home.noGuilds")}
                    body={t("home.noGuildsBody")}
                  >
                    <a class="button primary" href="/guilds">
                      {t("home.findGuild")}
                    </a>
                  </Empty>
                )
                : (
                  <ul class="rows">
                    {guilds.map((guild) => (
                      <li key={guild.id} class="row">
                        <Avatar
                          id={guild.id}
                          name={guild.name}
                          size={36}
                          square
                        />
                        <div class="row-main">
                          <a class="row-link" href={`/guilds/${guild.id}`}>
                            {guild.name}
                          </a>
                          <p class="row-line">{guild.description}</p>
                        </div>
                        <span class="row-side">
                          {t("guilds.members", { count: guild.memberCount })}
                        </span>
                      </li>
                    ))}
                  </ul>
                )}
            </div>
          </section>
          <section class="section" aria-labelledby="home-recent">
            <div class="section-head">
              <h2 id="home-recent">{t("home.recent")}</h2>
              <a class="button small quiet" href="/messages">
                {t("home.seeAll")}
              </a>
            </div>
            <div class="card">
              {recent.length === 0
                ? (
                  <Empty
                    icon={
                      <MessageCircle
                        size={22}
                        strokeWidth={1.6}
                        aria-hidden="true"
                      />
                    }
                    title={t("home.noRecent")}
                    body={t("home.noRecentBody")}
                  />
                )
                : <Conversations items={recent} meId={frame.me.id} />}
            </div>
          </section>
        </div>
        <section class="section" aria-labelledby="home-waiting">
          <div class="section-head">
            <h2 id="home-waiting">{t("home.unread")}</h2>
            <a class="button small quiet" href="/notifications">
              {t("home.seeAll")}
            </a>
          </div>
          <div class="card">
            {waiting.length === 0
              ? (
                <Empty
                  icon={
                    <CheckCheck
                      size={22}
                      strokeWidth={1.6}
                      aria-hidden="true"
                    />
                  }
                  title={t("bell.doneTitle")}
                  body={t("bell.doneBody")}
                />
              )
              : (
                <ul class="rows">
                  {waiting.map((note) => (
                    <li key={note.id} class="row">
                      <span class="note-emoji" aria-hidden="true">
                        {note.emoji}
                      </span>
                      <div class="row-main">
                        <a class="row-link" href={note.link}>{note.title}</a>
                        <p class="row-line">{note.body}</p>
                      </div>
                      <RelativeTime class="row-side" at={note.createdAt} />
                    </li>
                  ))}
                </ul>
              )}
          </div>
        </section>
      </div>
    </Shell>
  );
}

/** Direct conversations with their last words. */
export function Conversations(
  { items, meId }: { items: HomeProps["recent"]; meId: string },
) {
  const { t } = usePageReader();
  return (
    <ul class="rows">
      {items.map(({ person, lastAt, lastAuthorId, excerpt }) => (
        <li key={person.id} class="row">
          <Avatar id={person.id} name={person.name} size={36} />
          <div class="row-main">
            <a class="row-link" href={`/messages/${person.handle}`}>
              {person.name}
            </a>
            <p class="row-line">
              {lastAuthorId === meId
                ? t("messages.you", { text: excerpt })
                : excerpt}
            </p>
          </div>
          <RelativeTime class="row-side" at={lastAt} />
        </li>
      ))}
    </ul>
  );
}

function greeting(reader: PageReader) {
  const hour = Number(
    new Intl.DateTimeFormat("en", {
      hour: "2-digit",
      hourCycle: "h23",
      timeZone: reader.timeZone,
    })
      .format(reader.now()),
  );
  return hour >= 4 && hour < 12
    ? "home.morning"
    : hour >= 12 && hour < 18
    ? "home.afternoon"
    : "home.evening";
}
