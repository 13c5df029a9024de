import type { Quote } from "../../lib/messages/types.ts";
import type { ChatItem } from "../../lib/realtime/client/messages.ts";

const EXCERPT = 280;

/** A message as it is shown when it is quoted, until the server has made its own snapshot. */
export function quoteOf(item: ChatItem): Quote {
  const { id, channel, authorId, sentAt } = item;
  const { handle = "", name = "" } = item.author ?? {};
  return {
    id,
    channel,
    authorId,
    author: { handle, name },
    excerpt: item.content.replace(/\s+/g, " ").slice(0, EXCERPT),
    sentAt,
  };
}
