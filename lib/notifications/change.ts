import {
  commit,
  del,
  keys,
  type Mutation,
  retryConflicts,
  set,
  unchanged,
} from "../kv/mod.ts";
import { commitTogether } from "../commit_together.ts";
import { inTurn } from "../kv/turns.ts";
import type { Deps } from "../platform.ts";
import type { NewJob } from "../queue/types.ts";
import { userChannel } from "../realtime/mod.ts";
import type { User } from "../users/mod.ts";
import { findNotification, foundAt, keysOf } from "./find.ts";
import { readPeople } from "./named.ts";
import type { Reader } from "./render.ts";
import { changedRows, weightOf } from "./rows.ts";
import {
  type Inbox,
  inboxOf,
  type InboxState,
  type Notification,
  type NotificationClear,
  stateOf,
} from "./types.ts";

export type InboxDeps = Pick<Deps, "kv" | "now" | "newId" | "log" | "queue">;

/** An inbox and one notification of it as they were read. */
export interface InboxReading {
  inbox: Inbox;
  /** Wherever it lies, `null` if there is none. */
  notification: Notification | null;
  /** The inbox's owner, `null` if there is no such user. */
  user: User | null;
  /** The owner, or English and UTC if there is no such user. */
  reader: Reader;
}

/** What a decision comes to. Counts, rows and the revision follow from it, so that none of them can be forgotten. */
export interface InboxChange<T> {
  /** A notification before (`null`: it is new) and after. */
  edit?: { before: Notification | null; after: Notification };
  /** Other fields of the inbox. `unread` and `unseen` only where a generation ends. */
  inbox?: Partial<Omit<Inbox, "revision">>;
  mutations?: Mutation[];
  checks?: Deno.AtomicCheck[];
  jobs?: NewJob[];
  /** `null`: the inbox itself does not change, and nobody is told; only `mutations` and `checks` are committed. */
  event:
    | ((state: InboxState) => {
      name: "notification:new" | "notification:read" | "notification:clear";
      data: unknown;
    })
    | null;
  result: (state: InboxState) => T;
}

type Decision<T> = InboxChange<T> | { result: T };

/**
 * The one way to change an inbox: reads it with one notification, decides, and commits rows, counts, jobs and event in
 * one atomic that checks the inbox's row. All changes of an inbox are thereby in one order, and its counts are exact.
 * What has expired by now leaves the inbox first.
 */
export function changeInbox<T>(
  deps: InboxDeps,
  userId: string,
  notificationId: string | null,
  decide: (reading: InboxReading) => Promise<Decision<T>> | Decision<T>,
): Promise<T> {
  return inTurn(
    `inbox ${userId}`,
    () => change(deps, userId, notificationId, decide),
  );
}

function change<T>(
  deps: InboxDeps,
  userId: string,
  notificationId: string | null,
  decide: (reading: InboxReading) => Promise<Decision<T>> | Decision<T>,
): Promise<T> {
  const { kv, now } = deps;
  return retryConflicts(async () => {
    const [row, user, ...places] = await kv.getMany<unknown[]>([
      keys.inbox(userId),
      keys.user(userId),
      ...notificationId === null ? [] : keysOf(userId, notificationId),
    ]);
    const inbox = inboxOf(row!.value as Inbox | null);
    if (isDue(inbox, now())) {
      await takeOutExpired(deps, userId);
      return null;
    }
    const owner = user!.value as User | null;
    const notification = notificationId === null
      ? null
      : await foundAt(kv, userId, places);
    const { locale, timeZone } = owner ?? { locale: "en", timeZone: "UTC" };
    const people = await readPeople(kv, notification ? [notification] : []);
    const decision = await decide({
      inbox,
      notification,
      user: owner,
      reader: { locale, timeZone, people },
    });
    if (!("event" in decision)) return { result: decision.result };
    if (decision.event === null) {
      const committed = await commit(kv, {
        checks: [unchanged(row!), ...decision.checks ?? []],
        mutations: decision.mutations,
      });
      return committed ? { result: decision.result(stateOf(inbox)) } : null;
    }
    const { edit, jobs } = decision;
    const after: Inbox = {
      ...inbox,
      ...decision.inbox,
      revision: inbox.revision + 1,
    };
    const mutations = [...decision.mutations ?? []];
    if (edit) {
      const [lost, won] = [
        weightOf(edit.before, inbox),
        weightOf(edit.after, inbox),
      ];
      after.unread += won.unread - lost.unread;
      after.unseen += won.unseen - lost.unseen;
      after.nextExpiry = earlier(after.nextExpiry, edit.after.expiresAt);
      mutations.push(...changedRows(edit.before, edit.after, inbox));
    }
    const state = stateOf(after);
    const { name, data } = decision.event(state);
    // The check of the inbox's row covers the notification's: nothing writes the one without the other.
    const committed = await commitTogether(deps, {
      checks: [unchanged(row!), ...decision.checks ?? []],
      mutations: [set(row!.key, after), ...mutations],
      events: [{ channel: userChannel(userId), event: name, data }],
      jobs,
    });
    return committed ? { result: decision.result(state) } : null;
  }, 40).then(({ result }) => result);
}

export function isDue({ nextExpiry }: Inbox, at: number): boolean {
  return nextExpiry !== null && nextExpiry <= at;
}

function earlier(a: number | null, b: number | null | undefined) {
  return a === null || !b ? a ?? b ?? null : Math.min(a, b);
}

/** Takes what has expired out of the inbox, one after the other. */
async function takeOutExpired(deps: InboxDeps, userId: string): Promise<void> {
  for (;;) {
    const row = await deps.kv.get<Inbox>(keys.inbox(userId));
    const inbox = inboxOf(row.value);
    if (!isDue(inbox, deps.now())) return;
    await expireNext(deps, userId, row, inbox);
  }
}

/**
 * Takes one notification that has expired out of the inbox, into the archive, or finds out when the next one does.
 * Each is a change of its own with its own event, so that revisions have no holes.
 */
async function expireNext(
  deps: InboxDeps,
  userId: string,
  row: Deno.KvEntryMaybe<unknown>,
  inbox: Inbox,
): Promise<void> {
  const { kv, now } = deps;
  const [first, second] = await Array.fromAsync(
    kv.list({ prefix: keys.notificationsExpiring(userId) }, { limit: 2 }),
    (entry) => ({
      key: entry.key,
      at: entry.key[2] as number,
      id: entry.key[3] as string,
    }),
  );
  if (!first || first.at > now()) {
    await commit(kv, {
      checks: [unchanged(row)],
      mutations: [
        set(row.key, { ...inbox, nextExpiry: first?.at ?? null }),
      ],
    });
    return;
  }
  const before = await findNotification(kv, userId, first.id);
  const rest = { nextExpiry: second?.at ?? null };
  if (before === null) {
    await commit(kv, {
      checks: [unchanged(row)],
      mutations: [set(row.key, { ...inbox, ...rest }), del(first.key)],
    });
    return;
  }
  const after = { ...before, archivedAt: now(), expiredAt: now() };
  const lost = weightOf(before, inbox);
  const next: Inbox = {
    ...inbox,
    ...rest,
    revision: inbox.revision + 1,
    unread: inbox.unread - lost.unread,
    unseen: inbox.unseen - lost.unseen,
  };
  const data: NotificationClear = {
    id: first.id,
    reason: "expired",
    ...stateOf(next),
  };
  await commitTogether(deps, {
    events: [{
      channel: userChannel(userId),
      event: "notification:clear",
      data,
    }],
    checks: [unchanged(row)],
    mutations: [set(row.key, next), ...changedRows(before, after, inbox)],
  });
}

/** Takes what has expired by now out of the inbox, and returns what is left. */
export function expireDue(deps: InboxDeps, userId: string): Promise<Inbox> {
  return changeInbox<Inbox>(deps, userId, null, ({ inbox }) => ({
    result: inbox,
  }));
}
