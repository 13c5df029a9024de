import { MessageSquareText } from "lucide-preact";
import ThreadBar from "../../islands/ThreadBar.tsx";
import ThreadsNews from "../../islands/ThreadsNews.tsx";
import { usePageReader } from "../../lib/i18n/mod.ts";
import { exactTime, relativeTime } from "../../lib/i18n/time.ts";
import type { PlacedMessage, ThreadEntry } from "../../lib/messages/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import { Avatar } from "../Avatar.tsx";
import { MessageText } from "../chat/MessageText.tsx";
import { Empty } from "../Empty.tsx";
import { Shell } from "../shell/Shell.tsx";

export interface ThreadsPageProps {
  frame: Frame;
  threads: ThreadEntry[];
}

/** The threads that somebody follows, those with something unread first. */
export function ThreadsPage({ frame, threads }: ThreadsPageProps) {
  const { t } = usePageReader();
  const shown = Object.fromEntries(
    threads.map(({ state }) => [state.parentId, state.unread]),
  );
  return (
    <Shell frame={frame} title={t("threads.title")} narrow>
      <ThreadsNews shown={shown} />
      {threads.length === 0
        ? (
          <div class="card">
            <Empty
              icon={
                <MessageSquareText
                  size={22}
                  strokeWidth={1.6}
                  aria-hidden="true"
                />
              }
              title={t("threads.none")}
              body={t("threads.noneBody")}
            />
          </div>
        )
        : (
          <ul class="threads">
            {threads.map((entry) => (
              <li key={entry.state.parentId}>
                <Thread entry={entry} />
              </li>
            ))}
          </ul>
        )}
    </Shell>
  );
}

function Thread({ entry }: { entry: ThreadEntry }) {
  const { t } = usePageReader();
  const { parent, replies, room, state, firstUnreadId } = entry;
  const at = firstUnreadId ?? replies.at(-1)?.id ?? parent.id;
  const more = (parent.thread?.count ?? 0) -
    replies.filter(({ deleted }) => !deleted).length;
  return (
    <article class="card thread-card" aria-labelledby={`thread-${parent.id}`}>
      <h2 id={`thread-${parent.id}`}>
        <a href={room.path}>{room.name}</a>
      </h2>
      <Line message={parent} />
      {more > 0 && (
        <p class="thread-more">{t("chat.replies", { count: more })} …</p>
      )}
      <div class="thread-replies">
        {replies.map((reply) => <Line key={reply.id} message={reply} />)}
      </div>
      <ThreadBar initial={state} href={`${room.path}?message=${at}`} />
    </article>
  );
}

/** Code, which can be copied and is coloured, or an emoji's name: `ThreadsNews` brings them to life. */
const LIVELY = /```|~~~|^ {4}|:[\w+-]+:/m;

function Line({ message }: { message: PlacedMessage }) {
  const reader = usePageReader();
  const { author, authorId, content, deleted, sentAt } = message;
  return (
    <div class="thread-message">
      <Avatar
        id={authorId}
        name={author.name}
        picture={author.picture}
        size={24}
      />
      <div>
        <p class="message-meta">
          <a class="message-author" href={`/people/${author.handle}`}>
            {author.name}
          </a>
          <time
            dateTime={new Date(sentAt).toISOString()}
            title={exactTime(sentAt, reader)}
          >
            {relativeTime(sentAt, reader.now(), reader)}
          </time>
        </p>
        {deleted
          ? <p class="tombstone">{reader.t("chat.deleted")}</p>
          : (
            <div data-words={LIVELY.test(content) ? content : undefined}>
              <MessageText content={content} />
            </div>
          )}
      </div>
    </div>
  );
}
