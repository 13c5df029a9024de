import type { ChatReader } from "../../lib/i18n/live_chat.ts";

/** "Ada and Ben are typing"; from four people on nobody is named. Empty when nobody is. */
export function typingText(
  names: readonly string[],
  t: ChatReader["t"],
): string {
  const [a, b, c] = names;
  if (a === undefined) return "";
  if (b === undefined) return t("chat.typing1", { a });
  if (c === undefined) return t("chat.typing2", { a, b });
  return names.length > 3
    ? t("chat.typingMany")
    : t("chat.typing3", { a, b, c });
}
