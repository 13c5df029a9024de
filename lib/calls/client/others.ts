import { effect, type Signal as Live, signal } from "@preact/signals";
import type { Call, CallSignal, Signal } from "../types.ts";
import { PeerLink } from "./link.ts";
import type { LocalMedia } from "./media.ts";

/** Somebody else in the call. */
export interface Other {
  userId: string;
  name: string;
  handle: string;
  stream: MediaStream | null;
  connected: boolean;
  audio: boolean;
  video: boolean;
  screen: boolean;
}

export interface OthersOptions {
  /** Who sees them. */
  me: string;
  /** This tab. */
  peer: string;
  media: LocalMedia;
  /** Sends a signal, to one tab or to all. */
  say: (signal: Signal, to: string | null) => void;
}

/** Everybody else in a call: the links to their tabs, and what they said of their microphones and cameras. */
export class Others {
  readonly shown: Live<Other[]> = signal([]);
  iceServers: RTCIceServer[] = [];
  readonly #options: OthersOptions;
  readonly #links = new Map<string, PeerLink>();
  /** By peer. */
  readonly #told = new Map<string, Partial<Other>>();
  #people: Call["people"] = {};

  constructor(options: OthersOptions) {
    this.#options = options;
  }

  /** Gives them this tab's sound and picture, as they change; returns what ends it. */
  give(): (() => void)[] {
    const { media } = this.#options;
    return [
      effect(() => {
        const track = media.sound.value;
        for (const link of this.#links.values()) link.setSound(track);
      }),
      effect(() => {
        const track = media.picture.value;
        for (const link of this.#links.values()) link.setPicture(track);
      }),
    ];
  }

  hear({ from: { peer }, to, signal }: CallSignal): void {
    const own = this.#options.peer;
    if (peer === own || (to !== null && to !== own)) return;
    switch (signal.type) {
      case "hello": {
        // Who comes asks everybody; who was there answers, so that each knows of the other.
        if (to === null) this.#options.say({ type: "hello" }, peer);
        const known = this.#links.get(peer);
        if (!known) {
          this.#connect(peer);
          this.tellMedia(peer);
        } else if (to !== null && known.state === "failed") known.heal();
        break;
      }
      case "bye":
        this.#drop(peer);
        break;
      case "media": {
        const { audio, video, screen } = signal;
        this.#told.set(peer, {
          ...this.#told.get(peer),
          audio,
          video,
          screen,
        });
        break;
      }
      default:
        this.#connect(peer).take(signal);
    }
    this.#draw();
  }

  /** These are in the call now. */
  follow(people: Call["people"]): void {
    this.#people = people;
    const peers = new Set(Object.values(people).map(({ peer }) => peer));
    for (const peer of [...this.#links.keys()]) {
      if (!peers.has(peer)) this.#drop(peer);
    }
    this.#draw();
  }

  /** Tells one tab, or all, whether this one is heard and seen. */
  tellMedia(to: string | null): void {
    const { microphoneOn, cameraOn, sharing } = this.#options.media;
    this.#options.say({
      type: "media",
      audio: microphoneOn.peek(),
      video: cameraOn.peek() || sharing.peek(),
      screen: sharing.peek(),
    }, to);
  }

  close(): void {
    for (const link of this.#links.values()) link.close();
    this.#links.clear();
    this.shown.value = [];
  }

  /** The one of two whose name sorts first offers. */
  #connect(peer: string): PeerLink {
    const present = this.#links.get(peer);
    if (present) return present;
    const { media, peer: own, say } = this.#options;
    const link = new PeerLink({
      iceServers: this.iceServers,
      offers: own < peer,
      send: (signal) => say(signal, peer),
      onStream: (stream) => this.#note(peer, { stream }),
      onState: (state) =>
        this.#note(peer, { connected: state === "connected" }),
    }, {
      sound: media.sound.peek(),
      picture: media.picture.peek(),
    });
    this.#links.set(peer, link);
    return link;
  }

  #note(peer: string, what: Partial<Other>): void {
    this.#told.set(peer, { ...this.#told.get(peer), ...what });
    this.#draw();
  }

  #drop(peer: string): void {
    this.#links.get(peer)?.close();
    this.#links.delete(peer);
    this.#told.delete(peer);
  }

  #draw(): void {
    this.shown.value = Object.entries(this.#people)
      .filter(([userId]) => userId !== this.#options.me)
      .map(([userId, { name, handle, peer }]) => ({
        userId,
        name,
        handle,
        stream: null,
        connected: false,
        audio: true,
        video: false,
        screen: false,
        ...this.#told.get(peer),
      }));
  }
}
