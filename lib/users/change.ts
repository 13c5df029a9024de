import { HOUR } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import type { Cache } from "../cache/mod.ts";
import {
  type Change,
  commit,
  keys,
  type Mutation,
  retryConflicts,
  set,
  unchanged,
} from "../kv/mod.ts";
import type { Deps } from "../platform.ts";
import type { NewJob } from "../queue/types.ts";
import type { ProfileChange } from "./fields.ts";
import { searchRows } from "../search/mod.ts";
import { userEntry } from "./search_entry.ts";
import { activeRow } from "./active.ts";
import { skillRows } from "./skills.ts";
import { nullIfOvertaken } from "../kv/overtaken.ts";
import { rankOf } from "./ranks/mod.ts";
import type { TrustDeps } from "./standing/change.ts";
import { meritsOf, newStanding } from "./standing/count.ts";
import { rankChanged } from "./standing/plan.ts";
import { forgetProfile, profileChangedJob } from "./standing/profile_job.ts";
import type { Standing } from "./standing/types.ts";
import type { User } from "./types.ts";

/** Changes a user's row under a check. @throws {NexoraError} `not_found` */
export function changeUser(
  { kv }: { kv: Deno.Kv },
  userId: string,
  change: (user: User) => User,
): Promise<User> {
  return retryConflicts(async () => {
    const entry = await kv.get<User>(keys.user(userId));
    if (entry.value === null) throw new NexoraError("not_found");
    const user = change(entry.value);
    const committed = await commit(kv, {
      checks: [unchanged(entry)],
      mutations: userRows({ key: entry.key, value: entry.value }, user),
    });
    return committed ? user : null;
  });
}

/** The user's row, and where they are found. */
function userRows(
  { key, value }: { key: Deno.KvKey; value: User | null },
  user: User,
): Mutation[] {
  return [
    set(key, user),
    ...skillRows(value, user),
    ...searchRows(value && userEntry(value), userEntry(user)),
  ];
}

/**
 * Changes a user's row where it changes what others see: the commit makes all isolates forget the profile, and where
 * the cache is passed in the caller's next read is fresh, too.
 *
 * @throws {NexoraError} `not_found`
 */
export async function changeProfile(
  { kv, queue, cache }: ProfileDeps,
  userId: string,
  change: (
    user: User,
  ) => Promise<{ user: User; also?: Also }> | { user: User; also?: Also },
): Promise<User> {
  const changed = await retryConflicts(async () => {
    const entry = await kv.get<User>(keys.user(userId));
    if (entry.value === null) throw new NexoraError("not_found");
    const { user, also } = await change(entry.value);
    const jobs = queue.plan([...also?.jobs ?? [], profileChangedJob(userId)]);
    const committed = await commit(kv, {
      checks: [unchanged(entry), ...also?.checks ?? [], ...jobs.checks],
      mutations: [
        ...userRows(entry, user),
        ...also?.mutations ?? [],
        ...jobs.mutations,
      ],
    });
    return committed ? user : null;
  });
  queue.ring();
  if (cache) await forgetProfile(cache, userId);
  return changed;
}

export type ProfileDeps = Pick<Deps, "kv" | "queue"> & { cache?: Cache };

/** What else belongs into the commit of a changed profile. */
interface Also extends Change {
  jobs?: NewJob[];
}

/** @throws {NexoraError} `not_found` */
export function updateProfile(
  deps: ProfileDeps,
  userId: string,
  change: ProfileChange,
): Promise<User> {
  const given = Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  );
  return changeProfile(
    deps,
    userId,
    (user) => ({ user: { ...user, ...given } }),
  );
}

/** `lastActiveAt` is kept to the hour: the rules about inactivity count days, and a row a request would be too many. */
const ACTIVE_RESOLUTION = HOUR;

/**
 * Notes that somebody is there, and gives them the rank that they have come to by time alone. Cheap when it was noted
 * within the hour.
 */
export async function noteActive(deps: TrustDeps, user: User): Promise<void> {
  const at = deps.now();
  if (at - user.lastActiveAt < ACTIVE_RESOLUTION) return;
  const { kv, log, queue } = deps;
  await retryConflicts(async () => {
    const [row, standing] = await kv.getMany<[User, Standing]>([
      keys.user(user.id),
      keys.standing(user.id),
    ]);
    if (row.value === null) throw new NexoraError("not_found");
    const { rank, lastActiveAt } = row.value;
    const merits = meritsOf(
      row.value,
      standing.value ?? newStanding(user.id),
      at,
    );
    const after: User = {
      ...row.value,
      rank: rankOf(rank, merits),
      lastActiveAt: Math.max(lastActiveAt, at),
    };
    const checks = [unchanged(row)];
    const mutations = [set(row.key, after), activeRow(user.id)];
    if (after.rank === rank) {
      return await commit(kv, { checks, mutations }) || null;
    }
    const { event, job } = rankChanged(row.value, after.rank, `active:${at}`);
    const jobs = queue.plan([job, profileChangedJob(user.id)]);
    const told = await nullIfOvertaken(log.append({
      events: [event],
      checks: [...checks, ...jobs.checks],
      mutations: [...mutations, ...jobs.mutations],
    }));
    if (told) queue.ring();
    return told;
  });
}
