import { type ReadonlySignal, type Signal, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Chat, type ChatOptions } from "./chat.ts";
import type { ConnectionState } from "./connection.ts";
import type { ChannelEvent, ChannelState, Refusal } from "./feed.ts";
import { Inbox, type InboxSnapshot } from "./inbox.ts";
import type { NotificationItem } from "./inbox_state.ts";
import type { Members } from "./members.ts";
import { getClient, getPage, shared } from "./page.ts";
import { Typing } from "./typing.ts";

/** The handler of the latest rendering, under one name for as long as the component lives. */
function useLatest<T>(value: T): { current: T } {
  const ref = useRef(value);
  ref.current = value;
  return ref;
}

/** The state of the page's connection, and the server's words when it refused. */
export function useConnection(): {
  state: Signal<ConnectionState>;
  reason: Signal<string | null>;
  /** Tries now, instead of waiting or after it has given up. */
  connect(): void;
} {
  const state = useSignal<ConnectionState>("connecting");
  const reason = useSignal<string | null>(null);
  useEffect(() => {
    const client = getClient();
    const ends = [
      client.state.subscribe((now) => {
        state.value = now;
      }),
      client.reason.subscribe((now) => {
        reason.value = now;
      }),
    ];
    return () => ends.forEach((end) => end());
  }, []);
  return { state, reason, connect: () => getClient().connect() };
}

/** Where the snapshot was read that the component shows, and who is told when it cannot be brought up to date. */
export interface ChannelOptions {
  since?: string;
  /** Every event of the channel, each once, in order. */
  onEvent?: (event: ChannelEvent) => void;
  /** Load the snapshot again. */
  onExpired?: () => void;
}

/** Subscribes while the component is there. `null` subscribes to nothing. */
export function useChannel(
  channel: string | null,
  options: ChannelOptions = {},
): {
  state: Signal<ChannelState>;
  refusal: Signal<Refusal | null>;
  /** Who is there, on presence channels. */
  members: Signal<Members>;
} {
  const latest = useLatest(options);
  const state = useSignal<ChannelState>("subscribing");
  const refusal = useSignal<Refusal | null>(null);
  const members = useSignal<Members>(new Map());
  useEffect(() => {
    if (channel === null) return;
    return getClient().subscribe(channel, {
      since: latest.current.since,
      onEvent: (event) => latest.current.onEvent?.(event),
      onExpired: () => latest.current.onExpired?.(),
      onState: (now, why) => {
        state.value = now;
        refusal.value = why;
      },
      onMembers: (now) => {
        members.value = now;
      },
    });
  }, [channel]);
  return { state, refusal, members };
}

/** Calls `handler` with the data of each such event while the component is there. */
export function useChannelEvent<T = unknown>(
  channel: string | null,
  event: string,
  handler: (data: T, event: ChannelEvent) => void,
): void {
  const latest = useLatest(handler);
  useEffect(() => {
    if (channel === null) return;
    return getClient().subscribe(channel, {
      onEvent(one) {
        if (one.event === event) latest.current(one.data as T, one);
      },
    });
  }, [channel, event]);
}

/** A channel's messages: what the server rendered, kept up to date, with what is being sent. */
export function useChatMessages(options: ChatOptions): Chat {
  const { channel, me } = options;
  const chat = useMemo(() => new Chat(options), [channel, me.id]);
  useEffect(() => chat.start(getPage()), [chat]);
  return chat;
}

/** Who else is typing, and how to tell that one types oneself. */
export function useTypingIndicators(
  channel: string,
  me: { id: string },
): {
  typing: ReadonlySignal<string[]>;
  notifyTyping(): void;
  /** What was typed has been sent. */
  doneTyping(): void;
} {
  const store = useMemo(() => new Typing(channel, me.id), [channel, me.id]);
  useEffect(() => store.start(getPage()), [store]);
  return {
    typing: store.names,
    notifyTyping: () => store.notify(),
    doneTyping: () => store.done(),
  };
}

/** On the server every request has its own; in the browser all islands of a page share one. */
function inboxOf(userId: string, initial: InboxSnapshot): Inbox {
  const make = () => new Inbox(userId, initial);
  return typeof document === "undefined"
    ? make()
    : shared(getPage(), `inbox ${userId}`, make);
}

/** Somebody's notifications. `onNew` is called with each that comes while the component is there. */
export function useNotifications(options: {
  me: { id: string };
  initial: InboxSnapshot;
  onNew?: (item: NotificationItem) => void;
}): Inbox {
  const { me, initial } = options;
  const inbox = useMemo(() => {
    const inbox = inboxOf(me.id, initial);
    inbox.adopt(initial);
    return inbox;
  }, [me.id]);
  const latest = useLatest(options.onNew);
  useEffect(() => {
    const stop = inbox.start(getPage());
    const end = inbox.onNew((item) => latest.current?.(item));
    return () => {
      end();
      stop();
    };
  }, [inbox]);
  return inbox;
}
