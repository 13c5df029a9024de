import { afterClose } from "../closes.ts";
import { SECOND } from "../../clock.ts";

const BASE = SECOND;
const CAP = 30 * SECOND;
/** No loop is hotter than this, whatever the dice say. */
const LEAST = 100;

/** Full jitter: uniformly between 0.1 s and `1 s * 2 ** attempts`, at most 30 s. A herd that was cut at once comes back spread. */
export function backoffDelay(attempts: number, random: () => number): number {
  return LEAST + random() * (Math.min(CAP, BASE * 2 ** attempts) - LEAST);
}

/**
 * Milliseconds until the next connection attempt, `null` for never.
 *
 * @param code the close code of the connection that ended, see `closes.ts`
 * @param attempts how many before it have failed in a row
 */
export function reconnectDelay(
  code: number,
  attempts: number,
  random: () => number,
): number | null {
  const after = afterClose(code);
  if (after === "stop") return null;
  // "At once" is believed once: a server that closes every connection so would else be hammered.
  if (after === "now" && attempts === 0) return 0;
  // 4100–4199, over capacity: a second at the least (source: Pusher protocol).
  const floor = code >= 4100 && code < 4200 ? SECOND : 0;
  return floor + backoffDelay(attempts, random);
}
