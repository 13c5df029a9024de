import {
  keys,
  type Mutation,
  retryConflicts,
  set,
  unchanged,
} from "../kv/mod.ts";
import { nullIfOvertaken } from "../kv/overtaken.ts";
import { inTurn } from "../kv/turns.ts";
import type { Deps } from "../platform.ts";
import { userChannel } from "../realtime/mod.ts";
import type { User } from "../users/mod.ts";
import type { Reader } from "./render.ts";
import {
  EMPTY_INBOX,
  type Inbox,
  type InboxState,
  type Notification,
} from "./types.ts";

export type InboxDeps = Pick<Deps, "kv" | "now" | "newId" | "log">;

/** An inbox and one notification of it as they were read. */
export interface InboxReading {
  inbox: Inbox;
  /** Wherever it lies, `null` if there is none. */
  notification: Notification | null;
  /** The inbox's owner, or English and UTC if there is no such user. */
  reader: Reader;
  exists: boolean;
}

/** What a decision comes to. `revision` is added here, so that nothing changes an inbox without a new one. */
export interface InboxChange<T> {
  unread: number;
  generation?: number;
  mutations: Mutation[];
  checks?: Deno.AtomicCheck[];
  event: (
    state: InboxState,
  ) => {
    name: "notification:new" | "notification:read" | "notification:clear";
    data: unknown;
  };
  result: (state: InboxState) => T;
}

/**
 * The one way to change an inbox: reads it with one notification, decides, and commits rows, counts and event in one
 * atomic that checks the inbox's row. All changes of an inbox are thereby in one order, and its count is exact.
 */
export function changeInbox<T>(
  { kv, log }: InboxDeps,
  userId: string,
  notificationId: string | null,
  decide: (
    reading: InboxReading,
  ) => Promise<InboxChange<T> | { result: T }> | InboxChange<T> | { result: T },
): Promise<T> {
  return inTurn(`inbox ${userId}`, () =>
    retryConflicts(async () => {
      const id = notificationId ?? "";
      const [row, user, live, archived] = await kv.getMany<
        [Inbox, User, Notification, Notification]
      >([
        keys.inbox(userId),
        keys.user(userId),
        keys.notification(userId, id),
        keys.notificationArchived(userId, id),
      ]);
      const inbox = row.value ?? EMPTY_INBOX;
      const change = await decide({
        inbox,
        notification: live.value ?? archived.value,
        reader: user.value ?? { locale: "en", timeZone: "UTC" },
        exists: user.value !== null,
      });
      if (!("event" in change)) return { result: change.result };
      const after: Inbox = {
        revision: inbox.revision + 1,
        unread: change.unread,
        generation: change.generation ?? inbox.generation,
      };
      const state: InboxState = {
        unread: after.unread,
        revision: after.revision,
      };
      const { name, data } = change.event(state);
      // The check of the inbox's row covers the notification's: nothing writes the one without the other.
      const positions = await nullIfOvertaken(log.append({
        events: [{ channel: userChannel(userId), event: name, data }],
        checks: [unchanged(row), ...change.checks ?? []],
        mutations: [set(row.key, after), ...change.mutations],
      }));
      return positions && { result: change.result(state) };
    }, 40)).then(({ result }) => result);
}
