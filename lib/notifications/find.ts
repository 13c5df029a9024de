import { keys } from "../kv/mod.ts";
import type { Notification } from "./types.ts";

/** The keys at which a notification lies unless it was moved, and the one that says where it was moved to. */
export function keysOf(userId: string, id: string): Deno.KvKey[] {
  return [
    keys.notification(userId, id),
    keys.notificationArchived(userId, id),
    keys.notificationSnoozed(userId, id),
    keys.notificationDeleted(userId, id),
    keys.notificationPlace(userId, id),
  ];
}

/** What was read at `keysOf`, wherever it lies; one read more for one that was moved. `null` if there is none. */
export async function foundAt(
  kv: Deno.Kv,
  userId: string,
  entries: readonly Deno.KvEntryMaybe<unknown>[],
): Promise<Notification | null> {
  const [inbox, archived, snoozed, deleted, place] = entries;
  const found = inbox!.value ?? archived!.value ?? snoozed!.value ??
    deleted!.value;
  if (found) return found as Notification;
  if (!place!.value) return null;
  const moved = await kv.getMany<[Notification, Notification]>([
    keys.notification(userId, place!.value as string),
    keys.notificationArchived(userId, place!.value as string),
  ]);
  return moved[0].value ?? moved[1].value;
}

/** A notification wherever it lies, deleted ones too as long as they are kept. */
export async function findNotification(
  kv: Deno.Kv,
  userId: string,
  id: string,
): Promise<Notification | null> {
  return await foundAt(kv, userId, await kv.getMany(keysOf(userId, id)));
}
