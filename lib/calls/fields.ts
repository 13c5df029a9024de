import { z } from "zod";
import { MAX_CANDIDATES, MAX_SDP } from "./limits.ts";

/** Names a tab: chosen by the browser. */
export const Peer = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, "Not a peer");

/** Body of `POST /api/channels/{channel}/calls`. */
export const NewCall = z.object({ video: z.boolean().default(false) });

/** Body of `POST /api/calls/{id}/join` and `…/leave`. */
export const Joining = z.object({ peer: Peer });

const Candidate = z.object({
  candidate: z.string().max(1_000),
  sdpMid: z.string().max(64).nullable().default(null),
  sdpMLineIndex: z.number().int().min(0).max(1_000).nullable().default(null),
});

/** Body of `POST /api/calls/{id}/signal`. */
export const Signalling = z.object({
  peer: Peer,
  to: Peer.nullable().default(null),
  signal: z.discriminatedUnion("type", [
    z.object({ type: z.enum(["hello", "bye"]) }),
    z.object({
      type: z.literal("description"),
      sdpType: z.enum(["offer", "answer"]),
      sdp: z.string().max(MAX_SDP),
    }),
    z.object({
      type: z.literal("candidates"),
      candidates: z.array(Candidate).min(1).max(MAX_CANDIDATES),
    }),
    z.object({
      type: z.literal("media"),
      audio: z.boolean(),
      video: z.boolean(),
      screen: z.boolean(),
    }),
  ]),
});
export type Signalling = z.infer<typeof Signalling>;
