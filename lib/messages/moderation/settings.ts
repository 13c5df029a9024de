import { permissionsOf } from "../../auth/room_rights.ts";
import { keys, retryConflicts, set, unchanged } from "../../kv/mod.ts";
import { nullIfOvertaken } from "../../kv/overtaken.ts";
import type { Deps } from "../../platform.ts";
import type { Channel } from "../../realtime/mod.ts";
import type { User } from "../../users/mod.ts";
import { auditRow } from "./audit.ts";
import type { SettingsChange } from "./fields.ts";
import type { Mute, RoomSettings } from "./types.ts";

export type ModerationDeps = Pick<
  Deps,
  "kv" | "now" | "newId" | "log" | "policy"
>;

/** A room's settings, or what holds where the officers have set nothing. */
export async function getRoomSettings(
  { kv }: Pick<Deps, "kv">,
  channel: string,
): Promise<RoomSettings> {
  const { value } = await kv.get<RoomSettings>(keys.roomSettings(channel));
  return {
    channel,
    topic: "",
    slowSeconds: 0,
    revision: 0,
    ...value,
    permissions: permissionsOf(value),
  };
}

/** What somebody may do in a room, and why not write. */
export interface OwnRights {
  write: boolean;
  react: boolean;
  mentionEveryone: boolean;
  pin: boolean;
  upload: boolean;
  administer: boolean;
  mute: Mute | null;
  /** Milliseconds at which slow mode lets them write again; `null`: now. */
  nextAt: number | null;
  /** Milliseconds until then, for clients whose clock is not ours; 0: now. */
  wait: number;
}

/** The rights of somebody who may see the room. */
export async function getOwnRights(
  { kv, policy, now }: Pick<Deps, "kv" | "policy" | "now">,
  room: Channel,
  user: Pick<User, "id" | "role">,
): Promise<OwnRights> {
  const rights = [
    "write",
    "react",
    "mentionEveryone",
    "pin",
    "upload",
    "administer",
  ] as const;
  const [may, [settings, mute, author]] = await Promise.all([
    Promise.all(rights.map((right) => policy.may(user, right, room))),
    kv.getMany<[RoomSettings, Mute, { lastAt: number }]>([
      keys.roomSettings(room.name),
      keys.mute(room.name, user.id),
      keys.author(room.name, user.id),
    ]),
  ]);
  const [write, react, mentionEveryone, pin, upload, administer] = may as [
    boolean,
    boolean,
    boolean,
    boolean,
    boolean,
    boolean,
  ];
  const slow = administer ? 0 : settings.value?.slowSeconds ?? 0;
  const nextAt = (author.value?.lastAt ?? 0) + slow * 1_000;
  const wait = slow > 0 ? Math.max(0, nextAt - now()) : 0;
  const muted = mute.value &&
    (mute.value.until === null || mute.value.until > now());
  return {
    write,
    react,
    mentionEveryone,
    pin,
    upload,
    administer,
    mute: muted ? mute.value : null,
    nextAt: wait > 0 ? nextAt : null,
    wait,
  };
}

/** Changes a room's settings and tells the room. The actor administers it. */
export function changeRoomSettings(
  deps: ModerationDeps,
  channel: string,
  actor: Pick<User, "id">,
  { slowSeconds, permissions, topic }: SettingsChange,
): Promise<RoomSettings> {
  const { kv, now, log } = deps;
  return retryConflicts(async () => {
    const entry = await kv.get<RoomSettings>(keys.roomSettings(channel));
    const before = await getRoomSettings(deps, channel);
    const after: RoomSettings = {
      ...before,
      topic: topic ?? before.topic,
      slowSeconds: slowSeconds ?? before.slowSeconds,
      permissions: { ...before.permissions, ...permissions },
      revision: before.revision + 1,
    };
    const detail = changesOf(before, after);
    if (Object.keys(detail).length === 0) return before;
    const positions = await nullIfOvertaken(log.append({
      events: [{ channel, event: "room:updated", data: after }],
      checks: [unchanged(entry)],
      mutations: [
        set(entry.key, after),
        auditRow(deps, {
          channel,
          at: now(),
          actorId: actor.id,
          action: Object.keys(detail).join() === "topic"
            ? "topic_changed"
            : "settings_changed",
          targetId: null,
          detail,
        }),
      ],
    }));
    return positions && after;
  });
}

/** What differs, for the audit log. */
function changesOf(
  before: RoomSettings,
  after: RoomSettings,
): Record<string, string | number> {
  const changes: Record<string, string | number> = {};
  if (before.topic !== after.topic) changes.topic = after.topic;
  if (before.slowSeconds !== after.slowSeconds) {
    changes.slowSeconds = after.slowSeconds;
  }
  for (const [right, role] of Object.entries(after.permissions)) {
    const earlier =
      before.permissions[right as keyof RoomSettings["permissions"]];
    if (earlier !== role) changes[right] = role;
  }
  return changes;
}
