import "../core.ts";
import { useEffect, useRef } from "preact/hooks";
import type { Call } from "../../lib/calls/types.ts";
import { useRingReader } from "../../lib/i18n/live_ring.ts";
import { call as ask } from "../../lib/realtime/client/api.ts";
import { getPage } from "../../lib/realtime/client/page.ts";
import { Avatar } from "../Avatar.tsx";
import { Glyph } from "../Glyph.tsx";
import { PHONE, VIDEO } from "./glyphs.ts";
import { ringTone } from "./tone.ts";

/** Somebody calls: answer in a window of its own, or decline. */
export function Ringing({ call, done }: { call: Call; done: () => void }) {
  const { t } = useRingReader();
  const answer = useRef<HTMLAnchorElement>(null);
  const { id, name } = call.startedBy;
  useEffect(() => ringTone(), []);
  useEffect(() => {
    const before = document.title;
    document.title = t("ring.calls", { name });
    return () => {
      document.title = before;
    };
  }, [name]);
  const decline = () => {
    void ask(getPage().env, "POST", `/api/calls/${call.id}/decline`)
      .catch(() => {});
    done();
  };
  return (
    <section class="ringing" role="alertdialog" aria-label={t("ring.label")}>
      <Avatar id={id} name={name} size={44} />
      <p>{t(call.video ? "ring.callsVideo" : "ring.calls", { name })}</p>
      <div class="ringing-actions">
        <button type="button" class="button" onClick={decline}>
          {t("ring.decline")}
        </button>
        <a
          ref={answer}
          class="button primary"
          href={`/calls/${call.id}`}
          target="nexora-call"
          onClick={(event) => {
            const { href } = event.currentTarget;
            const features = "popup,width=960,height=640";
            if (globalThis.open(href, "nexora-call", features)) {
              event.preventDefault();
            }
            done();
          }}
        >
          <Glyph d={call.video ? VIDEO : PHONE} size={16} />
          {t("ring.answer")}
        </a>
      </div>
    </section>
  );
}
