import { SECOND } from "../clock.ts";
import type { Deps } from "../platform.ts";
import type { EventLog } from "../realtime/mod.ts";
import type { User } from "../users/mod.ts";
import type { Typing } from "./types.ts";

/** Clients show somebody as typing for some seconds, so telling it more often than this says nothing new. */
const PAUSE = 1.5 * SECOND;
/** Places remembered an isolate before the old ones are let go. */
const REMEMBERED = 10_000;

/** When somebody was last told to be typing somewhere; lives and dies with the log of this isolate. */
const lastTold = new WeakMap<EventLog, Map<string, number>>();

/** Tells a room that somebody is typing; `false` when it was told a moment ago. Never stored, may be lost. */
export async function tellTyping(
  { log, now }: Pick<Deps, "log" | "now">,
  channel: string,
  user: Pick<User, "id" | "handle" | "name">,
): Promise<boolean> {
  let told = lastTold.get(log);
  if (!told) lastTold.set(log, told = new Map());
  const place = `${channel} ${user.id}`;
  const at = now();
  if (at - (told.get(place) ?? -Infinity) < PAUSE) return false;
  told.delete(place);
  told.set(place, at);
  // A map keeps the order of insertion: the first is the one that was told longest ago.
  if (told.size > REMEMBERED) told.delete(told.keys().next().value!);
  const data: Typing = {
    userId: user.id,
    handle: user.handle,
    name: user.name,
  };
  await log.append({
    events: [{ channel, event: "message:typing", data, volatile: true }],
  });
  return true;
}
