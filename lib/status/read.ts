import { MINUTE } from "../clock.ts";
import { keys } from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import { userChannel } from "../realtime/mod.ts";
import type { User } from "../users/mod.ts";
import type { OwnStatus, Status } from "./types.ts";

/** Whoever has done nothing for this long is idle. */
export const IDLE_AFTER = 10 * MINUTE;

export const NO_STATUS: OwnStatus = {
  state: "auto",
  text: "",
  emoji: "",
  until: null,
};

/** What somebody has set, if it has not run out. */
export async function getOwnStatus(
  { kv, now }: Pick<Deps, "kv" | "now">,
  userId: string,
): Promise<OwnStatus> {
  const { value } = await kv.get<OwnStatus>(keys.status(userId));
  return inForce(value, now());
}

function inForce(set: OwnStatus | null, at: number): OwnStatus {
  return set && (set.until === null || set.until > at) ? set : NO_STATUS;
}

/**
 * How somebody can be reached now: what they have set, whether any tab of theirs is connected to an isolate that
 * lives, and when they last did something. An isolate that crashed counts no more once its heartbeat is overdue.
 */
export async function getStatus(
  deps: Pick<Deps, "kv" | "now">,
  userId: string,
): Promise<Status> {
  const { kv, now } = deps;
  const [[set, input, user], here] = await Promise.all([
    kv.getMany<[OwnStatus, number, User]>([
      keys.status(userId),
      keys.lastInput(userId),
      keys.user(userId),
    ]),
    isConnected(deps, userId),
  ]);
  const at = now();
  const { state, text, emoji, until } = inForce(set.value, at);
  const activeAt = input.value;
  const idle = activeAt !== null && at - activeAt >= IDLE_AFTER;
  return {
    userId,
    state: !here
      ? "offline"
      : state === "dnd"
      ? "dnd"
      : idle
      ? "idle"
      : "online",
    text,
    emoji,
    until,
    activeAt,
    lastSeenAt: here
      ? null
      : Math.max(activeAt ?? 0, user.value?.lastActiveAt ?? 0) || null,
  };
}

/** People asked for at once at most. */
const MOST = 200;

/** How some people can be reached. */
export function listStatuses(
  deps: Pick<Deps, "kv" | "now">,
  userIds: string[],
): Promise<Status[]> {
  return Promise.all(
    userIds.slice(0, MOST).map((userId) => getStatus(deps, userId)),
  );
}

/** Whether a tab of somebody's listens to their own channel in an isolate that lives. */
async function isConnected(
  { kv, now }: Pick<Deps, "kv" | "now">,
  userId: string,
): Promise<boolean> {
  const rows = kv.list<number>({
    prefix: keys.occupiedOf(userChannel(userId)),
  });
  for await (const { key, value } of rows) {
    if (value <= 0) continue;
    const node = await kv.get<{ expiresAt: number }>(
      keys.node(String(key.at(-1))),
    );
    if (node.value !== null && node.value.expiresAt > now()) return true;
  }
  return false;
}
