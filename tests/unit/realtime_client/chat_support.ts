import { Chat, type ChatSnapshot } from "../../../lib/realtime/client/chat.ts";
import { Client } from "../../../lib/realtime/client/client.ts";
import type { Message } from "../../../lib/realtime/client/messages.ts";
import { FakeEnvironment } from "./fake_environment.ts";

export const channel = "guild-1";

export const me = { id: "ada", handle: "ada", name: "Ada" };

export function message(id: string, more: Partial<Message> = {}): Message {
  return {
    id,
    channel,
    authorId: "ben",
    content: `text of ${id}`,
    sentAt: 1,
    clientId: null,
    ...more,
  };
}

export function world(initial: Partial<ChatSnapshot> = {}) {
  const env = new FakeEnvironment();
  const client = new Client(env, "ws://test/app/key");
  const page = { env, client, stores: new Map<string, unknown>() };
  const chat = new Chat({
    channel,
    me,
    initial: { messages: [], before: null, position: "1.1.0", ...initial },
  });
  const end = chat.start(page);
  env.socket.establish();
  let seq = 1;
  const subscribed = (extra: Record<string, unknown> = { recovered: true }) =>
    env.socket.push({
      event: "pusher_internal:subscription_succeeded",
      channel,
      data: "{}",
      position: `1.${seq}.0`,
      ...extra,
    });
  /** The connection was away for longer than the log goes back. */
  const expired = () => {
    env.socket.drop();
    env.advance(1_000);
    env.socket.establish();
    seq += 900;
    subscribed({});
  };
  const tell = (event: string, data: unknown) => {
    const prev = `1.${seq++}.0`;
    env.socket.push({
      event,
      channel,
      data: JSON.stringify(data),
      position: `1.${seq}.0`,
      prev,
    });
  };
  subscribed();
  const shown = () =>
    chat.messages.value.map((item) =>
      item.state === "sent" ? item.content : `${item.content} (${item.state})`
    );
  return { env, client, page, chat, end, subscribed, expired, tell, shown };
}
