import { exactTime, relativeTime, usePageReader } from "../../lib/i18n/mod.ts";

/** A time as it was when the page was made: parts of a page that are loaded anew need no script to keep it true. */
export function When({ at }: { at: number }) {
  const reader = usePageReader();
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={exactTime(at, reader)}
    >
      {relativeTime(at, reader.now(), reader)}
    </time>
  );
}

/** A sentence with a time in the place of `{when}`. */
export function Timed({ text, at }: { text: string; at: number }) {
  const [before, after] = text.split("\u0000");
  return (
    <>
      {before}
      <When at={at} />
      {after}
    </>
  );
}

/** Stands for the time in a text that `Timed` takes apart. */
export const WHEN = "\u0000";
