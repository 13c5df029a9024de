import { useEffect, useState } from "preact/hooks";
import { call } from "../../lib/realtime/client/api.ts";
import type { ChannelEvent } from "../../lib/realtime/client/feed.ts";
import { getPage } from "../../lib/realtime/client/page.ts";
import { Watching } from "../../lib/realtime/client/watching.ts";
import type { Status, StatusState } from "../../lib/status/types.ts";
import { reachNow, watched } from "../people/watched.ts";

/** Milliseconds after which what time alone changes (idle, the end of a status) is looked at again. */
const LOOK = 60_000;

/** How the people of the rail can be reached, by user id; and what hears the events of the rooms. */
export function usePresences(wanted: boolean): {
  of: (userId: string) => StatusState | undefined;
  hear: (event: ChannelEvent) => void;
} {
  const [statuses, set] = useState<ReadonlyMap<string, Status>>(new Map());
  const [, look] = useState(0);
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    const page = getPage();
    call(page.env, "GET", "/api/me/statuses").then(({ statuses: list }) => {
      if (!current || !Array.isArray(list)) return;
      const told = (list as Status[]).map((one) => [one.userId, one] as const);
      // What was told meanwhile is newer.
      set((known) => new Map([...told, ...known]));
    }, () => {});
    const end = new Watching(page, (online) => watched.value = online).start();
    const timer = setInterval(() => look((n) => n + 1), LOOK);
    return () => {
      current = false;
      end();
      clearInterval(timer);
    };
  }, [wanted]);
  return {
    of: (userId) =>
      reachNow(statuses.get(userId), watched.value.get(userId), Date.now()),
    hear: ({ event, data }) => {
      if (event !== "user:status") return;
      const status = data as Status;
      set((known) => new Map(known).set(status.userId, status));
    },
  };
}
