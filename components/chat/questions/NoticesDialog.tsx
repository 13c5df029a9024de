import { useEffect, useRef, useState } from "preact/hooks";
import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import type {
  RoomChoice,
  RoomLevel,
} from "../../../lib/messages/choices/types.ts";
import { call } from "../../../lib/realtime/client/api.ts";
import { getPage } from "../../../lib/realtime/client/page.ts";
import { toasts } from "../../toasts/stack.ts";
import { useAnswer } from "../panels/use_answer.ts";
import { Waiting } from "../panels/Waiting.tsx";
import type { RoomTools } from "../room_tools.ts";
import { Dialog } from "./Dialog.tsx";
import { DialogForm } from "./DialogForm.tsx";

export interface NoticesDialogProps {
  tools: Pick<RoomTools, "channel" | "kind">;
  /** What the room is called. */
  place: string;
  close: () => void;
}

/** Of which messages of this room one is told, on every device. */
export function NoticesDialog({ tools, place, close }: NoticesDialogProps) {
  const { t } = useRoomReader();
  const { channel, kind } = tools;
  const path = `/api/me/rooms/${encodeURIComponent(channel)}`;
  const known = useAnswer(path, ({ choice }) => choice as RoomChoice);
  const [chosen, setChosen] = useState<RoomLevel | null>(null);
  const level = chosen ?? known.value?.level;
  const levels = kind === "dm"
    ? ["all", "nothing"] as const
    : ["all", "mentions", "nothing"] as const;
  const box = useRef<HTMLFieldSetElement>(null);
  // The answer comes after the dialog, which then has the focus.
  useEffect(
    () => box.current?.querySelector<HTMLElement>(":checked")?.focus(),
    [known.value === null],
  );
  const run = async () => {
    await call(getPage().env, "PUT", path, { level });
    close();
    toasts.show({ key: "chat said", title: t("room.noticesSaved") });
  };
  return (
    <Dialog title={t("room.notices", { place })} close={close}>
      {known.value === null
        ? <Waiting {...known} />
        : (
          <DialogForm action={t("chat.save")} run={run} close={close}>
            <fieldset ref={box} class="choices">
              <legend>{t("room.noticesLead")}</legend>
              {levels.map((one) => (
                <label key={one}>
                  <input
                    type="radio"
                    name="level"
                    checked={level === one}
                    onChange={() => setChosen(one)}
                  />
                  <span>
                    {t(`room.level.${one}`)}
                    <small>{t(`room.levelHint.${one}`)}</small>
                  </span>
                </label>
              ))}
            </fieldset>
            {known.value.muted && known.value.level !== "nothing" && (
              <p class="quiet">
                {t(kind === "dm" ? "room.mutedPerson" : "room.mutedGuild")}{" "}
                <a href="/settings/notifications#mutes">
                  {t("room.mutedWhere")}
                </a>
              </p>
            )}
          </DialogForm>
        )}
    </Dialog>
  );
}
