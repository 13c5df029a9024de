import { HOUR } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import { commit, keys, retryConflicts, set, unchanged } from "../kv/mod.ts";
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
import { profileChangedJob } from "./standing/profile_job.ts";
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
      mutations: [
        set(entry.key, user),
        ...skillRows(entry.value, user),
        ...searchRows(userEntry(entry.value), userEntry(user)),
      ],
    });
    return committed ? user : null;
  });
}

/** @throws {NexoraError} `not_found` */
export function updateProfile(
  deps: { kv: Deno.Kv },
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
