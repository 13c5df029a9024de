import type { LoggedEvent } from "./log/types.ts";

/** `JSON.stringify` of names that come again and again, made once. Bounded: names come from outside. */
const quoted = new Map<string, string>();

function quote(name: string): string {
  let text = quoted.get(name);
  if (text === undefined) {
    if (quoted.size >= 10_000) quoted.clear();
    text = JSON.stringify(name);
    quoted.set(name, text);
  }
  return text;
}

/**
 * The frame of an event, encoded once for all its subscribers. `position` and `prev` are beyond Pusher: unmodified
 * clients drop unknown top-level fields.
 *
 * @param prev position of the channel's event before this one, so that a client sees a gap; absent on volatile events
 */
export function eventFrame(
  event: LoggedEvent,
  position?: string,
  prev?: string,
): string {
  let frame = `{"event":${quote(event.event)},"channel":${
    quote(event.channel)
  },"data":${JSON.stringify(event.data)}`;
  if (event.userId !== undefined) {
    frame += `,"user_id":${JSON.stringify(event.userId)}`;
  }
  if (position !== undefined) {
    frame += `,"position":"${position}","prev":"${prev}"`;
  }
  return frame + "}";
}

/** Moves the position of the one client that is excluded from an event, so that it does not take it for a gap. */
export function skipFrame(
  channel: string,
  position: string,
  prev: string,
): string {
  return `{"event":"nexora:position","channel":${
    quote(channel)
  },"position":"${position}","prev":"${prev}"}`;
}

/** A frame of the protocol itself. `data` goes as a JSON string, as everything that a Pusher server sends. */
export function systemFrame(
  event: string,
  data?: unknown,
  channel?: string,
  extra?: Record<string, unknown>,
): string {
  return JSON.stringify({
    event,
    ...(channel !== undefined && { channel }),
    ...(data !== undefined &&
      { data: typeof data === "string" ? data : JSON.stringify(data) }),
    ...extra,
  });
}

/** `pusher:error`; its data is an object, as hosted Pusher sends it. */
export function errorFrame(
  code: number | null,
  message: string,
  channel?: string,
): string {
  return JSON.stringify({
    event: "pusher:error",
    data: { code, message },
    ...(channel !== undefined && { channel }),
  });
}
