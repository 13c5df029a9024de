import type { Catalogue } from "./translate.ts";

/** The texts of calls outside of their own page: starting one, being called. */
export const enRing = {
  "ring.audio": "Start a call",
  "ring.video": "Start a video call",
  "ring.join": {
    one: "Join call, {count} person",
    other: "Join call, {count} people",
  },
  "ring.calls": "{name} is calling",
  "ring.callsVideo": "{name} is calling with video",
  "ring.answer": "Answer",
  "ring.decline": "Decline",
  "ring.label": "Incoming call",
} as const satisfies Catalogue;
