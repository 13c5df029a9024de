import { useEffect, useRef, useState } from "preact/hooks";
import type { RoomReading } from "../../lib/realtime/client/room_reading.ts";
import {
  newestSent,
  type Readable,
  type Seen,
  seenUpTo,
  unseenAfter,
} from "./reading.ts";

export interface Reading<R> {
  /** Key of the first message of the part that is new to the reader; the "new" line stands before it. */
  fresh: string | null;
  /** New messages below what is in view. */
  unseen: number;
  /** The newest ones by others that came while the page was open, for the screen reader. */
  arrived: R[];
  /** The reader answered, so has read: the line goes. */
  clear: () => void;
}

/** More than three at once are a stream that nobody can listen to. */
const SPOKEN = 3;

/** Follows what the reader has seen, from where they had read to on whichever device. */
export function useReading<R extends Readable>(
  items: readonly R[],
  atBottom: boolean,
  me: string,
  room: RoomReading,
): Reading<R> {
  const seen = useRef<Seen | null>(null);
  const told = useRef<Seen | null>(null);
  const started = useRef(false);
  const [fresh, setFresh] = useState<string | null>(null);
  const [unseen, setUnseen] = useState(0);
  const [arrived, setArrived] = useState<R[]>([]);
  const visible = useVisible();
  const mark = room.state.value?.position ?? null;
  const first = room.firstUnread.value?.id;
  const firstKey = first === undefined
    ? undefined
    : items.find(({ id }) => id === first)?.key;

  useEffect(() => {
    if (firstKey !== undefined) setFresh(firstKey);
  }, [firstKey]);

  useEffect(() => {
    const newest = newestSent(items);
    if (!started.current) {
      started.current = true;
      seen.current = seenUpTo(items, mark);
      told.current = newest;
    } else {
      // Read further on another device.
      const elsewhere = seenUpTo(items, mark);
      if (elsewhere && elsewhere.sentAt > (seen.current?.sentAt ?? 0)) {
        seen.current = elsewhere;
      }
    }
    const news = unseenAfter(items, told.current, me);
    if (news.length > 0) setArrived(news.slice(-SPOKEN));
    told.current = newest ?? told.current;

    const waiting = unseenAfter(items, seen.current, me);
    // Pages that are loaded around a first unread message are history, not news: the line stays with that message.
    if (waiting.length > 0 && unseen === 0 && first === undefined) {
      setFresh(waiting[0]!.key);
    }
    if (atBottom && visible) {
      setUnseen(0);
      if (newest) {
        seen.current = newest;
        room.seen(newest.id, newest.position);
      }
    } else setUnseen(waiting.length);
  }, [items, atBottom, visible, mark]);

  return { fresh, unseen, arrived, clear: () => setFresh(null) };
}

function useVisible(): boolean {
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === "visible");
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return visible;
}
