import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ChannelEvent, ChannelState, Refusal } from "../feed.ts";
import type { Members } from "../members.ts";
import { getClient } from "../page.ts";
import { useLatest } from "./latest.ts";

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
