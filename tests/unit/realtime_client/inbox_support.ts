import { Client } from "../../../lib/realtime/client/client.ts";
import {
  Inbox,
  type InboxSnapshot,
} from "../../../lib/realtime/client/inbox.ts";
import type { NotificationItem } from "../../../lib/realtime/client/inbox_state.ts";
import { FakeEnvironment } from "./fake_environment.ts";

const channel = "private-user-ada";

export function item(id: string, more: Partial<NotificationItem> = {}) {
  return {
    id,
    type: "guild_invite",
    emoji: "✉️",
    title: `title of ${id}`,
    body: "",
    link: "/",
    priority: "normal" as const,
    data: {},
    read: false,
    archived: false,
    createdAt: 1,
    ...more,
  };
}

export function world(initial: Partial<InboxSnapshot> = {}) {
  const env = new FakeEnvironment();
  const client = new Client(env, "ws://test/app/key");
  const inbox = new Inbox("ada", {
    unread: 2,
    revision: 10,
    notifications: [item("n3"), item("n2", { read: true }), item("n1")],
    cursor: null,
    position: "1.1.0",
    ...initial,
  });
  const page = { env, client, stores: new Map<string, unknown>() };
  const end = inbox.start(page);
  env.socket.establish();
  env.socket.push({
    event: "pusher_internal:subscription_succeeded",
    channel,
    data: "{}",
    position: "1.1.0",
    recovered: true,
  });
  let seq = 1;
  const tell = (event: string, data: Record<string, unknown>) => {
    const prev = `1.${seq++}.0`;
    const position = `1.${seq}.0`;
    env.socket.push({
      event,
      channel,
      data: JSON.stringify(data),
      position,
      prev,
    });
  };
  const all = inbox.list("all");
  const shown = () =>
    all.items.value.map(({ id, read }) => read ? id : `${id}*`).join(" ");
  return { env, inbox, page, end, tell, all, shown };
}
