import { type ChatReader, useChatReader } from "../../lib/i18n/live_chat.ts";
import type { Reaction } from "../../lib/messages/types.ts";
import type { ChatItem } from "../../lib/realtime/client/messages.ts";
import { Glyph } from "../Glyph.tsx";
import { SMILE_PLUS } from "./glyphs.ts";
import { canDo, type RoomTools, useRoomTools } from "./room_tools.ts";

/** Names told of who reacted; of more only the number. */
const NAMED = 8;

/** The reactions to a message: how often each, and whether by the reader. */
export function Reactions({ item }: { item: ChatItem }) {
  const { t } = useChatReader();
  const tools = useRoomTools();
  const reactions = item.reactions ?? [];
  if (reactions.length === 0) return null;
  const open = tools !== null && canDo("react", item, tools);
  return (
    <div class="reactions">
      {reactions.map((reaction) => {
        const { emoji, count, userIds } = reaction;
        const mine = tools !== null && userIds.includes(tools.me.id);
        const label = wordsOf(reaction, t, tools);
        return (
          <button
            key={emoji}
            type="button"
            class="reaction"
            tabIndex={-1}
            aria-pressed={mine}
            aria-label={label}
            title={label}
            disabled={!open}
            onClick={() => tools?.toggle(item, emoji)}
          >
            <span aria-hidden="true">{emoji}</span>
            <span aria-hidden="true">{count}</span>
          </button>
        );
      })}
      {open && (
        <button
          type="button"
          class="reaction more"
          tabIndex={-1}
          aria-label={t("chat.react")}
          title={t("chat.react")}
          onClick={(event) => tools.act("react", item, event.currentTarget)}
        >
          <Glyph d={SMILE_PLUS} size={14} />
        </button>
      )}
    </div>
  );
}

/** "👍: you, Ada and 2 more" */
function wordsOf(
  { emoji, count, userIds }: Reaction,
  t: ChatReader["t"],
  tools: RoomTools | null,
): string {
  const names = userIds
    .map((id) => id === tools?.me.id ? t("chat.you") : tools?.nameOf(id))
    .filter((name) => name !== undefined).slice(0, NAMED);
  const more = count - names.length;
  if (names.length === 0) return t("chat.reacted", { emoji, count });
  const known = { emoji, count, names: names.join(", ") };
  return more > 0
    ? t("chat.reactedMore", { ...known, more })
    : t("chat.reactedBy", known);
}
