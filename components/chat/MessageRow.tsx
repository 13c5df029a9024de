import { useState } from "preact/hooks";
import { useChatReader } from "../../lib/i18n/live_chat.ts";
import { clockTime } from "../../lib/i18n/day.ts";
import { exactTime } from "../../lib/i18n/time.ts";
import type { ChatItem } from "../../lib/realtime/client/messages.ts";
import { Avatar } from "../Avatar.tsx";
import { Glyph } from "../Glyph.tsx";
import { Attachments } from "./Attachments.tsx";
import { blocked } from "./blocked.ts";
import { EditPlace } from "./EditPlace.tsx";
import { PIN } from "./glyphs.ts";
import { MessageText } from "./MessageText.tsx";
import { MessageTools } from "./MessageTools.tsx";
import { QuoteBlock } from "./QuoteBlock.tsx";
import { Reactions } from "./Reactions.tsx";
import { useRoomTools } from "./room_tools.ts";
import { ThreadLine } from "./ThreadLine.tsx";

export interface MessageRowProps {
  item: ChatItem;
  /** With name and avatar: the first of its author's. */
  head: boolean;
  /** The browser is not connected: what is being sent waits. */
  waiting?: boolean;
  /** In the order of the Tab key: one row of a list is. */
  tabbable?: boolean;
}

/** A message with everything that belongs to it. */
export function MessageRow({ item, head, waiting, tabbable }: MessageRowProps) {
  const reader = useChatReader();
  const { t } = reader;
  const tools = useRoomTools();
  const name = item.author?.name ?? t("chat.someone");
  const editing = tools !== null && tools.editing.value === item.id;
  const [opened, setOpened] = useState(false);
  const hidden = !opened && blocked.value.has(item.authorId);
  const found = tools !== null && tools.found.value === item.id;
  const time = (
    <time
      dateTime={new Date(item.sentAt).toISOString()}
      title={exactTime(item.sentAt, reader)}
    >
      {clockTime(item.sentAt, reader)}
    </time>
  );
  const picture = (
    <Avatar
      id={item.authorId}
      name={name}
      picture={item.author?.picture}
      size={36}
    />
  );
  const kind = [
    "message",
    head && "head",
    item.state,
    item.pinned && "pinned",
    editing && "editing",
    found && "found",
  ].filter(Boolean).join(" ");
  return (
    <article
      class={kind}
      data-key={item.key}
      data-row={item.key}
      data-message-id={item.id}
      data-state={item.state}
      aria-label={head ? undefined : name}
      tabIndex={tabbable === undefined ? undefined : tabbable ? 0 : -1}
    >
      <div class="message-gutter">
        {head
          ? item.author
            ? (
              // The name beside it is the same link, for keys and screen readers.
              <a
                href={`/people/${item.author.handle}`}
                data-person={item.author.handle}
                tabIndex={-1}
                aria-hidden="true"
              >
                {picture}
              </a>
            )
            : picture
          : time}
      </div>
      <div class="message-body">
        {item.pinned && (
          <div class="message-mark">
            <Glyph d={PIN} size={12} /> {t("chat.pinned")}
          </div>
        )}
        {head && (
          <div class="message-meta">
            {item.author
              ? (
                <a
                  class="message-author"
                  href={`/people/${item.author.handle}`}
                  data-user={item.authorId}
                  data-person={item.author.handle}
                >
                  {name}
                </a>
              )
              : <span class="message-author">{name}</span>}
            {time}
          </div>
        )}
        {item.quote && <QuoteBlock quote={item.quote} />}
        {editing
          ? (
            <EditPlace item={item}>
              <MessageText content={item.content} />
            </EditPlace>
          )
          : item.deleted
          ? (
            <p class="tombstone">
              {t(
                item.deleted.byId === item.authorId
                  ? "chat.deleted"
                  : "chat.deletedByOfficer",
              )}
            </p>
          )
          : hidden
          ? (
            <p class="tombstone">
              {t("chat.hidden")}{" "}
              <button
                type="button"
                class="link-button"
                onClick={() => setOpened(true)}
              >
                {t("chat.showHidden")}
              </button>
            </p>
          )
          : item.content !== "" && <MessageText content={item.content} />}
        {!hidden && item.attachments && item.attachments.length > 0 && (
          <Attachments channel={item.channel} files={item.attachments} />
        )}
        {item.editedAt && !item.deleted && !editing && (
          <Edited item={item} at={item.editedAt} />
        )}
        {item.state === "sent" && <Reactions item={item} />}
        {item.thread && <ThreadLine item={item} thread={item.thread} />}
        <Sending item={item} waiting={waiting} />
      </div>
      {tools && item.state === "sent" && <MessageTools item={item} />}
    </article>
  );
}

/** "edited": leads to what it was before, for those who may see it. */
function Edited({ item, at }: { item: ChatItem; at: number }) {
  const reader = useChatReader();
  const tools = useRoomTools();
  const title = exactTime(at, reader);
  return (
    <div class="message-state" title={title}>
      {tools
        ? (
          <button
            type="button"
            tabIndex={-1}
            onClick={(event) => tools.act("history", item, event.currentTarget)}
          >
            {reader.t("chat.edited")}
          </button>
        )
        : reader.t("chat.edited")}
    </div>
  );
}

/** What becomes of a message that has not arrived yet, or of a change to one. */
function Sending({ item, waiting }: { item: ChatItem; waiting?: boolean }) {
  const { t } = useChatReader();
  const tools = useRoomTools();
  if (item.state === "sending") {
    return (
      <div class="message-state">
        {t(waiting ? "chat.waiting" : "chat.sending")}
      </div>
    );
  }
  if (item.state !== "failed") return null;
  return (
    <div class="message-state">
      <span>{t("chat.failed")} {item.error}</span>
      <button type="button" onClick={() => tools?.retry(item)}>
        {t("chat.retry")}
      </button>
      <button type="button" onClick={() => tools?.discard(item)}>
        {t("chat.discard")}
      </button>
    </div>
  );
}
