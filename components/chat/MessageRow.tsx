import { useChatReader } from "../../lib/i18n/live_chat.ts";
import { clockTime } from "../../lib/i18n/day.ts";
import { exactTime } from "../../lib/i18n/time.ts";
import type { ChatItem } from "../../lib/realtime/client/messages.ts";
import { Avatar } from "../Avatar.tsx";
import { MessageText } from "./MessageText.tsx";

export interface MessageRowProps {
  item: ChatItem;
  /** With name and avatar: the first of its author's. */
  head: boolean;
  /** The browser is not connected: what is being sent waits. */
  waiting?: boolean;
  /** In the order of the Tab key: one row of a list is. */
  tabbable?: boolean;
  retry?: (clientId: string) => void;
  discard?: (clientId: string) => void;
}

export function MessageRow(props: MessageRowProps) {
  const { item, head, waiting, tabbable, retry, discard } = props;
  const reader = useChatReader();
  const { t } = reader;
  const name = item.author?.name ?? t("chat.someone");
  const time = (
    <time
      dateTime={new Date(item.sentAt).toISOString()}
      title={exactTime(item.sentAt, reader)}
    >
      {clockTime(item.sentAt, reader)}
    </time>
  );
  const kind = `message${head ? " head" : ""} ${item.state}`;
  return (
    <article
      class={kind}
      data-key={item.key}
      data-message-id={item.id}
      data-state={item.state}
      aria-label={head ? undefined : name}
      tabIndex={tabbable === undefined ? undefined : tabbable ? 0 : -1}
    >
      <div class="message-gutter">
        {head ? <Avatar id={item.authorId} name={name} size={36} /> : time}
      </div>
      <div>
        {head && (
          <div class="message-meta">
            {item.author
              ? (
                <a
                  class="message-author"
                  href={`/people/${item.author.handle}`}
                >
                  {name}
                </a>
              )
              : <span class="message-author">{name}</span>}
            {time}
          </div>
        )}
        <MessageText content={item.content} />
        {item.editedAt && <div class="message-state">{t("chat.edited")}</div>}
        {item.state === "sending" && (
          <div class="message-state">
            {t(waiting ? "chat.waiting" : "chat.sending")}
          </div>
        )}
        {item.state === "failed" && (
          <div class="message-state">
            <span>{t("chat.failed")} {item.error}</span>
            <button type="button" onClick={() => retry?.(item.key)}>
              {t("chat.retry")}
            </button>
            <button type="button" onClick={() => discard?.(item.key)}>
              {t("chat.discard")}
            </button>
          </div>
        )}
      </div>
    </article>
  );
}
