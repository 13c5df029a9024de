import "../core.ts";
import { useEffect, useState } from "preact/hooks";
import { useSwitcherReader } from "../../lib/i18n/live_switcher.ts";
import { call, failureOf } from "../../lib/realtime/client/api.ts";
import { getPage } from "../../lib/realtime/client/page.ts";
import type { OwnStatus } from "../../lib/status/types.ts";
import { Dialog } from "../chat/questions/Dialog.tsx";
import { toasts } from "../toasts/stack.ts";

const HOUR = 60 * 60_000;
const SPANS = ["open", "hour", "four", "today"] as const;
type Span = typeof SPANS[number];

function endOf(span: Span, now: number): number | null {
  switch (span) {
    case "open":
      return null;
    case "hour":
      return now + HOUR;
    case "four":
      return now + 4 * HOUR;
    case "today":
      return new Date(now).setHours(24, 0, 0, 0);
  }
}

const NOTHING: OwnStatus = { state: "auto", text: "", emoji: "", until: null };

/** How one can be reached and what one does, for everybody in one's rooms. */
export function StatusDialog({ close }: { close: () => void }) {
  const { t } = useSwitcherReader();
  const [own, setOwn] = useState<OwnStatus>(NOTHING);
  const [span, setSpan] = useState<Span>("open");
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    call(getPage().env, "GET", "/api/me/status").then(
      (answer) => answer.own && setOwn(answer.own as OwnStatus),
      () => {},
    );
  }, []);
  const save = async (status: OwnStatus) => {
    setFailure(null);
    try {
      await call(getPage().env, "PUT", "/api/me/status", status);
      close();
      toasts.show({ key: "status", emoji: "✓", title: t("status.saved") });
    } catch (error) {
      setFailure(failureOf(error).message);
    }
  };
  return (
    <Dialog title={t("status.title")} close={close}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void save({ ...own, until: endOf(span, Date.now()) });
        }}
      >
        <div class="status-words">
          <input
            class="input"
            aria-label={t("status.emoji")}
            value={own.emoji}
            maxLength={16}
            placeholder="🙂"
            onInput={(event) =>
              setOwn({ ...own, emoji: event.currentTarget.value })}
          />
          <input
            class="input"
            aria-label={t("status.text")}
            placeholder={t("status.text")}
            value={own.text}
            maxLength={100}
            autofocus
            onInput={(event) =>
              setOwn({ ...own, text: event.currentTarget.value })}
          />
        </div>
        <fieldset class="choices">
          <legend>{t("status.how")}</legend>
          {(["auto", "dnd"] as const).map((state) => (
            <label key={state}>
              <input
                type="radio"
                name="state"
                checked={own.state === state}
                onChange={() => setOwn({ ...own, state })}
              />
              {t(`status.${state}`)}
            </label>
          ))}
        </fieldset>
        <fieldset class="choices inline">
          <legend>{t("status.until")}</legend>
          {SPANS.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="span"
                checked={span === one}
                onChange={() => setSpan(one)}
              />
              {t(`status.${one}`)}
            </label>
          ))}
        </fieldset>
        {failure && <p class="wrong" role="alert">{failure}</p>}
        <div class="dialog-actions">
          <button
            type="button"
            class="button quiet"
            onClick={() => void save(NOTHING)}
          >
            {t("status.clear")}
          </button>
          <button type="button" class="button quiet" onClick={close}>
            {t("status.cancel")}
          </button>
          <button type="submit" class="button primary">
            {t("status.save")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
