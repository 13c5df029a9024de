import { useEffect, useRef } from "preact/hooks";
import { useCallReader } from "../../lib/i18n/live_call.ts";
import { Avatar } from "../Avatar.tsx";
import { Glyph } from "../Glyph.tsx";
import { MIC_OFF } from "./glyphs.ts";

export interface TileProps {
  id: string;
  name: string;
  stream: MediaStream | null;
  /** Whether there is a picture; without one the avatar stands in. */
  picture: boolean;
  muted: boolean;
  screen?: boolean;
  /** Oneself: mirrored, and without sound. */
  own?: boolean;
  connecting?: boolean;
  /** Device that plays the sound; empty: the system's. */
  speaker?: string;
}

/** One person in a call. */
export function Tile(props: TileProps) {
  const { id, name, stream, picture, muted, screen, own, connecting } = props;
  const { t } = useCallReader();
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (!element || element.srcObject === stream) return;
    element.srcObject = stream;
    // A browser that wants a gesture first gets it with the next click on the page.
    element.play?.().catch(() => {});
  }, [stream, picture]);
  useEffect(() => {
    const element = video.current as
      | HTMLVideoElement & { setSinkId?: (id: string) => Promise<void> }
      | null;
    if (!own && props.speaker !== undefined) {
      element?.setSinkId?.(props.speaker).catch(() => {});
    }
  }, [props.speaker, own]);
  const said = [
    own ? t("call.you") : name,
    muted && t("call.isMuted"),
    screen && !own && t("call.isSharing"),
    connecting && t("call.connecting"),
  ].filter(Boolean).join(", ");
  return (
    <li class="call-tile" data-screen={screen} data-connecting={connecting}>
      <video
        ref={video}
        class={own && !screen ? "mirrored" : undefined}
        hidden={!picture}
        autoplay
        playsInline
        muted={own}
        aria-label={said}
      />
      {!picture && <Avatar id={id} name={name} size={72} />}
      <p class="call-name">
        {muted && <Glyph d={MIC_OFF} size={14} />}
        <span aria-hidden={picture}>{own ? t("call.you") : name}</span>
        {muted && <span class="unseen">, {t("call.isMuted")}</span>}
        {connecting && <small>{t("call.connecting")}</small>}
      </p>
    </li>
  );
}
