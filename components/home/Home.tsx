import RelativeTime from "../../islands/RelativeTime.tsx";
import { type PageReader, usePageReader } from "../../lib/i18n/mod.ts";
import type { Conversation } from "../../lib/messages/mod.ts";
import type { NotificationView } from "../../lib/notifications/mod.ts";
import type { Frame, HomeView } from "../../lib/pages/mod.ts";
import { Avatar } from "../Avatar.tsx";
import { Empty } from "../Empty.tsx";
import {
  CheckCheck,
  Lightbulb,
  MessageCircle,
  TrendingUp,
} from "lucide-preact";
import { Shell } from "../shell/Shell.tsx";
import { FirstSteps } from "./FirstSteps.tsx";
import { FittingBounties } from "./FittingBounties.tsx";
import { GuildNewsList } from "./GuildNewsList.tsx";
import { TodoList } from "./TodoList.tsx";
import { StarMark } from "../shell/StarMark.tsx";
import { UnreadCount } from "./UnreadCount.tsx";

export interface HomeProps extends HomeView {
  frame: Frame;
  recent: (Pick<Conversation, "lastAt" | "lastAuthorId" | "excerpt"> & {
    person: { id: string; handle: string; name: string; picture?: string };
  })[];
  /** The newest unread. */
  waiting: NotificationView[];
  flash: string | null;
}

/** Where somebody begins: what waits, where they belong, what they could do, whom they talk to. */
export function Home(props: HomeProps) {
  const { frame, recent, waiting, flash } = props;
  const reader = usePageReader();
  const { t } = reader;
  const { unread } = frame.inbox;
  return (
    <Shell
      frame={frame}
      title={t("home.title")}
      flash={flash}
      actions={<PhoneLinks />}
    >
      <div class="greeting">
        <h2>{t(greeting(reader), { name: frame.me.name.split(" ")[0]! })}</h2>
        <p>
          {unread === 0
            ? t("home.caughtUp")
            : t("home.waiting", { count: unread })}
        </p>
      </div>
      <nav class="home-links" aria-label={t("home.more")}>
        <a class="chip" href="/leaderboard">{t("nav.leaderboard")}</a>
        <a class="chip" href="/ranks">{t("ranks.title")}</a>
        <a class="chip" href="/disputes">{t("disputes.title")}</a>
        <a class="chip" href="/notifications">{t("nav.notifications")}</a>
      </nav>
      <div class="columns">
        <div>
          {props.steps && <FirstSteps steps={props.steps} />}
          <TodoList todo={props.todo} />
          <GuildNewsList guilds={props.guilds} rooms={frame.rooms} />
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
                : <Conversations items={recent} frame={frame} />}
            </div>
          </section>
        </div>
        <div>
          <FittingBounties fitting={props.fitting} />
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
      </div>
    </Shell>
  );
}

/** What the rail leads to and the bar at the bottom of a phone has no room for. */
function PhoneLinks() {
  const { t } = usePageReader();
  return (
    <span class="phone-links">
      <a class="button quiet" href="/insights">
        <Lightbulb size={16} aria-hidden="true" />
        <span class="button-text">{t("nav.insights")}</span>
      </a>
      <a class="button quiet" href="/trending">
        <TrendingUp size={16} aria-hidden="true" />
        <span class="button-text">{t("nav.trending")}</span>
      </a>
    </span>
  );
}

/** Direct conversations with their last words. */
export function Conversations(
  { items, frame: { me, rooms } }: {
    items: HomeProps["recent"];
    frame: Frame;
  },
) {
  const { t } = usePageReader();
  const roomOf = (person: { id: string }) =>
    rooms.find((room) => room.kind === "dm" && room.subjectId === person.id);
  return (
    <ul class="rows">
      {items.map(({ person, lastAt, lastAuthorId, excerpt }) => (
        <li key={person.id} class="row">
          <Avatar {...person} size={36} />
          <div class="row-main">
            <a class="row-link" href={`/messages/${person.handle}`}>
              {person.name}
            </a>{" "}
            {roomOf(person)?.starred && <StarMark />}
            <p class="row-line">
              {lastAuthorId === me.id
                ? t("messages.you", { text: excerpt })
                : excerpt}
            </p>
          </div>
          <UnreadCount room={roomOf(person)} />
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
