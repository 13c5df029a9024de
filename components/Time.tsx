import { useEffect, useState } from "preact/hooks";
import { useReader } from "../lib/i18n/live.ts";
import { exactTime, nextChange, relativeTime } from "../lib/i18n/time.ts";

/**
 * "5 min ago", kept true while the page stays open; the exact time in the title. `at` in milliseconds. Pages use the
 * island `RelativeTime`; this is for what is live by itself.
 */
export function Time({ at, class: name }: { at: number; class?: string }) {
  const reader = useReader();
  const [now, setNow] = useState(reader.now);
  useEffect(() => {
    // The page may come out of a cache: the server's "now" is not this one.
    setNow(Date.now());
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), nextChange(at, now));
    return () => clearTimeout(timer);
  }, [at, now]);
  return (
    <time
      class={name}
      dateTime={new Date(at).toISOString()}
      title={exactTime(at, reader)}
    >
      {relativeTime(at, now, reader)}
    </time>
  );
}
