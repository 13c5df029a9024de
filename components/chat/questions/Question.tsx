import type { ComponentChildren } from "preact";
import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import { Dialog } from "./Dialog.tsx";

export interface QuestionProps {
  title: string;
  /** What the button says that does it. */
  action: string;
  run: () => void;
  close: () => void;
  /** What it means. */
  children: ComponentChildren;
}

/** Asks before something is taken from somebody. */
export function Question(
  { title, action, run, close, children }: QuestionProps,
) {
  const { t } = useRoomReader();
  return (
    <Dialog title={title} close={close}>
      {children}
      <div class="dialog-actions">
        <button type="button" class="button quiet" onClick={close}>
          {t("chat.cancel")}
        </button>
        <button
          type="button"
          class="button primary bad"
          autofocus
          onClick={run}
        >
          {action}
        </button>
      </div>
    </Dialog>
  );
}
