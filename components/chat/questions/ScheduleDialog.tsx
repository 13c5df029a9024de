import { useState } from "preact/hooks";
import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import { dayTime } from "../../../lib/i18n/day.ts";
import { call, failureOf } from "../../../lib/realtime/client/api.ts";
import { getPage } from "../../../lib/realtime/client/page.ts";
import { toasts } from "../../toasts/stack.ts";
import { panel, scheduled } from "../room_state.ts";
import { Dialog } from "./Dialog.tsx";
import { TimeField } from "./TimeField.tsx";

const HOUR = 60 * 60_000;

/** In an hour, tomorrow at nine, next Monday at nine; where the reader is. */
function proposals(
  now: number,
): { key: "hour" | "tomorrow" | "monday"; at: number }[] {
  const nine = (days: number) => {
    const day = new Date(now);
    day.setDate(day.getDate() + days);
    day.setHours(9, 0, 0, 0);
    return day.getTime();
  };
  const weekday = new Date(now).getDay();
  const toMonday = ((8 - weekday) % 7) || 7;
  return [
    { key: "hour", at: Math.ceil((now + HOUR) / 300_000) * 300_000 },
    { key: "tomorrow", at: nine(1) },
    ...(toMonday > 1 ? [{ key: "monday" as const, at: nine(toMonday) }] : []),
  ];
}

/** Sends what was written at a time of one's choice. */
export function ScheduleDialog(
  { channel, content, close }: {
    channel: string;
    userId: string;
    content: string;
    close: () => void;
  },
) {
  const reader = useRoomReader();
  const { t } = reader;
  const [at, setAt] = useState<number | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const send = async (sendAt: number) => {
    setFailure(null);
    try {
      const path = `/api/channels/${encodeURIComponent(channel)}/scheduled`;
      await call(getPage().env, "POST", path, { content, sendAt });
      close();
      scheduled.value++;
      toasts.show({
        key: "chat said",
        title: t("room.willBeSent", { time: dayTime(sendAt, reader) }),
        action: {
          label: t("room.show"),
          run: () => panel.value = { kind: "scheduled" },
        },
      });
    } catch (error) {
      setFailure(failureOf(error).message);
    }
  };
  return (
    <Dialog title={t("room.scheduleTitle")} close={close}>
      <div class="proposals">
        {proposals(Date.now()).map(({ key, at }, i) => (
          <button
            key={key}
            type="button"
            class="menu-item"
            autofocus={i === 0}
            onClick={() => void send(at)}
          >
            <span>{t(`room.in.${key}`)}</span>
            <small>{dayTime(at, reader)}</small>
          </button>
        ))}
      </div>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (at !== null) void send(at);
        }}
      >
        <TimeField value={at} set={setAt} />
        {failure && <p class="wrong" role="alert">{failure}</p>}
        <div class="dialog-actions">
          <button type="button" class="button quiet" onClick={close}>
            {t("chat.cancel")}
          </button>
          <button type="submit" class="button primary" disabled={at === null}>
            {t("room.schedule")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
