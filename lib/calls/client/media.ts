import { type Signal, signal } from "@preact/signals";

/** What somebody chose to speak and be seen with; empty: what the browser takes. */
export interface Chosen {
  microphone: string;
  camera: string;
  speaker: string;
}

/** Why there is no microphone or camera. */
export type MediaTrouble = "denied" | "missing" | "busy" | "unsupported";

/** The own microphone, camera and screen of this tab. */
export class LocalMedia {
  /** What others get to see: the screen while it is shared, else the camera. */
  readonly picture: Signal<MediaStreamTrack | null> = signal(null);
  readonly sound: Signal<MediaStreamTrack | null> = signal(null);
  readonly microphoneOn: Signal<boolean> = signal(false);
  readonly cameraOn: Signal<boolean> = signal(false);
  readonly sharing: Signal<boolean> = signal(false);
  readonly trouble: Signal<MediaTrouble | null> = signal(null);
  readonly devices: Signal<MediaDeviceInfo[]> = signal([]);
  readonly chosen: Signal<Chosen> = signal({
    microphone: "",
    camera: "",
    speaker: "",
  });
  #camera: MediaStreamTrack | null = null;
  #screen: MediaStreamTrack | null = null;
  readonly #onDevices = () => void this.#listDevices();

  /** Asks for the microphone, and for the camera if the call has pictures. Without either one can still listen. */
  async open(video: boolean): Promise<void> {
    navigator.mediaDevices?.addEventListener("devicechange", this.#onDevices);
    await this.setMicrophone(true);
    if (video) await this.setCamera(true);
    await this.#listDevices();
  }

  /** A muted microphone stays open, so that it is back at once; what it hears is not sent. */
  async setMicrophone(on: boolean): Promise<void> {
    if (on && !this.sound.peek()) {
      this.sound.value = await this.#ask(
        "audio",
        this.chosen.peek().microphone,
      );
    }
    const track = this.sound.peek();
    if (track) track.enabled = on;
    this.microphoneOn.value = on && track !== null;
  }

  /** A camera that is off is let go, so that its light goes out. */
  async setCamera(on: boolean): Promise<void> {
    if (!on) {
      this.#camera?.stop();
      this.#camera = null;
    } else this.#camera ??= await this.#ask("video", this.chosen.peek().camera);
    this.cameraOn.value = this.#camera !== null;
    this.#show();
  }

  /** Shares a screen or window that the browser lets somebody choose; it ends by the browser's own button, too. */
  async setScreen(on: boolean): Promise<void> {
    if (!on) this.#endScreen();
    else if (!this.#screen) {
      try {
        const stream = await navigator.mediaDevices.getDisplayMedia({
          video: true,
        });
        this.#screen = stream.getVideoTracks()[0] ?? null;
        this.#screen?.addEventListener("ended", () => this.#endScreen());
      } catch {
        // Cancelled in the browser's own dialogue.
      }
    }
    this.sharing.value = this.#screen !== null;
    this.#show();
  }

  /** Speaks and is seen with another device from now on. */
  async choose(kind: keyof Chosen, deviceId: string): Promise<void> {
    this.chosen.value = { ...this.chosen.peek(), [kind]: deviceId };
    if (kind === "microphone" && this.sound.peek()) {
      this.sound.peek()?.stop();
      this.sound.value = null;
      await this.setMicrophone(this.microphoneOn.peek());
    }
    if (kind === "camera" && this.#camera) {
      await this.setCamera(false);
      await this.setCamera(true);
    }
  }

  close(): void {
    navigator.mediaDevices?.removeEventListener(
      "devicechange",
      this.#onDevices,
    );
    for (const track of [this.sound.peek(), this.#camera, this.#screen]) {
      track?.stop();
    }
    this.sound.value = null;
    this.#camera = this.#screen = null;
    this.#show();
  }

  #endScreen(): void {
    this.#screen?.stop();
    this.#screen = null;
    this.sharing.value = false;
    this.#show();
  }

  #show(): void {
    this.picture.value = this.#screen ?? this.#camera;
  }

  async #ask(
    kind: "audio" | "video",
    deviceId: string,
  ): Promise<MediaStreamTrack | null> {
    const wanted = deviceId ? { deviceId: { ideal: deviceId } } : {};
    try {
      const stream = await navigator.mediaDevices.getUserMedia(
        kind === "audio"
          ? {
            audio: {
              ...wanted,
              echoCancellation: true,
              noiseSuppression: true,
            },
          }
          : {
            video: {
              ...wanted,
              width: { ideal: 1280 },
              frameRate: { max: 30 },
            },
          },
      );
      this.trouble.value = null;
      return stream.getTracks()[0] ?? null;
    } catch (error) {
      this.trouble.value = troubleOf(error);
      return null;
    }
  }

  async #listDevices(): Promise<void> {
    this.devices.value = await navigator.mediaDevices?.enumerateDevices()
      .catch(() => []) ?? [];
  }
}

function troubleOf(error: unknown): MediaTrouble {
  switch (error instanceof DOMException ? error.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    default:
      return "unsupported";
  }
}
