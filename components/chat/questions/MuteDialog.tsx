import { useState } from "preact/hooks";
import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import { call } from "../../../lib/realtime/client/api.ts";
import { getPage } from "../../../lib/realtime/client/page.ts";
import { toasts } from "../../toasts/stack.ts";
import { Dialog } from "./Dialog.tsx";
import { DialogForm } from "./DialogForm.tsx";

const HOUR = 60 * 60_000;
/** `0`: until it is lifted. */
const SPANS = [
  ["hour", HOUR],
  ["day", 24 * HOUR],
  ["week", 7 * 24 * HOUR],
  ["open", 0],
] as const;

/** Takes the right to write in this room from somebody for some time. */
export function MuteDialog(
  { channel, userId, name, close }: {
    channel: string;
    userId: string;
    name: string;
    close: () => void;
  },
) {
  const { t } = useRoomReader();
  const [span, setSpan] = useState<number>(HOUR);
  const [reason, setReason] = useState("");
  const run = async () => {
    const path = `/api/channels/${encodeURIComponent(channel)}/mutes/${
      encodeURIComponent(userId)
    }`;
    const until = span === 0 ? null : Date.now() + span;
    await call(getPage().env, "PUT", path, { until, reason: reason.trim() });
    close();
    toasts.show({ key: "chat said", title: t("room.muted", { name }) });
  };
  return (
    <Dialog title={t("room.muteTitle", { name })} close={close}>
      <DialogForm action={t("room.mute")} bad run={run} close={close}>
        <p>{t("room.muteBody")}</p>
        <fieldset class="choices inline">
          <legend>{t("room.muteHowLong")}</legend>
          {SPANS.map(([key, ms]) => (
            <label key={key}>
              <input
                type="radio"
                name="span"
                checked={span === ms}
                onChange={() => setSpan(ms)}
              />
              {t(`room.span.${key}`)}
            </label>
          ))}
        </fieldset>
        <label class="field">
          <span class="label">{t("room.muteReason")}</span>
          <input
            class="input"
            maxLength={300}
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </label>
      </DialogForm>
    </Dialog>
  );
}
