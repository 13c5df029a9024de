import { type Signal, useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { ChatReader } from "../../lib/i18n/live_chat.ts";
import { call, failureOf } from "../../lib/realtime/client/api.ts";
import type { Chat } from "../../lib/realtime/client/chat.ts";
import { useLatest } from "../../lib/realtime/client/hooks/latest.ts";
import {
  editMessage,
  pinMessage,
  setReaction,
} from "../../lib/realtime/client/message_actions.ts";
import type { ChatItem, Me } from "../../lib/realtime/client/messages.ts";
import { getPage } from "../../lib/realtime/client/page.ts";
import type { RoomReading } from "../../lib/realtime/client/room_reading.ts";
import { toasts } from "../toasts/stack.ts";
import { blocked, noteBlocked } from "./blocked.ts";
import { panel, question } from "./room_state.ts";
import type { Act, Rights, RoomTools } from "./room_tools.ts";

/** A menu or picker that is open: for which message, beside what. */
export type Open =
  | { kind: "menu"; item: ChatItem; at: HTMLElement }
  | { kind: "emoji"; at: HTMLElement; pick: (emoji: string) => void }
  | { kind: "person"; at: HTMLElement; handle: string }
  | null;

export interface ToolsOptions {
  me: Me;
  chat: Chat;
  /** Every list that may show the message: the room's, and the open thread's. */
  lists: () => Chat[];
  kind: RoomTools["kind"];
  rights: Rights;
  reading: RoomReading;
  /** Address of the room's page. */
  path: string;
  t: ChatReader["t"];
  quote: (item: ChatItem) => void;
  show: (id: string) => void;
  nameOf: (userId: string) => string | undefined;
}

/** Says that something could not be done, in the server's words. */
export function complain(t: ChatReader["t"], error: unknown): void {
  const { message } = failureOf(error);
  toasts.show({
    key: "chat failure",
    title: t("chat.notDone"),
    body: message,
    tone: "bad",
  });
}

/** What the rows of a room can do, and which menu of theirs is open. */
export function useTools(
  options: ToolsOptions,
): { tools: RoomTools; open: Signal<Open> } {
  const latest = useLatest(options);
  const active = useSignal<string | null>(null);
  const editing = useSignal<string | null>(null);
  const found = useSignal<string | null>(null);
  const open = useSignal<Open>(null);
  const { me, chat, kind, rights } = options;
  const shared = useMemo(() => {
    const now = () => latest.current;
    const attempt = async (run: () => Promise<unknown>) => {
      try {
        await run();
      } catch (error) {
        complain(now().t, error);
      }
    };
    const say = (title: string) => toasts.show({ key: "chat said", title });
    const copy = (text: string, done: string) =>
      navigator.clipboard.writeText(text)
        .then(() => say(done), () => say(now().t("chat.notCopied")));
    const env = () => getPage().env;
    const toggle = (item: ChatItem, emoji: string) => {
      const on = !item.reactions?.some((one) =>
        one.emoji === emoji && one.userIds.includes(me.id)
      );
      void attempt(() =>
        setReaction(env(), now().lists(), item, emoji, on, me.id)
      );
    };
    const acts: Record<Act, (item: ChatItem, at: HTMLElement) => void> = {
      react: (item, at) => {
        const pick = (emoji: string) => toggle(item, emoji);
        open.value = { kind: "emoji", at, pick };
      },
      reply: ({ id }) => panel.value = { kind: "thread", id },
      quote: (item) => now().quote(item),
      forward: (item) => question.value = { kind: "forward", item },
      edit: ({ id }) => editing.value = id,
      delete: (item) => question.value = { kind: "delete", item },
      pin: (item) =>
        void attempt(() =>
          pinMessage(env(), now().lists(), item, !item.pinned, me.id)
        ),
      copy: ({ content }) => void copy(content, now().t("chat.copied")),
      copyLink: ({ id }) => {
        const url = new URL(now().path, location.origin);
        url.searchParams.set("message", id);
        void copy(url.href, now().t("chat.linkCopied"));
      },
      unread: ({ id, position }) =>
        void attempt(() => now().reading.markUnread(id, position)),
      readers: (item) => question.value = { kind: "readers", item },
      history: (item) => question.value = { kind: "history", item },
      report: (item) => question.value = { kind: "report", item },
      mute: ({ authorId, author }) => {
        const name = author?.name ?? now().t("chat.someone");
        question.value = { kind: "mute", userId: authorId, name };
      },
      block: ({ authorId, author }) => {
        if (blocked.peek().has(authorId)) {
          return void attempt(async () => {
            const path = `/api/me/blocks/${encodeURIComponent(authorId)}`;
            await call(env(), "DELETE", path);
            noteBlocked(authorId, false);
          });
        }
        const name = author?.name ?? now().t("chat.someone");
        question.value = { kind: "block", userId: authorId, name };
      },
    };
    return {
      toggle,
      act: (what: Act, item: ChatItem, at: HTMLElement) => acts[what](item, at),
      save: (item: ChatItem, content: string) =>
        void attempt(() => editMessage(env(), now().lists(), item, content)),
      openMenu: (item: ChatItem, at: HTMLElement) => {
        open.value = { kind: "menu", item, at };
      },
      openThread: (id: string) => panel.value = { kind: "thread", id },
      show: (id: string) => now().show(id),
      retry: ({ key }: ChatItem) => chat.retry(key),
      discard: ({ key }: ChatItem) => chat.discard(key),
      nameOf: (userId: string) => now().nameOf(userId),
    };
  }, [chat, me.id]);
  const tools = useMemo(
    () => ({
      ...shared,
      me,
      kind,
      rights,
      channel: chat.channel,
      active,
      editing,
      found,
    }),
    [shared, kind, rights],
  );
  return { tools, open };
}
