import { useChatReader } from "../../lib/i18n/live_chat.ts";
import { Glyph } from "../Glyph.tsx";
import { ARROW_DOWN } from "./glyphs.ts";

/** Back to the newest message, and how many have come meanwhile. */
export function JumpButton(
  { unseen, jump }: { unseen: number; jump: () => void },
) {
  const { t } = useChatReader();
  return (
    <button type="button" class="button small jump" onClick={jump}>
      <Glyph d={ARROW_DOWN} size={14} />
      {unseen > 0 ? t("chat.newBelow", { count: unseen }) : t("chat.jump")}
    </button>
  );
}
