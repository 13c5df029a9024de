import { useEffect, useMemo } from "preact/hooks";
import { useChatReader } from "../../lib/i18n/live_chat.ts";
import { MOST_FILES, Uploads } from "../../lib/realtime/client/uploads.ts";

/** The files of a room's composer: by button, dropped onto the conversation, pasted into the field. */
export function useUploads(channel: string, allowed: boolean): {
  uploads: Uploads | null;
  /** For the element that files may be dropped on. */
  drop: {
    onDragOver?: (event: DragEvent) => void;
    onDragLeave?: (event: DragEvent) => void;
    onDrop?: (event: DragEvent) => void;
    onPaste?: (event: ClipboardEvent) => void;
  };
} {
  const { t } = useChatReader();
  const uploads = useMemo(() =>
    new Uploads(channel, () => ({
      tooLarge: t("chat.fileTooLarge"),
      tooMany: t("chat.tooManyFiles", { count: MOST_FILES }),
      offline: t("chat.fileOffline"),
    })), [channel]);
  useEffect(() => () => {
    for (const { key } of uploads.items.peek()) uploads.remove(key);
  }, [uploads]);
  if (!allowed) return { uploads: null, drop: {} };
  const over = (event: DragEvent, on: boolean) => {
    if (!event.dataTransfer?.types.includes("Files")) return false;
    (event.currentTarget as HTMLElement).toggleAttribute("data-drop", on);
    return true;
  };
  const take = (event: Event, data: DataTransfer | null) => {
    const files = [...data?.files ?? []];
    if (files.length === 0) return;
    event.preventDefault();
    uploads.add(files);
  };
  return {
    uploads,
    drop: {
      onDragOver: (event) => over(event, true) && event.preventDefault(),
      onDragLeave: (event) => void over(event, false),
      onDrop(event) {
        over(event, false);
        take(event, event.dataTransfer);
      },
      onPaste: (event) => take(event, event.clipboardData),
    },
  };
}
