import { SECOND } from "../../clock.ts";
import type { IceCandidate, Signal } from "../types.ts";

export interface LinkOptions {
  iceServers: RTCIceServer[];
  /** Exactly one of two ends offers, so that they never offer to each other at once. */
  offers: boolean;
  send: (signal: Signal) => void;
  /** The other's tracks have come or gone. */
  onStream: (stream: MediaStream) => void;
  onState: (state: RTCPeerConnectionState) => void;
}

/** Candidates are sent together: each signal is a request. Milliseconds. */
const GATHER = 80;
/** A connection that does not come back by itself within this time is made anew. */
const HEAL_AFTER = 3 * SECOND;

/**
 * The connection to one other tab. Sound and picture have a place each from the start, so that muting, another camera
 * and a shared screen put another track into it and nothing is negotiated again.
 */
export class PeerLink {
  readonly #options: LinkOptions;
  readonly #connection: RTCPeerConnection;
  readonly #stream = new MediaStream();
  #sound: MediaStreamTrack | null;
  #picture: MediaStreamTrack | null;
  #candidates: IceCandidate[] = [];
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #healing: ReturnType<typeof setTimeout> | undefined;
  /** Candidates that came before the description they belong to. */
  #early: IceCandidate[] = [];
  /** Signals are taken one after the other. */
  #taking: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(
    options: LinkOptions,
    tracks: {
      sound: MediaStreamTrack | null;
      picture: MediaStreamTrack | null;
    },
  ) {
    this.#options = options;
    this.#sound = tracks.sound;
    this.#picture = tracks.picture;
    const connection = this.#connection = new RTCPeerConnection({
      iceServers: options.iceServers,
    });
    connection.addEventListener("icecandidate", ({ candidate }) => {
      if (candidate) this.#gather(candidate);
    });
    connection.addEventListener("track", ({ track }) => {
      this.#stream.addTrack(track);
      options.onStream(this.#stream);
    });
    connection.addEventListener("connectionstatechange", () => {
      const { connectionState } = connection;
      options.onState(connectionState);
      clearTimeout(this.#healing);
      if (connectionState === "failed") this.heal();
      if (connectionState === "disconnected") {
        this.#healing = setTimeout(() => this.heal(), HEAL_AFTER);
      }
    });
    if (options.offers) {
      connection.addTransceiver("audio", { direction: "sendrecv" });
      connection.addTransceiver("video", { direction: "sendrecv" });
      void this.#offer(false);
    }
  }

  /** Finds another way to the other: this end offers it, or asks the other end to. */
  heal(): void {
    if (this.#closed) return;
    if (this.#options.offers) void this.#offer(true);
    else this.#options.send({ type: "hello" });
  }

  setSound(track: MediaStreamTrack | null): void {
    this.#sound = track;
    void this.#place(0, track);
  }

  setPicture(track: MediaStreamTrack | null): void {
    this.#picture = track;
    void this.#place(1, track);
  }

  /** What the other end says. */
  take(signal: Signal): void {
    this.#taking = this.#taking.then(() => this.#take(signal)).catch(() => {
      // An answer to what has been overtaken; healing offers anew.
    });
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#gathering);
    clearTimeout(this.#healing);
    this.#connection.close();
  }

  get state(): RTCPeerConnectionState {
    return this.#connection.connectionState;
  }

  async #take(signal: Signal): Promise<void> {
    const connection = this.#connection;
    if (this.#closed) return;
    if (signal.type === "candidates") {
      if (!connection.remoteDescription) this.#early.push(...signal.candidates);
      else await this.#add(signal.candidates);
    } else if (signal.type === "description") {
      const { sdpType: type, sdp } = signal;
      if (type === "offer" && connection.signalingState !== "stable") return;
      await connection.setRemoteDescription({ type, sdp });
      await this.#add(this.#early.splice(0));
      if (type === "offer") {
        for (const transceiver of connection.getTransceivers()) {
          transceiver.direction = "sendrecv";
        }
        await Promise.all([
          this.#place(0, this.#sound),
          this.#place(1, this.#picture),
        ]);
        await connection.setLocalDescription();
        this.#describe();
      }
    }
  }

  async #offer(restart: boolean): Promise<void> {
    const connection = this.#connection;
    await Promise.all([
      this.#place(0, this.#sound),
      this.#place(1, this.#picture),
    ]);
    if (restart) connection.restartIce();
    await connection.setLocalDescription();
    this.#describe();
  }

  #describe(): void {
    const local = this.#connection.localDescription;
    if (!local || this.#closed) return;
    this.#options.send({
      type: "description",
      sdpType: local.type as "offer" | "answer",
      sdp: local.sdp,
    });
  }

  async #place(at: 0 | 1, track: MediaStreamTrack | null): Promise<void> {
    const transceiver = this.#connection.getTransceivers()[at];
    if (transceiver && !this.#closed) {
      await transceiver.sender.replaceTrack(track).catch(() => {});
    }
  }

  #gather({ candidate, sdpMid, sdpMLineIndex }: RTCIceCandidate): void {
    this.#candidates.push({ candidate, sdpMid, sdpMLineIndex });
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      const candidates = this.#candidates.splice(0);
      this.#options.send({ type: "candidates", candidates });
    }, GATHER);
  }

  async #add(candidates: IceCandidate[]): Promise<void> {
    for (const candidate of candidates) {
      await this.#connection.addIceCandidate(candidate).catch(() => {
        // Of a description that has been replaced.
      });
    }
  }
}
