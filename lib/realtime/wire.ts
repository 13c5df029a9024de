import { z } from "zod";

/**
 * What a client may send: one discriminated union, parsed field by field at the edge. Source: Pusher Channels
 * protocol 7; `since` is ours.
 */

/** Data may come as an object or as a JSON string of one. */
function jsonObject<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => {
    if (typeof value !== "string") return value;
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  }, schema);
}

const channelName = z.string().min(1).max(200);

export const SubscribeData = z.object({
  channel: channelName,
  auth: z.string().max(300).nullish(),
  channel_data: z.string().max(4_096).nullish(),
  /** Last position seen, `epoch.seq.index`: what came after it is sent again. */
  since: z.string().max(60).nullish(),
});

const SigninData = z.object({
  auth: z.string().max(300),
  user_data: z.string().max(20_000),
});

const Subscribe = z.object({
  event: z.literal("pusher:subscribe"),
  data: jsonObject(SubscribeData),
});
const Unsubscribe = z.object({
  event: z.literal("pusher:unsubscribe"),
  data: jsonObject(z.object({ channel: channelName })),
});
const Signin = z.object({
  event: z.literal("pusher:signin"),
  data: jsonObject(SigninData),
});
const Ping = z.object({ event: z.literal("pusher:ping") });
const Pong = z.object({ event: z.literal("pusher:pong") });
const ClientEvent = z.object({
  event: z.string().startsWith("client-").max(200),
  channel: channelName,
  data: z.unknown().optional(),
});

const SystemFrame = z.discriminatedUnion("event", [
  Subscribe,
  Unsubscribe,
  Signin,
  Ping,
  Pong,
]);

export type SubscribeRequest = z.infer<typeof SubscribeData>;
export type ClientFrame =
  | z.infer<typeof SystemFrame>
  | (z.infer<typeof ClientEvent> & { client: true });

export type ParsedFrame = { ok: true; frame: ClientFrame } | {
  ok: false;
  message: string;
};

/** Parses one text frame. Never throws: what is wrong with it comes back as a sentence. */
export function parseFrame(text: string): ParsedFrame {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, message: "The frame is not JSON" };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { ok: false, message: "The frame is not an object" };
  }
  const event = (value as { event?: unknown }).event;
  if (typeof event !== "string") {
    return { ok: false, message: "The frame has no event name" };
  }
  if (event.startsWith("client-")) {
    const parsed = ClientEvent.safeParse(value);
    return parsed.success
      ? { ok: true, frame: { ...parsed.data, client: true } }
      : refusal(event, parsed.error);
  }
  const parsed = SystemFrame.safeParse(value);
  if (parsed.success) return { ok: true, frame: parsed.data };
  const unknown = parsed.error.issues[0]?.code === "invalid_union";
  return unknown
    ? { ok: false, message: "There is no such event for clients to send" }
    : refusal(event, parsed.error);
}

function refusal(event: string, error: z.ZodError): ParsedFrame {
  const issue = error.issues[0]!;
  return {
    ok: false,
    message: `${event.slice(0, 60)}: ${
      issue.path.join(".") || "data"
    } is not valid`,
  };
}
