import { NexoraError } from "../../errors.ts";
import {
  del,
  keys,
  type Mutation,
  retryConflicts,
  set,
  unchanged,
} from "../../kv/mod.ts";
import { nullIfOvertaken } from "../../kv/overtaken.ts";
import {
  isMuted,
  preferencesOf,
  withMute,
  withoutMute,
} from "../../notifications/mod.ts";
import type { Deps } from "../../platform.ts";
import { type Channel, userChannel } from "../../realtime/mod.ts";
import { getUser } from "../../users/mod.ts";
import { otherOf } from "../activity.ts";
import { roomName } from "../room_name.ts";
import { subjectsOf } from "./overview.ts";
import type { RoomChoice, RoomLevel } from "./types.ts";

type Reading = Pick<Deps, "kv" | "now">;

/** What holds where nothing was chosen: who writes to one directly is heard, in a room those who name one. */
function usual({ subject }: Channel): RoomLevel {
  return subject.kind === "dm" ? "all" : "mentions";
}

async function readChoice(
  { kv, now }: Reading,
  room: Channel,
  userId: string,
) {
  const { name } = room;
  const [star, watcher, preferences] = await kv.getMany<
    [number, number, unknown]
  >([
    keys.roomStar(userId, name),
    keys.roomWatcher(name, userId),
    keys.notificationPreferences(userId),
  ]);
  const before = preferencesOf(preferences.value);
  const mute = { kind: "room" as const, id: name };
  const level: RoomLevel = isMuted(before.mutes, mute, now())
    ? "nothing"
    : watcher.value !== null
    ? "all"
    : usual(room);
  const beside = subjectsOf(room, userId).some((subject) =>
    subject.kind !== "room" && isMuted(before.mutes, subject, now())
  );
  const choice: RoomChoice = {
    channel: name,
    level,
    muted: beside || level === "nothing",
    starred: star.value !== null,
  };
  return { choice, before, mute, beside, star, watcher, preferences };
}

/** What somebody has chosen for a room that they may see. */
export async function getRoomChoice(
  deps: Reading,
  room: Channel,
  userId: string,
): Promise<RoomChoice> {
  return (await readChoice(deps, room, userId)).choice;
}

/**
 * Stars a room, or chooses of which of its messages one is told. *Nothing* is the room's mute in the settings of
 * notifications, so that there is one rule for it; *all* is a row of the room, which its messages look for.
 *
 * @throws {NexoraError} `bad_request` for *mentions* between two people, or with 200 mutes
 */
export async function chooseForRoom(
  deps: Pick<Deps, "kv" | "now" | "log">,
  room: Channel,
  userId: string,
  given: { level?: RoomLevel; starred?: boolean },
): Promise<RoomChoice> {
  const { kv, now, log } = deps;
  if (given.level === "mentions" && room.subject.kind === "dm") {
    throw new NexoraError("bad_request", undefined, {
      fields: { level: "Between two people: all or nothing" },
    });
  }
  return await retryConflicts(async () => {
    const { choice, before, mute, beside, star, watcher, preferences } =
      await readChoice(deps, room, userId);
    const level = given.level ?? choice.level;
    const after: RoomChoice = {
      ...choice,
      level,
      muted: beside || level === "nothing",
      starred: given.starred ?? choice.starred,
    };
    const mutations: Mutation[] = [];
    if (after.level !== choice.level) {
      const settings = after.level === "nothing"
        ? withMute(before, {
          ...mute,
          label: await labelOf(kv, room, userId),
          until: null,
        }, now())
        : withoutMute(before, mute);
      mutations.push(
        set(preferences.key, settings),
        after.level === "all" && usual(room) !== "all"
          ? set(watcher.key, now())
          : del(watcher.key),
      );
    }
    if (after.starred !== choice.starred) {
      mutations.push(after.starred ? set(star.key, now()) : del(star.key));
    }
    if (mutations.length === 0) return choice;
    const positions = await nullIfOvertaken(log.append({
      events: [{
        channel: userChannel(userId),
        event: "room:choice",
        data: after,
      }],
      checks: [unchanged(star), unchanged(watcher), unchanged(preferences)],
      mutations,
    }));
    return positions && after;
  });
}

/** What the room is called, for the page of settings. */
async function labelOf(
  kv: Deno.Kv,
  room: Channel,
  userId: string,
): Promise<string> {
  const { subject } = room;
  if (subject.kind !== "dm") return await roomName(kv, room);
  return (await getUser(kv, otherOf(subject.userIds, userId)))?.name ?? "";
}
