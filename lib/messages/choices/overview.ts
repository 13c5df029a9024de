import { keys } from "../../kv/mod.ts";
import { isMuted, type Mute, preferencesOf } from "../../notifications/mod.ts";
import type { Deps } from "../../platform.ts";
import { type Channel, parseChannel } from "../../realtime/mod.ts";
import { otherOf } from "../activity.ts";

/** What somebody has chosen for their rooms, as far as a list of them shows it. */
export interface ChoiceOverview {
  /** Channels. */
  starred: ReadonlySet<string>;
  /** They want to be told nothing of it. */
  muted: (room: Channel) => boolean;
}

/** Two reads, however many rooms. */
export async function readChoices(
  { kv, now }: Pick<Deps, "kv" | "now">,
  userId: string,
): Promise<ChoiceOverview> {
  const [stars, preferences] = await Promise.all([
    Array.fromAsync(
      kv.list({ prefix: keys.roomStars(userId) }),
      ({ key }) => String(key.at(-1)),
    ),
    kv.get(keys.notificationPreferences(userId)),
  ]);
  const { mutes } = preferencesOf(preferences.value);
  const at = now();
  return {
    starred: new Set(stars),
    muted: (room) =>
      mutes.length > 0 &&
      subjectsOf(room, userId).some((subject) => isMuted(mutes, subject, at)),
  };
}

/** What has to be muted for a room to be silent: the room itself, its guild, or the other of two. */
export function subjectsOf(
  { name, subject }: Channel,
  userId: string,
): Pick<Mute, "kind" | "id">[] {
  const room = { kind: "room" as const, id: name };
  if (subject.kind === "guild") {
    return [room, { kind: "guild", id: subject.guildId }];
  }
  if (subject.kind !== "dm") return [room];
  return [room, { kind: "person", id: otherOf(subject.userIds, userId) }];
}

/** With whom somebody has a conversation that they have starred; user ids. */
export function starredPeople(
  { starred }: Pick<ChoiceOverview, "starred">,
  userId: string,
): string[] {
  return [...starred].flatMap((channel) => {
    const subject = parseChannel(channel)?.subject;
    return subject?.kind === "dm" ? [otherOf(subject.userIds, userId)] : [];
  });
}
