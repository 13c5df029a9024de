import { useState } from "preact/hooks";
import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import { call, failureOf } from "../../../lib/realtime/client/api.ts";
import { isFields } from "../../../lib/realtime/client/frames.ts";
import { getPage } from "../../../lib/realtime/client/page.ts";
import type { RoomTools } from "../room_tools.ts";
import { Dialog } from "./Dialog.tsx";

/** `2026-11-26`, where the reader is. */
function localDay(at: number): string {
  const shifted = at - new Date(at).getTimezoneOffset() * 60_000;
  return new Date(shifted).toISOString().slice(0, 10);
}

/** Leads to what was said on a day: to the first message of it, or the next one after it. */
export function DateDialog(
  { tools, close }: {
    tools: Pick<RoomTools, "channel" | "show">;
    close: () => void;
  },
) {
  const { t } = useRoomReader();
  const [day, setDay] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    // Without a zone that is midnight where the reader is.
    const since = new Date(`${day}T00:00`).getTime();
    if (!Number.isFinite(since)) return;
    try {
      const path = `/api/channels/${encodeURIComponent(tools.channel)}/first`;
      const { message } = await call(
        getPage().env,
        "GET",
        `${path}?since=${since}`,
      );
      if (!isFields(message)) return setFailure(t("room.dateNothing"));
      close();
      tools.show(String(message.id));
    } catch (error) {
      setFailure(failureOf(error).message);
    }
  };
  return (
    <Dialog title={t("room.dateTitle")} close={close}>
      <form class="form" onSubmit={submit}>
        <label class="field">
          <span class="label">{t("room.date")}</span>
          <input
            class="input"
            type="date"
            required
            autofocus
            max={localDay(Date.now())}
            value={day}
            onInput={(event) => {
              setDay(event.currentTarget.value);
              setFailure(null);
            }}
          />
        </label>
        {failure && <p class="wrong" role="alert">{failure}</p>}
        <div class="dialog-actions">
          <button type="button" class="button quiet" onClick={close}>
            {t("chat.cancel")}
          </button>
          <button type="submit" class="button primary">
            {t("room.dateGo")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
