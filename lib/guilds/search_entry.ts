import type { SearchEntry } from "../search/mod.ts";
import type { Guild } from "./types.ts";

/** A guild as the search finds it. */
export function guildEntry(
  { id, name, description, skills = [] }: Guild,
): SearchEntry {
  return {
    kind: "guild",
    id,
    title: name,
    subtitle: "",
    keywords: skills,
    text: description,
    link: `/guilds/${id}`,
    weight: 0.6,
  };
}
