import { useEffect, useRef, useState } from "preact/hooks";
import type {
  Sample,
  SeenEvent,
  SeenEvents,
  Snapshot,
} from "../../lib/realtime/inspect_types.ts";

/** Events that the list holds. */
const EVENTS_SHOWN = 300;
const SAMPLES_SHOWN = 120;

export type LiveState = "static" | "live" | "lost" | "ended";

/** The list of events and what can be done with it. Newest first. */
export interface EventFeed {
  events: readonly SeenEvent[];
  paused: boolean;
  /** Came since it was paused. */
  waiting: number;
  skipped: number;
  toggle: () => void;
  clear: () => void;
}

export interface LiveInitial {
  snapshot: Snapshot;
  history: Sample[];
  /** Oldest first. */
  events: SeenEvent[];
}

/** What the admins' stream tells, beginning with what the page was made of. */
export function useLive(initial: LiveInitial) {
  const [state, setState] = useState<LiveState>("static");
  const [snapshot, setSnapshot] = useState(initial.snapshot);
  const [samples, setSamples] = useState<readonly Sample[]>(initial.history);
  const [feed, setFeed] = useState(() => ({
    events: initial.events.toReversed(),
    held: [] as SeenEvent[],
    paused: false,
    skipped: 0,
  }));
  const cleared = useRef(0);

  useEffect(() => {
    const source = new EventSource("/api/admin/live/stream");
    const on = <T>(name: string, take: (value: T) => void) =>
      source.addEventListener(
        name,
        (event) => take(JSON.parse((event as MessageEvent).data)),
      );
    let fresh = true;
    source.onopen = () => {
      fresh = true;
      setState("live");
    };
    // Only an answer that is not a stream closes it for good: signed out, or an admin no more.
    source.onerror = () =>
      setState(source.readyState === EventSource.CLOSED ? "ended" : "lost");
    on<Sample[]>("history", setSamples);
    on<Snapshot>("snapshot", (told) => {
      setSnapshot(told);
      setSamples((known) => [...known, told.sample].slice(-SAMPLES_SHOWN));
    });
    on<SeenEvents>("events", ({ events, skipped }) => {
      // A stream begins with the last events; numbers are of the isolate that it came to.
      const first = fresh;
      fresh = false;
      const newest = events.toReversed();
      setFeed((feed) => {
        const known = new Set(
          first
            ? [...feed.events, ...feed.held].map((event) => identity(event))
            : [],
        );
        const added = newest.filter((event) =>
          !known.has(identity(event)) && event.at >= cleared.current
        );
        const add = (list: readonly SeenEvent[]) =>
          [...added, ...list].slice(0, EVENTS_SHOWN);
        return {
          ...feed,
          skipped: feed.skipped + skipped,
          ...(feed.paused
            ? { held: add(feed.held) }
            : { events: add(feed.events) }),
        };
      });
    });
    return () => source.close();
  }, []);

  const events: EventFeed = {
    events: feed.events,
    paused: feed.paused,
    waiting: feed.held.length,
    skipped: feed.skipped,
    toggle: () =>
      setFeed((feed) => ({
        ...feed,
        paused: !feed.paused,
        events: [...feed.held, ...feed.events].slice(0, EVENTS_SHOWN),
        held: [],
      })),
    clear: () => {
      cleared.current = Date.now();
      setFeed((feed) => ({ ...feed, events: [], held: [], skipped: 0 }));
    },
  };
  return { state, snapshot, samples, events };
}

const identity = ({ channel, position, at, n }: SeenEvent) =>
  position ? `${channel} ${position}` : `${channel} ${at} ${n}`;
