import { type AttemptLimit, countAttempt } from "../auth/attempts.ts";
import { HOUR, MINUTE, SECOND } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import { listGuildsOf } from "../guilds/mod.ts";
import { keys, type Mutation, set } from "../kv/mod.ts";
import { listConversations } from "../messages/mod.ts";
import type { Deps } from "../platform.ts";
import { guildChannel, type NewEvent, userChannel } from "../realtime/mod.ts";
import { getStatus, IDLE_AFTER } from "./read.ts";
import type { OwnStatus, Status } from "./types.ts";

type StatusDeps = Pick<Deps, "kv" | "now" | "log">;

/** Everybody around is told of each, so there is a limit to them. */
const CHANGES: AttemptLimit = {
  scope: "status",
  free: 30,
  firstDelay: 10 * SECOND,
  maxDelay: 10 * MINUTE,
  forgetAfter: HOUR,
};
/** Rooms of each kind that are told; others see it when they look. */
const TOLD = 40;

/**
 * Sets what others see, and tells the rooms that one is in.
 *
 * @throws {NexoraError} `bad_request` for an end that has passed, `rate_limited`
 */
export async function setStatus(
  deps: StatusDeps,
  userId: string,
  given: OwnStatus,
): Promise<Status> {
  const { kv, now } = deps;
  if (given.until !== null && given.until <= now()) {
    throw new NexoraError("bad_request", undefined, {
      fields: { until: "A time to come" },
    });
  }
  await countAttempt({ kv, now }, CHANGES, userId);
  const before = await getStatus({ kv, now }, userId);
  const state = given.state === "dnd" && before.state !== "offline"
    ? "dnd"
    : before.state === "dnd"
    ? "online"
    : before.state;
  const { text, emoji, until } = given;
  const after: Status = { ...before, state, text, emoji, until };
  await tell(deps, after, [set(keys.status(userId), given)]);
  return after;
}

/** While one does something, devices say so every few minutes; within this nothing new is said. */
const RESOLUTION = MINUTE;

/**
 * Notes that somebody does something on a device, or has stopped to. They are idle when they do nothing on any: a
 * device that falls silent says nothing for the others.
 */
export async function noteInput(
  deps: StatusDeps,
  userId: string,
  idle: boolean,
): Promise<Status> {
  const { kv, now } = deps;
  const before = await getStatus({ kv, now }, userId);
  const at = now();
  const since = at - (before.activeAt ?? 0);
  // Idle by this device, while another one was used a moment ago; or active, as was said a moment ago.
  if (since < RESOLUTION) return before;
  const activeAt = idle ? at - IDLE_AFTER : at;
  if (idle && before.activeAt !== null && before.activeAt <= activeAt) {
    return before;
  }
  const state = before.state === "online" || before.state === "idle"
    ? idle ? "idle" : "online"
    : before.state;
  const after: Status = { ...before, state, activeAt };
  const rows = [set(keys.lastInput(userId), activeAt)];
  if (state === before.state) await deps.kv.set(rows[0]!.key, activeAt);
  else await tell(deps, after, rows);
  return after;
}

/** Commits with a word to everybody who may see it. */
async function tell(
  { kv, log }: StatusDeps,
  status: Status,
  mutations: Mutation[],
): Promise<void> {
  const { userId } = status;
  const [guilds, conversations] = await Promise.all([
    listGuildsOf(kv, userId),
    listConversations({ kv }, userId, TOLD),
  ]);
  const channels = [
    userChannel(userId),
    ...guilds.slice(0, TOLD).map(({ guild }) => guildChannel(guild.id)),
    ...conversations.map(({ channel }) => channel),
  ];
  await log.append({
    events: channels.map((channel): NewEvent => ({
      channel,
      event: "user:status",
      data: status,
    })),
    mutations,
  });
}
