import { DAY, MINUTE } from "../../clock.ts";
import { keys, retryConflicts, set, unchanged } from "../../kv/mod.ts";
import { nullIfOvertaken } from "../../kv/overtaken.ts";
import type { Deps } from "../../platform.ts";
import { userChannel } from "../../realtime/mod.ts";
import type { Draft } from "./types.ts";

/** A draft that nobody has touched for this long is forgotten. */
const KEPT = 60 * DAY;
/** Drafts that a list has. */
const MOST = 200;
/** How far a device's clock may run ahead before its time no longer counts. */
const AHEAD = MINUTE;

/** What a draft is for, in a key. */
const placeOf = (parentId: string | null) => parentId ?? "room";

/**
 * Keeps an unsent text. Of two devices the one that wrote last wins, by the time that each gives; an older one changes
 * nothing and gets the newer one back. An empty text is the end of a draft.
 */
export function saveDraft(
  { kv, now, log }: Pick<Deps, "kv" | "now" | "log">,
  userId: string,
  given: Draft,
): Promise<Draft> {
  const draft = { ...given, at: Math.min(given.at, now() + AHEAD) };
  const key = keys.draft(userId, draft.channel, placeOf(draft.parentId));
  return retryConflicts(async () => {
    const entry = await kv.get<Draft>(key);
    if (entry.value !== null && entry.value.at >= draft.at) return entry.value;
    const positions = await nullIfOvertaken(log.append({
      events: [{
        channel: userChannel(userId),
        event: "room:draft",
        data: draft,
      }],
      checks: [unchanged(entry)],
      mutations: [set(key, draft, KEPT)],
    }));
    return positions && draft;
  });
}

export async function getDraft(
  { kv }: Pick<Deps, "kv">,
  userId: string,
  channel: string,
  parentId: string | null,
): Promise<Draft | null> {
  const { value } = await kv.get<Draft>(
    keys.draft(userId, channel, placeOf(parentId)),
  );
  return value?.content ? value : null;
}

/** Somebody's drafts, the last written first. */
export async function listDrafts(
  { kv }: Pick<Deps, "kv">,
  userId: string,
): Promise<Draft[]> {
  const rows = kv.list<Draft>({ prefix: keys.drafts(userId) }, { limit: MOST });
  const drafts = await Array.fromAsync(rows, (row) => row.value);
  return drafts.filter((draft) => draft.content !== "")
    .sort((a, b) => b.at - a.at);
}
