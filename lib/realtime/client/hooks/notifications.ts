import { useEffect, useMemo } from "preact/hooks";
import { Inbox, type InboxSnapshot } from "../inbox.ts";
import type { NotificationItem } from "../inbox_state.ts";
import { getPage, shared } from "../page.ts";
import { useLatest } from "./latest.ts";

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
