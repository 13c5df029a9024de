import type { LocalMedia } from "../../lib/calls/client/media.ts";
import { useCallReader } from "../../lib/i18n/live_call.ts";
import { Glyph } from "../Glyph.tsx";
import {
  MIC,
  MIC_OFF,
  PHONE,
  SCREEN,
  SLIDERS,
  VIDEO,
  VIDEO_OFF,
} from "./glyphs.ts";

/** Microphone, camera, screen, devices, and the way out. */
export function Controls(
  { media, leave }: { media: LocalMedia; leave: () => void },
) {
  const { t } = useCallReader();
  const microphone = media.microphoneOn.value;
  const camera = media.cameraOn.value;
  const sharing = media.sharing.value;
  return (
    <div class="call-controls" role="toolbar" aria-label={t("call.controls")}>
      <Toggle
        label={t(microphone ? "call.mute" : "call.unmute")}
        glyph={microphone ? MIC : MIC_OFF}
        off={!microphone}
        run={() =>
          void media.setMicrophone(!microphone)}
      />
      <Toggle
        label={t(camera ? "call.cameraOff" : "call.cameraOn")}
        glyph={camera ? VIDEO : VIDEO_OFF}
        off={!camera}
        run={() =>
          void media.setCamera(!camera)}
      />
      <Toggle
        label={t(sharing ? "call.stopSharing" : "call.share")}
        glyph={SCREEN}
        on={sharing}
        run={() =>
          void media.setScreen(!sharing)}
      />
      <button
        type="button"
        class="call-button"
        popovertarget="call-devices"
        aria-label={t("call.devices")}
        title={t("call.devices")}
      >
        <Glyph d={SLIDERS} size={20} />
      </button>
      <Devices media={media} />
      <button
        type="button"
        class="call-button hang-up"
        aria-label={t("call.leave")}
        title={t("call.leave")}
        onClick={leave}
      >
        <Glyph d={PHONE} size={20} />
      </button>
    </div>
  );
}

function Toggle(
  { label, glyph, on, off, run }: {
    label: string;
    glyph: string;
    on?: boolean;
    off?: boolean;
    run: () => void;
  },
) {
  return (
    <button
      type="button"
      class="call-button"
      data-on={on}
      data-off={off}
      aria-label={label}
      title={label}
      onClick={run}
    >
      <Glyph d={glyph} size={20} />
    </button>
  );
}

const KINDS = [
  ["microphone", "audioinput"],
  ["camera", "videoinput"],
  ["speaker", "audiooutput"],
] as const;

function Devices({ media }: { media: LocalMedia }) {
  const { t } = useCallReader();
  const chosen = media.chosen.value;
  return (
    <div id="call-devices" popover="auto" class="popover call-devices">
      {KINDS.map(([name, kind]) => {
        const devices = media.devices.value.filter((device) =>
          device.kind === kind && device.deviceId !== ""
        );
        return (
          <label key={name} class="field">
            <span>{t(`call.${name}`)}</span>
            <select
              value={chosen[name]}
              aria-label={t(`call.${name}`)}
              disabled={devices.length === 0}
              onChange={(event) =>
                void media.choose(name, event.currentTarget.value)}
            >
              <option value="">{t("call.default")}</option>
              {devices.map(({ deviceId, label }, i) => (
                <option key={deviceId} value={deviceId}>
                  {label || `${t(`call.${name}`)} ${i + 1}`}
                </option>
              ))}
            </select>
          </label>
        );
      })}
    </div>
  );
}
