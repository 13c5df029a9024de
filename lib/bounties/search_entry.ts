import type { SearchEntry } from "../search/mod.ts";
import { isEnd } from "./machine.ts";
import type { Bounty } from "./types.ts";

/** A bounty as the search finds it. A draft is found by its client alone. */
export function bountyEntry(bounty: Bounty): SearchEntry {
  const { id, title, description, category, skills, state } = bounty;
  const open = state === "open" || state === "matched";
  return {
    kind: "bounty",
    id,
    title,
    subtitle: category,
    keywords: skills,
    text: description,
    link: `/bounties/${id}`,
    weight: open ? 1 : isEnd(state) ? 0.1 : 0.4,
    ...(state === "draft" && { only: bounty.clientId }),
  };
}
