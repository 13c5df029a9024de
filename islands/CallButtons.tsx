import "../components/core.ts";
import { useSignal } from "@preact/signals";
import { PHONE, VIDEO } from "../components/calls/glyphs.ts";
import { Glyph } from "../components/Glyph.tsx";
import type { Call, CallTold } from "../lib/calls/types.ts";
import { useRingReader } from "../lib/i18n/live_ring.ts";
import { useChannel } from "../lib/realtime/client/hooks/channel.ts";

export interface CallButtonsProps {
  channel: string;
  /** The call that goes on in the room. */
  initial: Call | null;
}

/** Opens a call in a window of its own, so that one can go on reading here. */
function open(event: MouseEvent & { currentTarget: HTMLAnchorElement }): void {
  const { href } = event.currentTarget;
  if (globalThis.open(href, "nexora-call", "popup,width=960,height=640")) {
    event.preventDefault();
  }
}

/** In a room's bar: starts a call there, or joins the one that goes on. */
export default function CallButtons({ channel, initial }: CallButtonsProps) {
  const { t } = useRingReader();
  const call = useSignal(initial);
  useChannel(channel, {
    onEvent: ({ event, data }) => {
      if (!event.startsWith("call:")) return;
      const told = (data as CallTold).call;
      const known = call.peek();
      if (known?.id === told.id && told.revision < known.revision) return;
      call.value = told.state === "ended" ? null : told;
    },
  });
  const going = call.value;
  if (going) {
    const count = Object.keys(going.people).length;
    return (
      <a
        class="button small call-join"
        href={`/calls/${going.id}`}
        target="nexora-call"
        onClick={open}
      >
        <Glyph d={going.video ? VIDEO : PHONE} size={14} />
        {t("ring.join", { count })}
      </a>
    );
  }
  const start = `/calls/start?channel=${encodeURIComponent(channel)}`;
  return (
    <>
      {([["ring.audio", PHONE, start], [
        "ring.video",
        VIDEO,
        `${start}&video=1`,
      ]] as const).map(([label, glyph, href]) => (
        <a
          key={label}
          class={label === "ring.video"
            ? "icon-button wide-only"
            : "icon-button"}
          href={href}
          target="nexora-call"
          aria-label={t(label)}
          title={t(label)}
          onClick={open}
        >
          <Glyph d={glyph} size={18} />
        </a>
      ))}
    </>
  );
}
