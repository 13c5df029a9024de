import { useEffect, useState } from "preact/hooks";
import type { Status, StatusState } from "../../lib/status/types.ts";
import { call } from "../../lib/realtime/client/api.ts";
import { getClient, getPage } from "../../lib/realtime/client/page.ts";

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
    let leave = () => {};
    const path = `/api/channels/${encodeURIComponent(channel)}/statuses`;
    const follow = (since?: string) => {
      leave();
      leave = getClient().subscribe(channel, {
        since,
        onEvent({ event, data }) {
          if (event !== "user:status") return;
          const status = data as Status;
          set((known) => new Map(known).set(status.userId, status));
        },
        onExpired: () => void load(),
      });
    };
    const load = async () => {
      const answer = await call(getPage().env, "GET", path).catch(() => null);
      if (!current) return;
      if (!Array.isArray(answer?.statuses)) return follow();
      const list = answer.statuses as Status[];
      set(new Map(list.map((one) => [one.userId, one])));
      // From where the answer was made: what was told until this is heard comes first, and what is older never.
      follow(String(answer.position));
    };
    void load();
    const timer = setInterval(() => look((n) => n + 1), LOOK);
    return () => {
      current = false;
      leave();
      clearInterval(timer);
    };
  }, [channel]);
  return statuses;
}
