import { useEffect, useState } from "preact/hooks";
import type { Status, StatusState } from "../../lib/status/types.ts";
import { call } from "../../lib/realtime/client/api.ts";
import { useChannelEvent } from "../../lib/realtime/client/hooks/channel.ts";
import { getPage } from "../../lib/realtime/client/page.ts";

/** Milliseconds of silence on all devices after which somebody who is here counts as idle. */
const IDLE_AFTER = 10 * 60_000;
/** Milliseconds after which what time alone changes is looked at again. */
const LOOK = 60_000;

/** How somebody can be reached at this moment: being idle and the end of a status come with time alone. */
export function stateNow(status: Status, now: number): StatusState {
  const { state, until, activeAt } = status;
  const over = until !== null && until <= now;
  if (state === "dnd" && !over) return "dnd";
  if (state === "offline") return "offline";
  return activeAt !== null && now - activeAt > IDLE_AFTER ? "idle" : "online";
}

/** What somebody says about themselves, while it holds. */
export function saysNow(
  { text, emoji, until }: Status,
  now: number,
): { text: string; emoji: string } | null {
  const over = until !== null && until <= now;
  return over || (text === "" && emoji === "") ? null : { text, emoji };
}

/** User id → status of the people of a room, live; empty until it is known. */
export function useStatuses(channel: string): ReadonlyMap<string, Status> {
  const [statuses, set] = useState<ReadonlyMap<string, Status>>(new Map());
  const [, look] = useState(0);
  useEffect(() => {
    let current = true;
    const path = `/api/channels/${encodeURIComponent(channel)}/statuses`;
    call(getPage().env, "GET", path).then(({ statuses: list }) => {
      if (!current || !Array.isArray(list)) return;
      set(new Map((list as Status[]).map((one) => [one.userId, one])));
    }, () => {});
    const timer = setInterval(() => look((n) => n + 1), LOOK);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [channel]);
  useChannelEvent<Status>(
    channel,
    "user:status",
    (status) => set((known) => new Map(known).set(status.userId, status)),
  );
  return statuses;
}
