import { effect, type Signal as Live, signal } from "@preact/signals";
import { SECOND } from "../../clock.ts";
import {
  ApiFailure,
  call as ask,
  failureOf,
  mayPass,
} from "../../realtime/client/api.ts";
import type { Page } from "../../realtime/client/page.ts";
import { MAX_PEOPLE } from "../limits.ts";
import type { Call, CallSignal, CallTold, Signal } from "../types.ts";
import { PeerLink } from "./link.ts";
import { LocalMedia } from "./media.ts";

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

export type SessionState =
  | "joining"
  | "in"
  | "ended"
  /** Another tab of the same person has taken over. */
  | "moved"
  /** As many are in it as can be. */
  | "full"
  | "refused";

/** Requests that fail on the way are sent again after this, in milliseconds. */
const AGAIN_AFTER = 1 * SECOND;

/** This tab's part in a call: joins it, connects with everybody else in it, leaves it. */
export class CallSession {
  readonly media: LocalMedia = new LocalMedia();
  readonly state: Live<SessionState> = signal("joining");
  /** Why it was refused, or how it ended. */
  readonly reason: Live<string | null> = signal(null);
  readonly call: Live<Call | null> = signal(null);
  readonly others: Live<Other[]> = signal([]);
  readonly #page: Page;
  readonly #me: string;
  readonly #peer: string;
  readonly #links = new Map<string, PeerLink>();
  /** What the others said of their microphones and cameras, by peer. */
  readonly #shown = new Map<string, Partial<Other>>();
  #iceServers: RTCIceServer[] = [];
  #ends: (() => void)[] = [];
  /** Signals leave in the order in which they were made. */
  #sending: Promise<void> = Promise.resolve();
  #left = false;
  #id: string | null = null;

  constructor(page: Page, me: { id: string }) {
    this.#page = page;
    this.#me = me.id;
    this.#peer = page.env.newId();
  }

  /** Joins the call of that id, or starts one in a room. */
  async join(
    where: { callId: string } | { channel: string; video: boolean },
  ): Promise<void> {
    try {
      const call = "callId" in where
        ? await this.#ask("GET", `/api/calls/${where.callId}`)
        : await this.#ask("POST", `${roomPath(where.channel)}/calls`, {
          video: where.video,
        });
      this.#id = call.id;
      if (call.state === "ended") return this.#end("ended", call.outcome);
      await this.media.open("video" in where ? where.video : call.video);
      await this.#enter(call.id);
    } catch (error) {
      await this.#refused(error);
    }
  }

  /** Goes. The page may be closing, so the request outlives it. */
  leave(): void {
    const id = this.call.peek()?.id;
    if (this.#left || !id) return;
    this.#say({ type: "bye" }, null);
    void ask(this.#page.env, "POST", `/api/calls/${id}/leave`, {
      peer: this.#peer,
    }).catch(() => {});
    this.#end("ended", "left");
  }

  /** Declined in the moment in which it was joined, it has just ended; else there is no place left in it. */
  async #refused(error: unknown): Promise<void> {
    const { message, status } = failureOf(error);
    const id = this.#id;
    const call = id && status === 409
      ? await this.#ask("GET", `/api/calls/${id}`).catch(() => null)
      : null;
    if (call?.state === "ended") return this.#end("ended", call.outcome);
    const full = call !== null &&
      Object.keys(call.people).length >= MAX_PEOPLE;
    // Known to the page, so that one can try again.
    if (full) this.call.value = call;
    this.#end(full ? "full" : "refused", message);
  }

  async #enter(callId: string): Promise<void> {
    const answer = await ask(
      this.#page.env,
      "POST",
      `/api/calls/${callId}/join`,
      { peer: this.#peer },
    ) as unknown as { call: Call; iceServers: RTCIceServer[] };
    if (this.#left) return;
    this.#iceServers = answer.iceServers;
    const { client } = this.#page;
    this.call.value = answer.call;
    this.#ends.push(
      client.subscribe(`presence-call-${callId}`, {
        onEvent: ({ event, data }) => {
          if (event === "call:signal") this.#hear(data as CallSignal);
        },
        // Whatever was missed: everybody who is there says so again.
        onExpired: () => this.#say({ type: "hello" }, null),
        onState: (state) => {
          if (state === "subscribed" && this.state.peek() === "joining") {
            this.state.value = "in";
            this.#say({ type: "hello" }, null);
            this.#tellMedia(null);
          }
        },
      }),
      client.subscribe(answer.call.channel, {
        onEvent: ({ event, data }) => {
          if (event === "call:updated" || event === "call:ended") {
            this.#changed((data as CallTold).call);
          }
        },
        // It may have changed, or ended, before this was listened to.
        onState: (state) => {
          if (state === "subscribed") void this.#look(callId);
        },
        onExpired: () => void this.#look(callId),
      }),
      effect(() => {
        const track = this.media.sound.value;
        for (const link of this.#links.values()) link.setSound(track);
      }),
      effect(() => {
        const track = this.media.picture.value;
        for (const link of this.#links.values()) link.setPicture(track);
      }),
      effect(() => {
        const { microphoneOn, cameraOn, sharing } = this.media;
        void [microphoneOn.value, cameraOn.value, sharing.value];
        if (this.state.peek() === "in") this.#tellMedia(null);
      }),
    );
    this.#draw();
  }

  #hear({ from, to, signal }: CallSignal): void {
    if (from.peer === this.#peer || (to !== null && to !== this.#peer)) return;
    switch (signal.type) {
      case "hello": {
        // Who comes asks everybody; who was there answers, so that each knows of the other.
        if (to === null) this.#say({ type: "hello" }, from.peer);
        const known = this.#links.get(from.peer);
        if (!known) {
          this.#connect(from.peer);
          this.#tellMedia(from.peer);
        } else if (to !== null && known.state === "failed") known.heal();
        break;
      }
      case "bye":
        this.#drop(from.peer);
        break;
      case "media":
        this.#shown.set(from.peer, {
          ...this.#shown.get(from.peer),
          audio: signal.audio,
          video: signal.video,
          screen: signal.screen,
        });
        break;
      default:
        this.#connect(from.peer).take(signal);
    }
    this.#draw();
  }

  /** The one of two whose name sorts first offers. */
  #connect(peer: string): PeerLink {
    const present = this.#links.get(peer);
    if (present) return present;
    const link = new PeerLink({
      iceServers: this.#iceServers,
      offers: this.#peer < peer,
      send: (signal) => this.#say(signal, peer),
      onStream: (stream) => this.#note(peer, { stream }),
      onState: (state) =>
        this.#note(peer, { connected: state === "connected" }),
    }, {
      sound: this.media.sound.peek(),
      picture: this.media.picture.peek(),
    });
    this.#links.set(peer, link);
    return link;
  }

  #note(peer: string, what: Partial<Other>): void {
    this.#shown.set(peer, { ...this.#shown.get(peer), ...what });
    this.#draw();
  }

  #drop(peer: string): void {
    this.#links.get(peer)?.close();
    this.#links.delete(peer);
    this.#shown.delete(peer);
  }

  #changed(call: Call): void {
    const known = this.call.peek();
    if (!known || call.id !== known.id || call.revision < known.revision) {
      return;
    }
    this.call.value = call;
    if (call.state === "ended") return this.#end("ended", call.outcome);
    const own = call.people[this.#me];
    if (own && own.peer !== this.#peer) return this.#end("moved", null);
    const peers = new Set(Object.values(call.people).map(({ peer }) => peer));
    for (const peer of [...this.#links.keys()]) {
      if (!peers.has(peer)) this.#drop(peer);
    }
    // Taken out for having been cut off, and back now.
    if (!own && this.state.peek() === "in") void this.#comeBack(call.id);
    this.#draw();
  }

  async #look(callId: string): Promise<void> {
    try {
      this.#changed(await this.#ask("GET", `/api/calls/${callId}`));
    } catch (error) {
      // Kept for some minutes after its end, so one that is gone ended long ago.
      if (failureOf(error).status === 404) this.#end("ended", null);
    }
  }

  async #comeBack(callId: string): Promise<void> {
    try {
      await ask(this.#page.env, "POST", `/api/calls/${callId}/join`, {
        peer: this.#peer,
      });
      this.#say({ type: "hello" }, null);
    } catch (error) {
      const failure = failureOf(error);
      if (!mayPass(failure.status)) this.#end("ended", failure.message);
    }
  }

  #draw(): void {
    const people = Object.entries(this.call.peek()?.people ?? {});
    this.others.value = people
      .filter(([userId]) => userId !== this.#me)
      .map(([userId, { name, handle, peer }]) => ({
        userId,
        name,
        handle,
        stream: null,
        connected: false,
        audio: true,
        video: false,
        screen: false,
        ...this.#shown.get(peer),
      }));
  }

  #tellMedia(to: string | null): void {
    const { microphoneOn, cameraOn, sharing } = this.media;
    this.#say({
      type: "media",
      audio: microphoneOn.peek(),
      video: cameraOn.peek() || sharing.peek(),
      screen: sharing.peek(),
    }, to);
  }

  #say(signal: Signal, to: string | null): void {
    const id = this.call.peek()?.id;
    if (!id) return;
    const body = { peer: this.#peer, to, signal };
    this.#sending = this.#sending.then(async () => {
      for (let attempt = 0; attempt < 5 && !this.#left; attempt++) {
        try {
          await ask(this.#page.env, "POST", `/api/calls/${id}/signal`, body);
          return;
        } catch (error) {
          if (!mayPass(failureOf(error).status)) return;
          await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
        }
      }
    });
  }

  #end(state: SessionState, reason: string | null): void {
    if (this.#left) return;
    this.#left = true;
    this.state.value = state;
    this.reason.value = reason;
    for (const end of this.#ends) end();
    for (const link of this.#links.values()) link.close();
    this.#links.clear();
    this.media.close();
    this.others.value = [];
  }

  async #ask(method: string, path: string, body?: unknown): Promise<Call> {
    const { call } = await ask(this.#page.env, method, path, body);
    if (!call) throw new ApiFailure("No call", 0);
    return call as Call;
  }
}

function roomPath(channel: string): string {
  return `/api/channels/${encodeURIComponent(channel)}`;
}
