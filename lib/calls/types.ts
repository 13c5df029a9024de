/**
 * A call of a room: people speak with each other from browser to browser, the server only introduces them.
 * `id` becomes a part of the channel name `presence-call-{id}`.
 */
export interface Call {
  id: string;
  /** The room it belongs to. */
  channel: string;
  /** Whether it began with cameras. Anybody may turn theirs on or off in either. */
  video: boolean;
  startedBy: { id: string; handle: string; name: string };
  startedAt: number;
  /** `ringing` until somebody else has come. */
  state: "ringing" | "active" | "ended";
  /** Who is in, by user id. */
  people: Record<string, CallPerson>;
  endedAt: number | null;
  /** Why it ended without anybody having come, or `ended`. */
  outcome: "missed" | "declined" | "cancelled" | "ended" | null;
  /** Grows by one with every change. */
  revision: number;
}

/** Somebody in a call, from one of their devices. */
export interface CallPerson {
  handle: string;
  name: string;
  /** Names the tab: whoever joins from a second one leaves with the first. */
  peer: string;
  joinedAt: number;
}

/** Data of `call:started`, `call:updated` and `call:ended` on the room's channel, and of `call:ringing`. */
export interface CallTold {
  call: Call;
}

/** Data of `call:signal` on `presence-call-{id}`: what one browser tells another to connect with it. */
export interface CallSignal {
  from: { userId: string; peer: string };
  /** `null`: for everybody. */
  to: string | null;
  signal: Signal;
}

/** `hello`: who comes asks everybody to connect; `bye`: leaves. The others are WebRTC's own. */
export type Signal =
  | { type: "hello" | "bye" }
  | { type: "description"; sdpType: "offer" | "answer"; sdp: string }
  | { type: "candidates"; candidates: IceCandidate[] }
  /** What a person shows: so that a camera that is off is not a black picture. */
  | { type: "media"; audio: boolean; video: boolean; screen: boolean };

export interface IceCandidate {
  candidate: string;
  sdpMid: string | null;
  sdpMLineIndex: number | null;
}
