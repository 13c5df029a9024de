import { useEffect, useRef, useState } from "preact/hooks";
import { useReader } from "../../lib/i18n/live.ts";
import { useConnection } from "../../lib/realtime/client/hooks/connection.ts";

/** Milliseconds that a dropped connection may take to come back before anybody is bothered. */
const PATIENCE = 2_500;
/** Milliseconds for which the good news stays. */
const RELIEF = 2_500;

type Shown = "offline" | "reconnecting" | "stopped" | "restored" | null;

/** Says when live updates are interrupted, and when they are back. Quiet as long as all is well. */
export function ConnectionBanner() {
  const { t } = useReader();
  const { state, reason } = useConnection();
  const now = state.value;
  const [shown, setShown] = useState<Shown>(null);
  const troubled = useRef(false);
  useEffect(() => {
    // Whoever loads a page without a network is then told that nothing is lost, see static/sw.js.
    navigator.serviceWorker?.register("/sw.js").catch(() => {});
  }, []);

  useEffect(() => {
    const show = (what: Shown, after: number) => {
      const timer = setTimeout(() => {
        troubled.current = what !== null && what !== "restored";
        setShown(what);
      }, after);
      return () => clearTimeout(timer);
    };
    if (now === "offline" || now === "stopped") return show(now, 0);
    if (now === "reconnecting") {
      return show(now, troubled.current ? 0 : PATIENCE);
    }
    if (now !== "connected" || !troubled.current) return show(null, 0);
    setShown("restored");
    troubled.current = false;
    return show(null, RELIEF);
  }, [now]);

  return (
    <div role="status">
      {shown === "offline" && (
        <p class="connection">
          {t("connection.offline")}
        </p>
      )}
      {shown === "reconnecting" && (
        <p class="connection trying">
          {t("connection.reconnecting")}
        </p>
      )}
      {shown === "stopped" && (
        <p class="connection refused">
          {t("connection.refused")} {reason.value}
          <button
            type="button"
            class="link-button"
            onClick={() => location.reload()}
          >
            {t("connection.reload")}
          </button>
        </p>
      )}
      {shown === "restored" && (
        <p class="connection restored">
          {t("connection.restored")}
        </p>
      )}
    </div>
  );
}
