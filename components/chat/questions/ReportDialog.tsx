import { useState } from "preact/hooks";
import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import type { ReportReason } from "../../../lib/messages/moderation/types.ts";
import { call, failureOf } from "../../../lib/realtime/client/api.ts";
import { messagePath } from "../../../lib/realtime/client/message_actions.ts";
import type { ChatItem } from "../../../lib/realtime/client/messages.ts";
import { getPage } from "../../../lib/realtime/client/page.ts";
import { toasts } from "../../toasts/stack.ts";
import { QuoteBlock } from "../QuoteBlock.tsx";
import { quoteOf } from "../quote_of.ts";
import { Dialog } from "./Dialog.tsx";

const REASONS: readonly ReportReason[] = ["spam", "abuse", "fraud", "other"];

/** Tells the officers of a message, and why. */
export function ReportDialog(
  { item, close }: { item: ChatItem; close: () => void },
) {
  const { t } = useRoomReader();
  const [reason, setReason] = useState<ReportReason>("spam");
  const [note, setNote] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    setFailure(null);
    try {
      const path = `${messagePath(item.channel, item.id)}/report`;
      await call(getPage().env, "POST", path, { reason, note: note.trim() });
      close();
      toasts.show({
        key: "chat said",
        title: t("room.reported"),
        body: t("room.reportedBody"),
      });
    } catch (error) {
      setFailure(failureOf(error).message);
    }
  };
  return (
    <Dialog title={t("room.reportTitle")} close={close}>
      <form class="form" onSubmit={submit}>
        <QuoteBlock quote={quoteOf(item)} />
        <fieldset class="choices">
          <legend>{t("room.reportWhy")}</legend>
          {REASONS.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="reason"
                checked={reason === one}
                onChange={() => setReason(one)}
              />
              {t(`room.reason.${one}`)}
            </label>
          ))}
        </fieldset>
        <label class="field">
          <span class="label">{t("room.reportNote")}</span>
          <textarea
            class="input"
            rows={3}
            maxLength={1_000}
            value={note}
            onInput={(event) => setNote(event.currentTarget.value)}
          />
        </label>
        {failure && <p class="wrong" role="alert">{failure}</p>}
        <div class="dialog-actions">
          <button type="button" class="button quiet" onClick={close}>
            {t("chat.cancel")}
          </button>
          <button type="submit" class="button primary">
            {t("room.reportSend")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
