/**
 * A payload of 100 bytes that says when it was sent: `@`, 13 digits of microseconds, `#`, 8 digits of sequence. No
 * server changes these characters, whatever it wraps around them, so they are found without parsing the frame.
 */
const LENGTH = 100;

export function stampedPayload(sequence: number): string {
  const time = Math.round(performance.now() * 1000);
  return `@${String(time).padStart(13, "0")}#${
    String(sequence).padStart(8, "0")
  }`.padEnd(LENGTH, ".");
}

const AT = "@".charCodeAt(0);

/** A stamp that was found in a frame. */
export interface Stamp {
  /** `performance.now()` when it was sent, in the same process. */
  sentAt: number;
  sequence: number;
}

const stamp: Stamp = { sentAt: 0, sequence: 0 };

/** Finds the stamp of a frame, from `from` on; the same object each time. `null` for a frame of the protocol itself. */
export function readStamp(frame: Uint8Array, from = 0): Stamp | null {
  const start = frame.indexOf(AT, from);
  if (start < 0 || frame.length < start + 23) return null;
  stamp.sentAt = digits(frame, start + 1, 13) / 1000;
  stamp.sequence = digits(frame, start + 15, 8);
  return stamp;
}

function digits(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let i = 0; i < count; i++) value = value * 10 + bytes[start + i]! - 48;
  return value;
}
