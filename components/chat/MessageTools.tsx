import { useComputed } from "@preact/signals";
import { useChatReader } from "../../lib/i18n/live_chat.ts";
import type { ChatItem } from "../../lib/realtime/client/messages.ts";
import { Glyph } from "../Glyph.tsx";
import { MORE, PENCIL, SMILE_PLUS } from "./glyphs.ts";
import { REPLY } from "./reply_glyph.ts";
import { type Act, canDo, useRoomTools } from "./room_tools.ts";

/** Reactions that are one click away. */
const QUICK = ["👍", "❤️", "😂", "🎉"];

/** The tools of the row under the pointer or with the focus. */
export function MessageTools({ item }: { item: ChatItem }) {
  const { t } = useChatReader();
  const tools = useRoomTools()!;
  const here = useComputed(() => tools.active.value === item.key);
  if (!here.value || tools.editing.value === item.id) return null;
  const button = (what: Act, label: string, glyph: string) =>
    canDo(what, item, tools) && (
      <button
        type="button"
        class="icon-button small"
        aria-label={label}
        title={label}
        onClick={(event) => tools.act(what, item, event.currentTarget)}
      >
        <Glyph d={glyph} size={15} />
      </button>
    );
  return (
    <div class="message-tools" role="toolbar" aria-label={t("chat.tools")}>
      {canDo("react", item, tools) && QUICK.map((emoji) => (
        <button
          key={emoji}
          type="button"
          class="icon-button small quick"
          aria-label={t("chat.reactWith", { emoji })}
          title={t("chat.reactWith", { emoji })}
          onClick={() => tools.toggle(item, emoji)}
        >
          {emoji}
        </button>
      ))}
      {button("react", t("chat.react"), SMILE_PLUS)}
      {button("reply", t("chat.reply"), REPLY)}
      {button("edit", t("chat.edit"), PENCIL)}
      <button
        type="button"
        class="icon-button small"
        aria-label={t("chat.more")}
        title={t("chat.more")}
        aria-haspopup="menu"
        onClick={(event) => tools.openMenu(item, event.currentTarget)}
      >
        <Glyph d={MORE} size={15} />
      </button>
    </div>
  );
}
