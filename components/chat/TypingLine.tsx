import { useChatReader } from "../../lib/i18n/live_chat.ts";
import { typingText } from "./typing.ts";

/** Who else is writing. */
export function TypingLine({ names }: { names: readonly string[] }) {
  const { t } = useChatReader();
  const text = typingText(names, t);
  return (
    <span class="typing" role="status">
      {text !== "" && (
        <>
          <span class="typing-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span>{text}</span>
        </>
      )}
    </span>
  );
}
