import { useRef } from "preact/hooks";
import { useChatReader } from "../../lib/i18n/live_chat.ts";
import type { Uploads } from "../../lib/realtime/client/uploads.ts";
import { Glyph } from "../Glyph.tsx";
import { PAPERCLIP } from "./glyphs.ts";

/** Opens the file chooser. */
export function AttachButton({ uploads }: { uploads: Uploads }) {
  const { t } = useChatReader();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class="icon-button small"
        aria-label={t("chat.attach")}
        title={t("chat.attach")}
        onClick={() => input.current?.click()}
      >
        <Glyph d={PAPERCLIP} size={16} />
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t("chat.attach")}
        onChange={({ currentTarget }) => {
          uploads.add(currentTarget.files ?? []);
          currentTarget.value = "";
        }}
      />
    </>
  );
}
