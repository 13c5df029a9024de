import { keys } from "../../kv/mod.ts";
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
  const [stored, devices, grown] = await Promise.all([
    kv.get(keys.notificationPreferences(userId)),
    Array.fromAsync(
      kv.list({ prefix: keys.pushSubscriptions(userId) }, { limit: DEVICES }),
    ),
    findGrowing(kv, userId, notice, { inbox, at }),
  ]);
  return {
    preferences: preferencesOf(stored.value),
    context: {
      now: at,
      timeZone,
      devices: devices.length,
      doNotDisturb: false,
      sent: sentOf(inbox, at),
      batched: grown !== null,
    },
    grown,
  };
}
