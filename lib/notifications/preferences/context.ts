import { keys } from "../../kv/mod.ts";
// Not by its mod.ts, which needs messages and so notifications.
import { getOwnStatus } from "../../status/read.ts";
import { CATALOGUE } from "../catalogue.ts";
import { findGrowing } from "../group.ts";
import type { Inbox, Notice, Notification } from "../types.ts";
import { type DeliveryContext, sentOf } from "./decide.ts";
import { preferencesOf } from "./store.ts";
import type { NotificationPreferences } from "./types.ts";

/** How many push subscriptions are of interest: one is enough to try. */
const DEVICES = 1;

/** Reads what a decision about a notification depends on. */
export async function readContext(
  { kv }: { kv: Deno.Kv },
  notice: Notice,
  { userId, timeZone, inbox, at }: {
    userId: string;
    timeZone: string;
    inbox: Inbox;
    at: number;
  },
): Promise<{
  preferences: NotificationPreferences;
  context: DeliveryContext;
  /** What it is added to. */
  grown: Notification | null;
}> {
  const [stored, grown] = await Promise.all([
    kv.get(keys.notificationPreferences(userId)),
    findGrowing(kv, userId, notice, { inbox, at }),
  ]);
  const preferences = preferencesOf(stored.value);
  const pushed = preferences.types[notice.type]?.push ??
    CATALOGUE[notice.type].channels.push;
  // What is not pushed anyway need not know of browsers, nor whether it would disturb.
  const [devices, status] = pushed
    ? await Promise.all([
      Array.fromAsync(
        kv.list({ prefix: keys.pushSubscriptions(userId) }, { limit: DEVICES }),
      ),
      getOwnStatus({ kv, now: () => at }, userId),
    ])
    : [[], null];
  return {
    preferences,
    context: {
      now: at,
      timeZone,
      devices: devices.length,
      doNotDisturb: status?.state === "dnd" && (status.until ?? true),
      sent: sentOf(inbox, at),
      batched: grown !== null,
    },
    grown,
  };
}
