import type { SearchEntry } from "../search/mod.ts";
import type { User } from "./types.ts";

/** Somebody as the search finds them. Trust and rank are left out: they change too often to be worth a row. */
export function userEntry(
  { id, handle, name, bio, skills }: User,
): SearchEntry {
  return {
    kind: "user",
    id,
    title: name,
    subtitle: `@${handle}`,
    keywords: skills,
    text: bio,
    link: `/people/${handle}`,
    weight: 0.5,
  };
}
