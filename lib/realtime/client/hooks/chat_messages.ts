import { useEffect, useMemo } from "preact/hooks";
import { Chat, type ChatOptions } from "../chat.ts";
import { getPage } from "../page.ts";

/** A channel's messages: what the server rendered, kept up to date, with what is being sent. */
export function useChatMessages(options: ChatOptions): Chat {
  const { channel, me } = options;
  const chat = useMemo(() => new Chat(options), [channel, me.id]);
  useEffect(() => chat.start(getPage()), [chat]);
  return chat;
}
