import type { z } from "zod";
import { DAY } from "../clock.ts";
import { NexoraError } from "../errors.ts";
import { parseFields } from "../http/body.ts";
import { keys, type Mutation, set, unchanged } from "../kv/mod.ts";
import { entryOf } from "./catalogue.ts";
import type { AskSettled } from "./asks.ts";
import { changeInbox, type InboxDeps } from "./change.ts";
import { settledNow } from "./settled.ts";
import { expireJob } from "./delivery/job_kinds.ts";
import { type DeliveryLog, grownLog, logRow, newLog } from "./delivery/log.ts";
import { planDelivery } from "./delivery/plan.ts";
import { findNotification } from "./find.ts";
import { groupRows, grow } from "./group.ts";
import { readContext } from "./preferences/context.ts";
import {
  countSent,
  decideDelivery,
  type DeliveryDecision,
} from "./preferences/decide.ts";
import { renderNotification } from "./render.ts";
import {
  type Inbox,
  type InboxState,
  type Notice,
  type Notification,
  NOTIFICATION_DATA,
  type NotificationNew,
  type NotificationView,
  stateOf,
} from "./types.ts";

/** Milliseconds for which the same idempotency key makes no second notification. */
export const ONCE_KEPT = 7 * DAY;
/** Milliseconds for which it can be asked why something never came. */
export const WITHHELD_KEPT = 14 * DAY;

/** `key` names the cause: the same one again makes no second notification. */
export type SendNotification = Notice & {
  userId: string;
  key?: string;
  /** What it asks for, of `asks`; one that comes after that was settled comes read, with what became of it. */
  ask?: string;
};

export interface Sent extends InboxState {
  /** `null` when its recipient's settings withheld it, or an earlier one with this key has been deleted since. */
  notification: NotificationView | null;
  repeated: boolean;
}

interface Once {
  id: string;
  expiresAt: number;
}

/** What somebody's settings kept back altogether, as it would have come. */
export type Withheld = Notice & {
  id: string;
  at: number;
  cause: string | null;
  decision: DeliveryDecision;
};

/**
 * Puts a notification into somebody's inbox, shows it on all their open tabs, and commits the jobs that push and mail
 * it, as their settings decide. A type that comes in groups is added to the one that is there.
 *
 * @throws {NexoraError} `not_found` when there is no such user, `bad_request` when the data does not fit the type
 */
export async function sendNotification(
  deps: InboxDeps,
  { userId, key, ask, ...given }: SendNotification,
): Promise<Sent> {
  const { kv, now } = deps;
  const data = parseFields(
    NOTIFICATION_DATA[given.type] as z.ZodType,
    given.data,
  );
  const notice = { type: given.type, data } as Notice;
  const id = deps.newId();
  return await changeInbox<Sent>(
    deps,
    userId,
    null,
    async ({ inbox, reader, user }) => {
      if (user === null) {
        throw new NexoraError("not_found", "There is no such user");
      }
      const at = now();
      const once = key === undefined
        ? null
        : await kv.get<Once>(keys.notificationOnce(userId, key));
      if (once?.value && once.value.expiresAt > at) {
        const earlier = await findNotification(kv, userId, once.value.id);
        return {
          result: {
            notification: earlier && !earlier.deletedAt
              ? renderNotification(earlier, inbox, reader)
              : null,
            ...stateOf(inbox),
            repeated: true,
          },
        };
      }
      const { preferences, context, grown } = await readContext(
        deps,
        notice,
        { userId, timeZone: reader.timeZone, inbox, at },
      );
      const answers = ask === undefined ? [] : await kv.getMany<AskSettled[]>([
        keys.askSettled(ask, userId),
        keys.askSettled(ask, ""),
      ]);
      const settled = answers.find(({ value }) => value !== null)?.value;
      const decision = decideDelivery(notice, preferences, {
        ...context,
        settled: Boolean(settled),
      });
      const mutations: Mutation[] = [];
      const named = grown?.id ?? id;
      if (once) {
        mutations.push(
          set(
            once.key,
            { id: named, expiresAt: at + ONCE_KEPT } satisfies Once,
            ONCE_KEPT,
          ),
        );
      }
      const checks = [...once ? [once] : [], ...answers].map(unchanged);
      if (isWithheld(decision)) {
        return {
          checks,
          mutations: [
            ...mutations,
            set(
              keys.notificationWithheld(userId, id),
              { ...notice, id, at, cause: key ?? null, decision } as Withheld,
              WITHHELD_KEPT,
            ),
          ],
          event: null,
          result: (state) => ({
            notification: null,
            ...state,
            repeated: false,
          }),
        };
      }
      // `data` and `type` belong together, which a spread of a union cannot express.
      const after = {
        ...grown
          ? grow(grown, notice, inbox, deps.newId())
          : arrive(notice, { id, userId, at }, inbox, decision),
        ...ask === undefined ? {} : { ask },
        ...!grown && settled ? settledNow(notice.data, settled) : {},
      } as Notification;
      const log = newLog(key, at, decision);
      const before = grown
        ? (await kv.get<DeliveryLog>(
          keys.notificationDelivery(userId, grown.id),
        )).value
        : null;
      mutations.push(
        logRow(userId, named, grown ? grownLog(before, log) : log),
        ...groupRows(notice, after, grown, at),
      );
      const planned = await planDelivery(
        { kv, now: at },
        userId,
        named,
        decision,
      );
      const notification = renderNotification(after, inbox, reader);
      // Switched off in the app, settled before it could be told, or one more of several: nobody is interrupted for it.
      const quiet = after.archivedAt !== null || Boolean(settled) ||
        (grown !== null && !entryOf(notice.type).group?.each);
      return {
        edit: { before: grown, after },
        inbox: countSent(inbox, decision, at),
        checks,
        mutations: [...mutations, ...planned.mutations],
        jobs: [
          ...planned.jobs,
          ...!grown && after.expiresAt
            ? [expireJob(userId, after.expiresAt - at)]
            : [],
        ],
        event: (state) => ({
          name: "notification:new",
          data: {
            notification,
            ...quiet ? { quiet: true } : {},
            ...state,
          } satisfies NotificationNew,
        }),
        result: (state) => ({ notification, ...state, repeated: false }),
      };
    },
  );
}

function isWithheld(decision: DeliveryDecision): boolean {
  return Object.values(decision).every((d) => d.verdict === "never");
}

function arrive(
  notice: Notice,
  { id, userId, at }: { id: string; userId: string; at: number },
  inbox: Inbox,
  decision: DeliveryDecision,
): Notification {
  const expiresAt = entryOf(notice.type).expiresAt?.(notice.data) ?? null;
  const late = expiresAt !== null && expiresAt <= at;
  // Who wants it by e-mail alone still finds it, in the archive.
  const shown = decision.inApp.verdict !== "never" && !late;
  return {
    ...notice,
    id,
    userId,
    createdAt: at,
    unreadIn: shown ? inbox.generation : null,
    unseenIn: shown ? inbox.seenGeneration : null,
    archivedAt: shown ? null : at,
    ...expiresAt === null ? {} : { expiresAt },
    ...late ? { expiredAt: at } : {},
  };
}
