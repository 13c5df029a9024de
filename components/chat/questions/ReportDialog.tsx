import { useState } from "preact/hooks";
import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import type { ReportReason } from "../../../lib/messages/moderation/types.ts";
import { call } from "../../../lib/realtime/client/api.ts";
import { messagePath } from "../../../lib/realtime/client/message_actions.ts";
import type { ChatItem } from "../../../lib/realtime/client/messages.ts";
import { getPage } from "../../../lib/realtime/client/page.ts";
import { toasts } from "../../toasts/stack.ts";
import { QuoteBlock } from "../QuoteBlock.tsx";
import { quoteOf } from "../quote_of.ts";
import { Dialog } from "./Dialog.tsx";
import { DialogForm } from "./DialogForm.tsx";

const REASONS: readonly ReportReason[] = ["spam", "abuse", "fraud", "other"];

/** Tells the officers of a message, and why. */
export function ReportDialog(
  { item, close }: { item: ChatItem; close: () => void },
) {
  const { t } = useRoomReader();
  const [reason, setReason] = useState<ReportReason>("spam");
  const [note, setNote] = useState("");
  const run = async () => {
    const path = `${messagePath(item.channel, item.id)}/report`;
    await call(getPage().env, "POST", path, { reason, note: note.trim() });
    close();
    toasts.show({
      key: "chat said",
      title: t("room.reported"),
      body: t("room.reportedBody"),
    });
  };
  return (
    <Dialog title={t("room.reportTitle")} close={close}>
      <DialogForm action={t("room.reportSend")} run={run} close={close}>
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
      </DialogForm>
    </Dialog>
  );
}
