import "../core.ts";
import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import { call } from "../../../lib/realtime/client/api.ts";
import { isFields } from "../../../lib/realtime/client/frames.ts";
import { getPage } from "../../../lib/realtime/client/page.ts";
import { Avatar } from "../../Avatar.tsx";
import { searchEmoji } from "../../../lib/markdown/emoji.ts";
import { inTone, keptTone } from "./skin_tone.ts";
import type { Wish } from "../suggestion.ts";

/** Something that can be put into the text. */
export type Suggestion =
  & { put: string }
  & (
    | { kind: "person"; id: string; handle: string; name: string }
    | { kind: "group"; name: "officers" | "everyone" }
    | { kind: "emoji"; char: string; name: string }
  );

const MOST = 8;

/** What completes the wish, the likeliest first. */
export async function suggest(
  channel: string,
  { kind, words }: Wish,
): Promise<Suggestion[]> {
  if (kind === "emoji") {
    const tone = keptTone();
    return searchEmoji(words, MOST).map(({ char, names }) => ({
      kind: "emoji",
      put: inTone(char, tone),
      char: inTone(char, tone),
      name: names.find((name) => name.startsWith(words)) ?? names[0]!,
    }));
  }
  const query = new URLSearchParams({ q: words, limit: String(MOST) });
  const path = `/api/channels/${encodeURIComponent(channel)}/people?${query}`;
  const answer = await call(getPage().env, "GET", path);
  const people = Array.isArray(answer.people) ? answer.people : [];
  const groups = (["officers", "everyone"] as const).filter((name) =>
    answer[name] === true && name.startsWith(words.toLowerCase())
  );
  return [
    ...people.flatMap((one): Suggestion[] =>
      isFields(one)
        ? [{
          kind: "person",
          put: `@${one.handle}`,
          id: String(one.id),
          handle: String(one.handle),
          name: String(one.name),
        }]
        : []
    ),
    ...groups.map((name): Suggestion => ({
      kind: "group",
      put: `@${name}`,
      name,
    })),
  ].slice(0, MOST);
}

export interface SuggestionListProps {
  id: string;
  items: readonly Suggestion[];
  /** Index of the one that Enter takes. */
  chosen: number;
  take: (one: Suggestion) => void;
}

/** The suggestions above the field, which keeps the focus. */
export function SuggestionList(
  { id, items, chosen, take }: SuggestionListProps,
) {
  const { t } = useRoomReader();
  return (
    <ul
      id={id}
      class="suggestions"
      role="listbox"
      aria-label={t("room.suggestions")}
    >
      {items.map((one, i) => (
        <li
          key={one.put}
          id={`${id}-${i}`}
          role="option"
          aria-selected={i === chosen}
          // Not a click: the field must not lose the focus first.
          onPointerDown={(event) => {
            event.preventDefault();
            take(one);
          }}
        >
          {one.kind === "person"
            ? (
              <>
                <Avatar id={one.id} name={one.name} size={20} />
                <span>{one.name}</span>
                <small>@{one.handle}</small>
              </>
            )
            : one.kind === "group"
            ? (
              <>
                <span class="suggestion-mark">@</span>
                <span>{one.name}</span>
                <small>{t(`room.group.${one.name}`)}</small>
              </>
            )
            : (
              <>
                <span class="suggestion-mark">{one.char}</span>
                <span>:{one.name}:</span>
              </>
            )}
        </li>
      ))}
    </ul>
  );
}
