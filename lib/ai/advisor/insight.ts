import type { Insight, Subject } from "./types.ts";

/** An insight about something with an id. */
export function insight(
  about: string,
  subject: Subject,
  { href, weight }: { href: string; weight: number },
): Insight {
  return {
    ...subject,
    id: `${subject.kind}:${about}`,
    href,
    weight,
    note: null,
  };
}
