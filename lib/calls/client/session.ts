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
import { LocalMedia } from "./media.ts";
import { type Other, Others } from "./others.ts";

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
  readonly #others: Others;
  readonly #page: Page;
  readonly #me: string;
  readonly #peer: string;
  #ends: (() => void)[] = [];
  /** Signals leave in the order in which they were made. */
  #sending: Promise<void> = Promise.resolve();
  #left = false;
  #id: string | null = null;

  constructor(page: Page, me: { id: string }) {
    this.#page = page;
    this.#me = me.id;
    this.#peer = page.env.newId();
    this.#others = new Others({
      me: me.id,
      peer: this.#peer,
      media: this.media,
      say: (signal, to) => this.#say(signal, to),
    });
  }

  get others(): Live<Other[]> {
    return this.#others.shown;
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
      if (!this.#left) {
        await this.media.open("video" in where ? where.video : call.video);
        // Left while the browser asked for the microphone.
        if (this.#left) this.media.close();
      }
      // What one has started rings until it is entered and left.
      if (!this.#left || "channel" in where) await this.#enter(call.id);
    } catch (error) {
      await this.#refused(error);
    }
  }

  /** Goes. The page may be closing, so the request outlives it. */
  leave(): void {
    if (this.#left) return;
    const id = this.call.peek()?.id;
    if (id) {
      this.#say({ type: "bye" }, null);
      this.#tellLeft(id);
    }
    this.#end("ended", "left");
  }

  #tellLeft(id: string): void {
    void ask(this.#page.env, "POST", `/api/calls/${id}/leave`, {
      peer: this.#peer,
    }).catch(() => {});
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
    // Left while this was on its way.
    if (this.#left) return this.#tellLeft(callId);
    this.#others.iceServers = answer.iceServers;
    const { client } = this.#page;
    this.call.value = answer.call;
    this.#ends.push(
      client.subscribe(`presence-call-${callId}`, {
        onEvent: ({ event, data }) => {
          if (event === "call:signal") this.#others.hear(data as CallSignal);
        },
        // Whatever was missed: everybody who is there says so again.
        onExpired: () => this.#say({ type: "hello" }, null),
        onState: (state) => {
          if (state === "subscribed" && this.state.peek() === "joining") {
            this.state.value = "in";
            this.#say({ type: "hello" }, null);
            this.#others.tellMedia(null);
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
      ...this.#others.give(),
      effect(() => {
        const { microphoneOn, cameraOn, sharing } = this.media;
        void [microphoneOn.value, cameraOn.value, sharing.value];
        if (this.state.peek() === "in") this.#others.tellMedia(null);
      }),
    );
    this.#others.follow(answer.call.people);
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
    // Taken out for having been cut off, and back now.
    if (!own && this.state.peek() === "in") void this.#comeBack(call.id);
    this.#others.follow(call.people);
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
    this.#others.close();
    this.media.close();
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
