import { NexoraError } from "../../errors.ts";
import { keys } from "../../kv/mod.ts";
import type { User } from "../../users/mod.ts";
import type { InboxDeps } from "../change.ts";
import { type DeliveryLog, getDeliveryLog } from "../delivery/log.ts";
import { getNotification, getNotifications, readInbox } from "../list.ts";
import { readContext } from "../preferences/context.ts";
import {
  decideDelivery,
  type DeliveryDecision,
} from "../preferences/decide.ts";
import { readPeople } from "../named.ts";
import { renderNotification } from "../render.ts";
import { type Withheld, WITHHELD_KEPT } from "../send.ts";
import type { Notice, Notification, NotificationView } from "../types.ts";

type Owner = Pick<User, "id" | "locale" | "timeZone">;

/** A notification with how it was delivered; `null` where that is not known any more. */
export interface DeliveryStory {
  notification: NotificationView;
  delivery: DeliveryLog | null;
}

/** @throws {NexoraError} `not_found` */
export async function getDeliveryStory(
  deps: InboxDeps,
  owner: Owner,
  id: string,
): Promise<DeliveryStory> {
  const notification = await getNotification(deps, owner, id);
  if (notification === null) {
    throw new NexoraError("not_found", "There is no such notification");
  }
  return {
    notification,
    delivery: await getDeliveryLog(deps.kv, owner.id, id),
  };
}

/** Something that settings kept from its recipient, as it would have been shown. */
export interface WithheldView {
  notification: NotificationView;
  /** Milliseconds. */
  at: number;
  decision: DeliveryDecision;
}

/** What settings kept back altogether, the latest first. */
export async function listWithheld(
  deps: InboxDeps,
  owner: Owner,
  limit = 50,
): Promise<WithheldView[]> {
  const inbox = await readInbox(deps, owner.id);
  const oldest = deps.now() - WITHHELD_KEPT;
  const found: WithheldView[] = [];
  const rows = deps.kv.list<Withheld>(
    { prefix: keys.notificationsWithheld(owner.id) },
    { reverse: true, limit },
  );
  for await (const { value } of rows) {
    // `expireIn` may leave rows readable for longer than is promised.
    if (value.at < oldest) break;
    const { id, at, decision, type, data } = value;
    const notification = {
      type,
      data,
      id,
      userId: owner.id,
      createdAt: at,
      unreadIn: null,
      archivedAt: at,
    } as Notification;
    found.push({
      at,
      decision,
      notification: renderNotification(notification, inbox, {
        ...owner,
        people: await readPeople(deps.kv, [notification]),
      }),
    });
  }
  return found;
}

/** How many of the latest are looked through. */
const LOOKED_AT = 40;
/** What somebody would not ask about: it is so by default, or it came another way. */
const NO_QUESTION = new Set(["default_off", "batched"]);

/** The latest notifications that are in the app, but that a setting kept from push or e-mail. */
export async function listQuietly(
  deps: InboxDeps,
  owner: Owner,
): Promise<DeliveryStory[]> {
  const { notifications } = await getNotifications(deps, owner, {
    limit: LOOKED_AT,
  });
  const stories = await Promise.all(
    notifications.map(async (notification) => ({
      notification,
      delivery: await getDeliveryLog(deps.kv, owner.id, notification.id),
    })),
  );
  return stories.filter(({ delivery }) =>
    delivery !== null &&
    Object.values(delivery.decision).some(({ verdict, reasons }) =>
      verdict === "never" && !NO_QUESTION.has(reasons.at(-1)!.rule)
    )
  );
}

/** What would become of a notification, if it came now. Nothing is sent. */
export async function foreseeDelivery(
  deps: InboxDeps,
  owner: Owner,
  notice: Notice,
): Promise<DeliveryDecision> {
  const inbox = await readInbox(deps, owner.id);
  const { preferences, context } = await readContext(deps, notice, {
    userId: owner.id,
    timeZone: owner.timeZone,
    inbox,
    at: deps.now(),
  });
  return decideDelivery(notice, preferences, { ...context, batched: false });
}
