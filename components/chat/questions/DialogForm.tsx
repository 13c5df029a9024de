import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useRoomReader } from "../../../lib/i18n/live_room.ts";
import { failureOf } from "../../../lib/realtime/client/api.ts";

export interface DialogFormProps {
  /** What its button says. */
  action: string;
  /** It takes something from somebody. */
  bad?: boolean;
  /** Does it, closes and says so; what it throws is shown in the form. */
  run: () => Promise<void>;
  close: () => void;
  children: ComponentChildren;
}

/** The form of a dialog: fields, what went wrong, and the two ways out. */
export function DialogForm(
  { action, bad, run, close, children }: DialogFormProps,
) {
  const { t } = useRoomReader();
  const [failure, setFailure] = useState<string | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    setFailure(null);
    try {
      await run();
    } catch (error) {
      setFailure(failureOf(error).message);
    }
  };
  return (
    <form class="form" onSubmit={submit}>
      {children}
      {failure && <p class="wrong" role="alert">{failure}</p>}
      <div class="dialog-actions">
        <button type="button" class="button quiet" onClick={close}>
          {t("chat.cancel")}
        </button>
        <button type="submit" class={`button primary ${bad ? "bad" : ""}`}>
          {action}
        </button>
      </div>
    </form>
  );
}
