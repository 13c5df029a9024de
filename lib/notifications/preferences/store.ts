import { NexoraError } from "../../errors.ts";
import { commit, keys, retryConflicts, set, unchanged } from "../../kv/mod.ts";
import type { Deps } from "../../platform.ts";
import type { User } from "../../users/mod.ts";
import { CATALOGUE } from "../catalogue.ts";
import {
  ADMIN_NOTIFICATION_TYPES,
  NOTIFICATION_TYPES,
  type NotificationType,
} from "../types.ts";
import {
  DEFAULT_PREFERENCES,
  type Mute,
  type NotificationChannel,
  NotificationPreferences,
} from "./types.ts";

type Store = Pick<Deps, "kv">;

/** What was stored, read with the defaults of today. */
export function preferencesOf(stored: unknown): NotificationPreferences {
  if (stored === null || stored === undefined) return DEFAULT_PREFERENCES;
  const parsed = NotificationPreferences.safeParse(stored);
  // Written by another version: a notification too many is better than none.
  return parsed.success ? parsed.data : DEFAULT_PREFERENCES;
}

export async function getPreferences(
  { kv }: Store,
  userId: string,
): Promise<NotificationPreferences> {
  const { value } = await kv.get(keys.notificationPreferences(userId));
  return preferencesOf(value);
}

/** Changes somebody's preferences under a check, and returns them. */
export function changePreferences(
  { kv }: Store,
  userId: string,
  change: (preferences: NotificationPreferences) => NotificationPreferences,
): Promise<NotificationPreferences> {
  return retryConflicts(async () => {
    const row = await kv.get(keys.notificationPreferences(userId));
    const after = change(preferencesOf(row.value));
    const committed = await commit(kv, {
      checks: [unchanged(row)],
      mutations: [set(row.key, after)],
    });
    return committed ? after : null;
  });
}

/** Sets all of them at once. */
export function setPreferences(
  deps: Store,
  userId: string,
  preferences: NotificationPreferences,
): Promise<NotificationPreferences> {
  return changePreferences(deps, userId, () => preferences);
}

const sameAs = (a: Pick<Mute, "kind" | "id">) => (b: Mute) =>
  a.kind === b.kind && a.id === b.id;

/** Whether something is muted at a time, in milliseconds. */
export function isMuted(
  mutes: Mute[],
  subject: Pick<Mute, "kind" | "id">,
  now: number,
): boolean {
  return mutes.some((mute) =>
    sameAs(subject)(mute) && (mute.until === null || mute.until > now)
  );
}

/** Preferences with something muted, or until another time. @throws {NexoraError} `bad_request` with 200 mutes */
export function withMute(
  before: NotificationPreferences,
  mute: Mute,
  now: number,
): NotificationPreferences {
  const others = before.mutes.filter((m) =>
    !sameAs(mute)(m) && (m.until === null || m.until > now)
  );
  if (others.length >= 200) {
    throw new NexoraError(
      "bad_request",
      "You have muted 200 things: take some back first",
    );
  }
  return { ...before, mutes: [...others, mute] };
}

export function withoutMute(
  before: NotificationPreferences,
  subject: Pick<Mute, "kind" | "id">,
): NotificationPreferences {
  return { ...before, mutes: before.mutes.filter((m) => !sameAs(subject)(m)) };
}

/** Mutes something, or changes until when. @throws {NexoraError} `bad_request` with 200 mutes */
export function muteSubject(
  deps: Store & Pick<Deps, "now">,
  userId: string,
  mute: Mute,
): Promise<NotificationPreferences> {
  return changePreferences(
    deps,
    userId,
    (before) => withMute(before, mute, deps.now()),
  );
}

export function unmuteSubject(
  deps: Store,
  userId: string,
  subject: Pick<Mute, "kind" | "id">,
): Promise<NotificationPreferences> {
  return changePreferences(
    deps,
    userId,
    (before) => withoutMute(before, subject),
  );
}

/** What holds for each type where its recipient has set nothing; types of admins for admins only. */
export function preferenceDefaults(
  { role }: Pick<User, "role">,
): Partial<
  Record<
    NotificationType,
    Record<NotificationChannel, boolean> & { critical: boolean }
  >
> {
  const types = role === "admin"
    ? [...NOTIFICATION_TYPES, ...ADMIN_NOTIFICATION_TYPES]
    : NOTIFICATION_TYPES;
  return Object.fromEntries(
    types.map((type) => {
      const { channels, critical = false } = CATALOGUE[type];
      return [type, { ...channels, critical }];
    }),
  );
}
