import "./core.ts";
import { fileSize } from "../../lib/i18n/size.ts";
import { useChatReader } from "../../lib/i18n/live_chat.ts";
import type { UploadItem, Uploads } from "../../lib/realtime/client/uploads.ts";
import { Glyph } from "../Glyph.tsx";
import { FILE, X } from "./glyphs.ts";

/** The files that wait for their message, above the field. */
export function UploadTray({ uploads }: { uploads: Uploads }) {
  const { t } = useChatReader();
  const items = uploads.items.value;
  if (items.length === 0) return null;
  return (
    <ul
      class="upload-tray"
      aria-label={t("chat.files", { count: items.length })}
    >
      {items.map((item) => (
        <Waiting key={item.key} item={item} uploads={uploads} />
      ))}
    </ul>
  );
}

function Waiting({ item, uploads }: { item: UploadItem; uploads: Uploads }) {
  const { t, locale } = useChatReader();
  const { key, file, state, progress } = item;
  return (
    <li class="upload" data-state={state}>
      {item.preview
        ? <img src={item.preview} alt="" width={40} height={40} />
        : <Glyph d={FILE} size={20} />}
      <span>
        <b>{file.name}</b>
        {state === "uploading"
          ? (
            <progress
              value={progress}
              max={1}
              aria-label={t("chat.uploading", { name: file.name })}
            />
          )
          : state === "failed"
          ? <small class="bad" role="alert">{item.error}</small>
          : <small>{fileSize(file.size, locale)}</small>}
      </span>
      {state === "failed" && (
        <button
          type="button"
          class="link-button"
          onClick={() => uploads.retry(key)}
        >
          {t("chat.retry")}
        </button>
      )}
      <button
        type="button"
        class="icon-button small"
        aria-label={t("chat.removeFile", { name: file.name })}
        title={t("chat.removeFile", { name: file.name })}
        onClick={() => uploads.remove(key)}
      >
        <Glyph d={X} size={14} />
      </button>
    </li>
  );
}
