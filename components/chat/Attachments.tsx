import { fileSize } from "../../lib/i18n/size.ts";
import { useChatReader } from "../../lib/i18n/live_chat.ts";
import type { Attachment } from "../../lib/messages/types.ts";
import { Glyph } from "../Glyph.tsx";
import { FILE } from "./glyphs.ts";

/** Pictures that a browser shows. */
const SHOWN = /^image\/(png|jpeg|webp|gif|avif)$/;
/** Longest sides of a picture in a message, in CSS pixels. */
const WIDTH = 420;
const HEIGHT = 320;

export const filePath = (channel: string, { id, name }: Attachment) =>
  `/files/${encodeURIComponent(channel)}/${id}/${encodeURIComponent(name)}`;

/** The files of a message: pictures as they are, others by name. Their space is known before they are loaded. */
export function Attachments(
  { channel, files }: { channel: string; files: Attachment[] },
) {
  const { t, locale } = useChatReader();
  return (
    <ul
      class="attachments"
      aria-label={t("chat.files", { count: files.length })}
    >
      {files.map((file) => {
        const path = filePath(channel, file);
        const { width, height } = file;
        const scale = width && height
          ? Math.min(1, WIDTH / width, HEIGHT / height)
          : 1;
        return (
          <li key={file.id}>
            {SHOWN.test(file.type)
              ? (
                <a class="picture" href={path} target="_blank" tabIndex={-1}>
                  <img
                    src={path}
                    alt={file.name}
                    loading="lazy"
                    decoding="async"
                    width={width && Math.round(width * scale)}
                    height={height && Math.round(height * scale)}
                  />
                </a>
              )
              : (
                <a class="file" href={path} download={file.name} tabIndex={-1}>
                  <Glyph d={FILE} size={18} />
                  <span>
                    <b>{file.name}</b>
                    <small>{fileSize(file.size, locale)}</small>
                  </span>
                </a>
              )}
          </li>
        );
      })}
    </ul>
  );
}
