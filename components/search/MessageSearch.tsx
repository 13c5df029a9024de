import { Search, SearchX } from "lucide-preact";
import { dayTime, exactTime, usePageReader } from "../../lib/i18n/mod.ts";
import type { MessageHit } from "../../lib/messages/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import { parseChannel } from "../../lib/realtime/mod.ts";
import { Avatar } from "../Avatar.tsx";
import { Empty } from "../Empty.tsx";
import { Notice } from "../forms/Notice.tsx";
import { Shell } from "../shell/Shell.tsx";

export interface MessageSearchProps {
  frame: Frame;
  q: string;
  /** `null` before anything was asked. */
  found: { results: MessageHit[]; cursor: string | null } | null;
  /** What is wrong with the question. */
  failure: string | null;
  /** It is the first page. */
  first: boolean;
}

/** Filters that are a press away; written out, so that people learn to type them. */
const FILTERS = ["from:me", "has:link", "has:code", "has:image", "has:file"];

/** Messages in every room that the reader may see; each leads to its place. */
export function MessageSearch(
  { frame, q, found, failure, first }: MessageSearchProps,
) {
  const { t } = usePageReader();
  const link = (query: string, cursor?: string) =>
    `/search/messages?${new URLSearchParams({
      q: query,
      ...(cursor && { cursor }),
    })}`;
  const words = q.split(/\s+/).filter(Boolean);
  return (
    <Shell frame={frame} title={t("search.messages")} narrow>
      <form
        class="search-form"
        role="search"
        action="/search/messages"
        method="get"
      >
        <Search size={17} aria-hidden="true" />
        <input
          class="input"
          type="search"
          name="q"
          value={q}
          aria-label={t("search.messagesLabel")}
          aria-describedby="search-filters"
          placeholder={t("search.messagesLabel")}
          maxLength={200}
          autoFocus={q === ""}
          autoComplete="off"
        />
        <button type="submit" class="button primary">
          {t("search.submit")}
        </button>
      </form>
      <div class="chips search-filters">
        {FILTERS.map((filter) => {
          const on = words.includes(filter);
          const next = on
            ? words.filter((word) => word !== filter)
            : [...words, filter];
          return (
            <a
              key={filter}
              class={on ? "chip accent" : "chip"}
              href={link(next.join(" "))}
              aria-current={on ? "true" : "false"}
            >
              {filter}
            </a>
          );
        })}
        <a class="chip" href={`/search?${new URLSearchParams({ q })}`}>
          {t("search.elsewhere")}
        </a>
      </div>
      <p id="search-filters" class="search-hint">{t("search.filters")}</p>
      {failure && <Notice tone="bad">{failure}</Notice>}
      {found && found.results.length === 0 && (
        <div class="card">
          <Empty
            icon={<SearchX size={22} strokeWidth={1.6} aria-hidden="true" />}
            title={t("search.messagesNone")}
            body={t("search.messagesNoneBody")}
          />
        </div>
      )}
      {found && found.results.length > 0 && (
        <ol class="card rows message-hits">
          {found.results.map((hit) => <Hit key={hit.message.id} hit={hit} />)}
        </ol>
      )}
      {found && (found.cursor !== null || !first) && (
        <div class="form-actions search-pages">
          {!first && <a class="button" href={link(q)}>{t("search.first")}</a>}
          {found.cursor !== null && (
            <a class="button" href={link(q, found.cursor)}>
              {t("search.older")}
            </a>
          )}
        </div>
      )}
    </Shell>
  );
}

function Hit({ hit }: { hit: MessageHit }) {
  const reader = usePageReader();
  const { message, room, snippet } = hit;
  return (
    <li class="row">
      <Avatar
        id={message.authorId}
        name={message.author.name}
        size={28}
      />
      <div class="row-main">
        <div class="message-hit-head">
          <strong>{message.author.name}</strong>
          <span>{room.name}</span>
          <time
            dateTime={new Date(message.sentAt).toISOString()}
            title={exactTime(message.sentAt, reader)}
          >
            {dayTime(message.sentAt, reader)}
          </time>
        </div>
        <a
          class="row-link message-hit-text"
          href={`${pathOf(room)}?message=${message.id}`}
        >
          {snippet.length === 0 ? message.content : snippet.map((
            { text, hit },
            i,
          ) => hit ? <mark key={i}>{text}</mark> : text)}
        </a>
      </div>
    </li>
  );
}

function pathOf({ channel, handle }: MessageHit["room"]): string {
  const subject = parseChannel(channel)?.subject;
  if (subject?.kind === "guild") return `/guilds/${subject.guildId}`;
  if (subject?.kind === "dispute") return `/disputes/${subject.disputeId}`;
  return `/messages/${handle}`;
}
