import {
  type Check,
  keys,
  type Mutation,
  set,
  unchanged,
} from "../../kv/mod.ts";
import { notifyJob } from "../../notifications/notify_job.ts";
import type { Deps } from "../../platform.ts";
import type { NewJob } from "../../queue/types.ts";
import { type NewEvent, userChannel } from "../../realtime/mod.ts";
import { rankLevel, rankOf } from "../ranks/mod.ts";
import type { User } from "../types.ts";
import type { Absence } from "./absence.ts";
import { counted, meritsOf, newStanding } from "./count.ts";
import { placeRows } from "./places.ts";
import { boundedTrust } from "./points.ts";
import { profileChangedJob } from "./profile_job.ts";
import type {
  RankChanged,
  Standing,
  TrustChange,
  TrustChanged,
  TrustRecord,
} from "./types.ts";

/** What belongs into the atomic that changes somebody's trust, to be put into another one. */
export interface TrustPlan {
  checks: Check[];
  mutations: Mutation[];
  events: NewEvent[];
  jobs: NewJob[];
  /** Trust and rank afterwards. */
  trust: number;
  rank: string;
  /** `false` when the cause was taken account of before, or there is no such user: the rest is empty then. */
  changed: boolean;
}

/** A person's rows as read. */
export interface PersonRows {
  user: Deno.KvEntry<User>;
  /** `null` before anything happened to them. */
  standing: Standing | null;
}

const NOTHING = { checks: [], mutations: [], events: [], jobs: [] };

/**
 * Reads somebody and plans a change of trust and counters: their user's row, counters, history, leaderboards,
 * `user:trust-changed`, and where it changes their rank `user:rank-changed` with its notification. Costs the atomic one
 * check (the user's row; everything else is only ever written together with it) and at most one more shard of the log.
 *
 * Put `checks`, `mutations` and `events` into your `log.append`, `jobs` into `queue.plan`; read and plan anew in each
 * attempt of `retryConflicts`. One plan a person and atomic.
 */
export async function planTrustChange(
  deps: Pick<Deps, "kv" | "now" | "newId">,
  userId: string,
  change: TrustChange,
): Promise<TrustPlan> {
  const causeKey = keys.trustCause(userId, change.cause);
  const [user, standing, cause] = await deps.kv.getMany<
    [User, Standing, true]
  >([keys.user(userId), keys.standing(userId), causeKey]);
  if (user.value === null || cause.value !== null) {
    const { trust = 0, rank = "Newcomer" } = user.value ?? {};
    return { ...NOTHING, trust, rank, changed: false };
  }
  const plan = changedPerson(
    deps,
    { user, standing: standing.value },
    boundedTrust(user.value.trust + change.delta),
    change,
  );
  plan.mutations.push(set(causeKey, true));
  if (plan.events.length > 0) plan.jobs.push(profileChangedJob(userId));
  return plan;
}

/** What becomes of somebody whose trust is `trust` now. Pure but for ids and time. */
export function changedPerson(
  { now, newId }: Pick<Deps, "now" | "newId">,
  { user: row, standing: present }: PersonRows,
  trust: number,
  { reason, cause, counts, link }: Omit<TrustChange, "delta">,
  told: Partial<TrustChanged> = {},
  /** With `inactivity`: what it has cost so far, which is its history. */
  absence?: Absence,
): TrustPlan {
  const at = now();
  const user = row.value;
  const before = present ?? newStanding(user.id);
  const nothingCounted = counts === undefined ||
    Object.keys(counts).length === 0;
  // Counters that do not change are not written: a decay concerns everybody who is silent, in one night.
  const standing = nothingCounted && (present || absence)
    ? before
    : counted(before, counts ?? {}, at);
  // Somebody who has never done anything has no place on a board, and does not get one for being silent.
  const placed = present !== null || !nothingCounted || !absence;
  const { createdAt } = user;
  const rank = rankOf(user.rank, meritsOf({ trust, createdAt }, standing, at));
  const events: NewEvent[] = [];
  const jobs: NewJob[] = [];
  const mutations: Mutation[] = [
    set(
      row.key,
      (absence
        ? { ...user, trust, rank, absence }
        : { ...user, trust, rank }) satisfies User,
    ),
    ...placed && standing !== present
      ? [set(keys.standing(user.id), standing)]
      : [],
    ...placed
      ? placeRows(
        user.id,
        present && { standing: present, trust: user.trust },
        { standing, trust },
      )
      : [],
  ];
  if (trust !== user.trust) {
    if (!absence) {
      const record: TrustRecord = {
        id: newId(),
        at,
        from: user.trust,
        to: trust,
        reason,
        link: link ?? null,
      };
      mutations.push(set(keys.trustChange(user.id, at, record.id), record));
    }
    events.push(trustChanged(user, trust, { reason, ...told }));
  }
  if (rank !== user.rank) {
    const told = rankChanged(user, rank, cause);
    events.push(told.event);
    jobs.push(told.job);
  }
  return {
    checks: [unchanged(row)],
    mutations,
    events,
    jobs,
    trust,
    rank,
    changed: true,
  };
}

function trustChanged(
  { id, trust: previous }: User,
  trust: number,
  told: Pick<TrustChanged, "reason"> & Partial<TrustChanged>,
): NewEvent {
  const data: TrustChanged = { userId: id, trust, previous, ...told };
  return { channel: userChannel(id), event: "user:trust-changed", data };
}

/** The event and the notification of another rank. */
export function rankChanged(
  { id, rank: previous }: User,
  rank: string,
  cause: string,
): { event: NewEvent; job: NewJob } {
  const direction = rankLevel(rank) > rankLevel(previous) ? "up" : "down";
  const data: RankChanged = { userId: id, rank, previous, direction };
  return {
    event: { channel: userChannel(id), event: "user:rank-changed", data },
    job: notifyJob({
      userIds: [id],
      type: "rank_changed",
      data: { from: previous, to: rank, direction },
      key: `rank:${id}:${rank}:${cause}`,
    }),
  };
}
