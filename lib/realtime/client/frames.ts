import { parsePosition, type Position } from "../position.ts";

/** A frame from the server. Fields beyond `event`, `channel`, `data` are Nexora's or presence's. */
export interface Frame {
  event: string;
  channel: string | null;
  /** What the `data` string held; the string itself when it was not JSON. */
  data: unknown;
  userId?: string;
  /** Of a retained event; on `subscription_succeeded`, where the channel's stream begins. */
  position: Position | null;
  /** Of the channel's retained event before this one. */
  prev: Position | null;
  recovered: boolean;
}

type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

export function readPosition(value: unknown): Position | null {
  return typeof value === "string" ? parsePosition(value) : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readFrame(value: unknown): Frame | null {
  if (!isFields(value) || typeof value.event !== "string") return null;
  const { data } = value;
  return {
    event: value.event,
    channel: typeof value.channel === "string" ? value.channel : null,
    data: typeof data === "string" ? parseJson(data) ?? data : data,
    ...(typeof value.user_id === "string" && { userId: value.user_id }),
    position: readPosition(value.position),
    prev: readPosition(value.prev),
    recovered: value.recovered === true,
  };
}

/**
 * The frames of one WebSocket message: one, or with `batch=1` an array. What is not a frame is left out. Read by
 * hand, field by field: zod alone is twice the size of this whole client.
 */
export function readFrames(text: string): Frame[] {
  const value = parseJson(text);
  const frames: Frame[] = [];
  for (const one of Array.isArray(value) ? value : [value]) {
    const frame = readFrame(one);
    if (frame) frames.push(frame);
  }
  return frames;
}
