import "./core.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import { useChatReader } from "../../lib/i18n/live_chat.ts";
import type { ChatItem } from "../../lib/realtime/client/messages.ts";
import { LONGEST } from "./limits.ts";
import { useRoomTools } from "./room_tools.ts";

/** A message's text, to be changed in its place. Enter saves, Escape leaves it as it was. */
export function EditBox({ item }: { item: ChatItem }) {
  const { t } = useChatReader();
  const tools = useRoomTools()!;
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(item.content);
  const over = text.trim().length - LONGEST;

  useEffect(() => {
    const box = field.current!;
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
    box.scrollIntoView({ block: "nearest" });
  }, []);

  const leave = () => {
    const row = field.current?.closest<HTMLElement>("[data-key]");
    tools.editing.value = null;
    row?.focus();
  };
  const save = () => {
    if (over > 0) return;
    const content = text.trim();
    leave();
    // Emptied: that is taking it away, and asks first.
    if (content === "") tools.act("delete", item, field.current!);
    else if (content !== item.content) tools.save(item, content);
  };
  const key = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    event.stopPropagation();
    if (event.key === "Escape") leave();
    else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      save();
    }
  };
  return (
    <div class="edit-box">
      <textarea
        ref={field}
        class="input"
        value={text}
        rows={1}
        aria-label={t("chat.editLabel")}
        aria-invalid={over > 0}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={key}
      />
      <div class="edit-actions">
        <button type="button" class="button small primary" onClick={save}>
          {t("chat.save")}
        </button>
        <button type="button" class="button small quiet" onClick={leave}>
          {t("chat.cancel")}
        </button>
        <span>
          {over > 0 ? t("chat.over", { count: over }) : t("chat.editHint")}
        </span>
      </div>
    </div>
  );
}
