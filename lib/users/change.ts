import { type Clock, HOUR } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import { commit, keys, retryConflicts, set, unchanged } from "../kv/mod.ts";
import type { ProfileChange } from "./fields.ts";
import { skillRows } from "./skills.ts";
import type { User } from "./types.ts";

interface Deps {
  kv: Deno.Kv;
  now: Clock;
}

/** Changes a user's row under a check. @throws {NexoraError} `not_found` */
export function changeUser(
  { kv }: Pick<Deps, "kv">,
  userId: string,
  change: (user: User) => User,
): Promise<User> {
  return retryConflicts(async () => {
    const entry = await kv.get<User>(keys.user(userId));
    if (entry.value === null) throw new NexoraError("not_found");
    const user = change(entry.value);
    const committed = await commit(kv, {
      checks: [unchanged(entry)],
      mutations: [set(entry.key, user), ...skillRows(entry.value, user)],
    });
    return committed ? user : null;
  });
}

/** @throws {NexoraError} `not_found` */
export function updateProfile(
  deps: Pick<Deps, "kv">,
  userId: string,
  change: ProfileChange,
): Promise<User> {
  const given = Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  );
  return changeUser(deps, userId, (user) => ({ ...user, ...given }));
}

/** `lastActiveAt` is kept to the hour: the rules about inactivity count days, and a row a request would be too many. */
const ACTIVE_RESOLUTION = HOUR;

/** Notes that somebody is there. Cheap when it was noted within the hour. */
export async function noteActive(deps: Deps, user: User): Promise<void> {
  const at = deps.now();
  if (at - user.lastActiveAt < ACTIVE_RESOLUTION) return;
  await changeUser(
    deps,
    user.id,
    (u) => ({ ...u, lastActiveAt: Math.max(u.lastActiveAt, at) }),
  );
}
