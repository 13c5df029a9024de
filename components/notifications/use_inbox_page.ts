import { useEffect, useRef } from "preact/hooks";
import type { NotificationInboxProps } from "../../islands/NotificationInbox.tsx";
import { useNotifications } from "../../lib/realtime/client/hooks/notifications.ts";
import type { Inbox } from "../../lib/realtime/client/mod.ts";
import { useFirstSign } from "../use_first_sign.ts";
import { holdPresses } from "../hold_presses.ts";

/** Where the server draws the list. */
export const LIST_ID = "inbox-page";

/**
 * The inbox of the notifications' page. Its list is drawn by the server and works as it is: links lead on, buttons post.
 * What makes it live is half as much script as all the rest of the page, so it comes when it is wanted: somebody points
 * at the list, does anything at all, or something in the inbox changes.
 */
export function useInboxPage(props: NotificationInboxProps): Inbox {
  const { me, initial, filter, paged } = props;
  const { unread: count, revision, notifications, cursor } = initial;
  const whole = filter === "all" && !paged;
  // Only the first page of everything is what the page's other islands may build on.
  const inbox = useNotifications({
    me,
    initial: whole ? initial : { unread: count, revision },
  });
  const wanted = useRef(() => {});
  useEffect(() => {
    const place = document.getElementById(LIST_ID)!;
    let begun = false;
    const presses = holdPresses(place, () => wanted.current());
    wanted.current = () => {
      if (begun) return;
      begun = true;
      import("./InboxPageList.tsx").then(({ showList }) => {
        showList(place, {
          inbox,
          filter,
          rendered: whole ? undefined : notifications,
          cursor,
        });
        presses.release();
      }, () => {
        // Without a network: the next wish may have one, and buttons still post.
        begun = false;
        presses.release();
      });
    };
    const want = () => wanted.current();
    place.addEventListener("pointerover", want, { once: true });
    place.addEventListener("focusin", want, { once: true });
  }, []);
  useFirstSign(() => wanted.current());
  const { value } = inbox.revision;
  const unread = inbox.unread.value;
  const before = useRef({ value, unread });
  useEffect(() => {
    const known = before.current;
    if (known.value !== value || known.unread !== unread) wanted.current();
  }, [value, unread]);
  return inbox;
}
